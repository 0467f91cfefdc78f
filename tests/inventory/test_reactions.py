"""What does stock do when an order is placed?"""

import json

from chalicelib.core.events import event as events
from chalicelib.inventory import service as inventory
from chalicelib.orders.events import OrderPlaced
from functions.queues.inventory_ledger import handler
from tests.inventory.builders import a_line, ledger, some_stock, units
from tests.support.account import Account

PLACED = OrderPlaced(order_id="ord_01", owner="usr_ABEBA", checkout_id="chk_01", reservation_id="res_01")


def test_a_placed_order_is_booked_once_however_often_it_is_announced(aws: Account):
    some_stock()
    inventory.reserve("res_01", [a_line(quantity=2)])
    inventory.spend("res_01")

    first = handler(a_batch(PLACED), None)
    again = handler(a_batch(PLACED, PLACED), None)

    assert first == again == {"batchItemFailures": []}
    assert units() == (8, 8)
    assert sorted(ledger()) == [("receipt", 10), ("sale", -2)]


def test_an_order_whose_reservation_is_not_spent_comes_again(aws: Account):
    answer = handler(a_batch(PLACED), None)

    assert answer == {"batchItemFailures": [{"itemIdentifier": "0"}]}


def a_batch(*placed: OrderPlaced) -> dict[str, object]:
    """Return what SQS would hand over."""
    bodies = [json.dumps(events.envelope(events.announcement(each, sequence=1))) for each in placed]
    return {"Records": [{"messageId": str(number), "body": body} for number, body in enumerate(bodies)]}
