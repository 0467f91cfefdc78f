"""What does stock do when an order is placed, and when units have moved?"""

import json
from typing import Any

from chalicelib.core.events import event as events
from chalicelib.inventory import service as inventory
from chalicelib.inventory.models import Movement, StockWatch
from chalicelib.inventory.rules import MovementKind
from chalicelib.orders.events import OrderPlaced
from functions.queues.inventory_ledger import handler
from functions.queues.stock_watch import handler as watch_handler
from tests.inventory.builders import COFFEE, a_line, announced_by_watch, ledger, rows, some_stock, the_row, units
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
    return as_batch(*(events.announcement(each, sequence=1) for each in placed))


def as_batch(*announced: dict[str, Any]) -> dict[str, object]:
    """Return what SQS would hand over of what rows announced."""
    bodies = [json.dumps(events.envelope(each)) for each in announced]
    return {"Records": [{"messageId": str(number), "body": body} for number, body in enumerate(bodies)]}


def test_what_the_ledger_announces_makes_stock_low_once_however_often_it_comes(aws: Account):
    some_stock()
    receipt = the_row(Movement).event
    assert receipt is not None
    inventory.move(COFFEE, "COFFEE-250", -7, kind=MovementKind.ADJUSTMENT, by="usr_KEEPER")
    (loss,) = [row.event for row in rows(Movement) if row.quantity == -7]

    for announced in (loss, receipt, loss):
        assert watch_handler(as_batch(announced), None) == {"batchItemFailures": []}

    assert (the_row(StockWatch).level, the_row(StockWatch).version) == ("low", 1)
    assert announced_by_watch()["type"] == "stock.low"
