"""What do orders ask of the table, and can there be two where one was meant?"""

import pytest

from chalicelib.core import ids
from chalicelib.core.storage import keys, transactions
from chalicelib.core.storage.table import find
from chalicelib.core.storage.transactions import StaleItem
from chalicelib.orders import service as orders
from chalicelib.orders import store
from chalicelib.orders.errors import OrderNotFound
from chalicelib.orders.models import OrderNumber
from tests.notifications.builders import Goods
from tests.orders.builders import a_purchase, an_order
from tests.support.account import Account
from tests.support.recorded_calls import recording


def test_an_order_is_placed_with_its_number_and_a_part_per_vendor(aws: Account) -> None:
    with recording(aws.dynamodb) as calls:
        order = an_order()

    assert calls.operations == ["TransactWriteItems"]
    assert len(calls.sent[0].params["TransactItems"]) == 4
    guard = find(OrderNumber, keys.order_number(order.number))
    assert guard is not None
    assert (guard.order_id, guard.owner) == (order.order_id, order.owner)


def test_placing_is_announced_with_all_that_others_need(aws: Account) -> None:
    order = an_order()

    event = store.get_order(order.owner, order.order_id).event

    assert event is not None
    assert (event["type"], event["subject"]) == ("order.placed", order.order_id)
    assert event["data"] == {
        "order_id": order.order_id,
        "owner": "usr_almaz",
        "checkout_id": order.checkout_id,
        "reservation_id": f"{order.checkout_id}-1",
        "cart_id": ids.sibling(order.checkout_id, "crt"),
        "total_minor": order.quote.total.minor,
        "currency": "ETB",
    }


def test_a_checkout_has_one_order_and_no_other(aws: Account) -> None:
    purchase = a_purchase()
    with transactions.write():
        order = orders.place(purchase)

    with pytest.raises(StaleItem), transactions.write():
        orders.place(purchase)

    assert orders.order_id_for(purchase.checkout_id) == order.order_id
    assert store.get_order(order.owner, order.order_id).number == order.number


def test_an_order_is_read_with_one_call(aws: Account) -> None:
    order = an_order()

    with recording(aws.dynamodb) as calls:
        store.get_order(order.owner, order.order_id)

    assert (calls.operations, calls.read_units) == (["GetItem"], 1)


def test_somebody_elses_order_is_not_found(aws: Account) -> None:
    with pytest.raises(OrderNotFound):
        store.get_order("usr_stranger", an_order().order_id)


def test_a_page_of_orders_is_one_query(aws: Account) -> None:
    placed = [an_order(), an_order(), an_order()]
    an_order("usr_stranger")

    with recording(aws.dynamodb) as calls:
        found = store.orders_of("usr_almaz", after=None, limit=2)

    assert calls.operations == ["Query"]
    assert [order.order_id for order in found.items] == [order.order_id for order in placed[:0:-1]]
    rest = store.orders_of("usr_almaz", after=found.next_after, limit=2)
    assert [order.order_id for order in rest.items] == [placed[0].order_id]


def test_a_vendors_page_holds_its_parts_only(aws: Account) -> None:
    both, one = an_order(), an_order("usr_other", Goods())

    with recording(aws.dynamodb) as calls:
        found = store.sub_orders_of("ven_tomoca", after=None, limit=10).items

    assert calls.operations == ["Query"]
    assert [part.order_id for part in found] == [one.order_id, both.order_id]
    assert {line.vendor_id for part in found for line in part.share.lines} == {"ven_tomoca"}
