"""What does a movement cost, and who is told what when it cannot be?"""

import pytest
from pynamodb.exceptions import TransactWriteError

from chalicelib.inventory import service as inventory
from chalicelib.inventory.errors import StockBelowZero, StockUnknown
from chalicelib.inventory.models import Movement, Stock
from chalicelib.inventory.rules import AdjustmentReason, MovementKind
from tests.inventory.builders import COFFEE, GEDEO, a_line, ledger, some_stock, the_row, units
from tests.support.account import Account
from tests.support.faults import failing
from tests.support.recorded_calls import recording


def adjust(quantity: int, *, sku: str = "COFFEE-250", limited_to: str | None = None) -> Movement:
    kind, reason = MovementKind.ADJUSTMENT, AdjustmentReason.COUNT
    return inventory.move(COFFEE, sku, quantity, kind=kind, reason=reason, by="usr_KEEPER", limited_to=limited_to)


@pytest.mark.parametrize("limited_to", [None, GEDEO])
def test_a_movement_is_one_transaction_and_no_read(aws: Account, limited_to: str | None):
    some_stock()

    with recording(aws.dynamodb) as calls:
        adjust(-3, limited_to=limited_to)

    assert calls.operations == ["TransactWriteItems"]
    assert calls.write_units == 4
    assert units() == (7, 7)


def test_a_vendor_moves_nothing_of_another_and_learns_nothing_by_trying(aws: Account):
    some_stock()

    for quantity in (1, -1, -1000):
        with pytest.raises(StockUnknown), recording(aws.dynamodb) as calls:
            adjust(quantity, limited_to="ven_HARAR")
        assert calls.operations == ["TransactWriteItems"]

    assert units() == (10, 10)
    assert ledger() == [("receipt", 10)]


def test_stock_of_no_vendor_is_for_staff_alone(aws: Account):
    some_stock(vendor_id=None)

    with pytest.raises(StockUnknown):
        adjust(1, limited_to=GEDEO)
    adjust(1)

    assert units() == (11, 11)


def test_what_is_not_there_is_told_apart_from_what_is_not_enough(aws: Account):
    some_stock(units=2)

    with pytest.raises(StockUnknown):
        adjust(-3, sku="COFFEE-1000")
    with pytest.raises(StockBelowZero):
        adjust(-3)


def test_each_movement_counts_as_a_change_of_its_stock(aws: Account):
    some_stock()
    inventory.reserve("chk_1-1", [a_line(quantity=2)])
    inventory.release("chk_1-1")
    inventory.take_back("ret_1", [a_line(quantity=1)], order_id="ord_1", by="usr_KEEPER")

    assert the_row(Stock).changes == 4


def test_what_comes_back_counts_once_however_often_it_is_said(aws: Account):
    some_stock("COFFEE-250", 5)
    some_stock("COFFEE-500", 5)
    lines = [a_line("COFFEE-250", 1), a_line("COFFEE-500", 2)]

    for _ in range(3):
        inventory.take_back("ret_1", lines, order_id="ord_1", by="usr_KEEPER", note="wrong roast")

    assert (units("COFFEE-250"), units("COFFEE-500")) == ((6, 6), (7, 7))
    assert sorted(ledger("COFFEE-500")) == [("receipt", 5), ("return", 2)]


def test_a_return_that_was_cut_off_is_completed_by_saying_it_again(aws: Account):
    some_stock("COFFEE-250", 5)
    some_stock("COFFEE-500", 5)
    lines = [a_line("COFFEE-250", 1), a_line("COFFEE-500", 2)]
    with (
        failing(aws.dynamodb, "TransactWriteItems", "ValidationException", is_carried_out=True),
        pytest.raises(TransactWriteError),
    ):
        inventory.take_back("ret_1", lines, order_id="ord_1", by="usr_KEEPER")
    assert (units("COFFEE-250"), units("COFFEE-500")) == ((6, 6), (5, 5))

    inventory.take_back("ret_1", lines, order_id="ord_1", by="usr_KEEPER")

    assert (units("COFFEE-250"), units("COFFEE-500")) == ((6, 6), (7, 7))


def test_nothing_comes_back_of_what_nobody_counts(aws: Account):
    with pytest.raises(StockUnknown):
        inventory.take_back("ret_1", [a_line()], order_id="ord_1", by="usr_KEEPER")


def test_a_sale_and_a_return_name_their_order(aws: Account):
    some_stock()
    inventory.reserve("chk_1-1", [a_line(quantity=2)])
    inventory.spend("chk_1-1")
    inventory.book_sale("chk_1-1", "ord_1")
    inventory.take_back("ret_1", [a_line()], order_id="ord_1", by="usr_KEEPER")

    assert the_row(Movement, cause="sale").order_id == "ord_1"
    assert the_row(Movement, cause="return").order_id == "ord_1"
