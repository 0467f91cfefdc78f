"""What does stock ask of the table, and does it hold when many want the same?"""

from concurrent.futures import ThreadPoolExecutor

import pytest

from chalicelib.core.storage.transactions import settled
from chalicelib.inventory import service as inventory
from chalicelib.inventory.errors import (
    OutOfStock,
    ReservationNotHeld,
    ReservationReleased,
    ReservationSpent,
    StockBelowZero,
    StockUnknown,
)
from chalicelib.inventory.rules import MovementKind
from tests.inventory.builders import COFFEE, a_line, ledger, some_stock, units
from tests.support.account import Account
from tests.support.recorded_calls import recording


def test_a_receipt_moves_stock_and_ledger_in_one_transaction(aws: Account):
    inventory.open_stock(COFFEE, "COFFEE-250")

    with recording(aws.dynamodb) as calls:
        inventory.receive(COFFEE, "COFFEE-250", 12, note="from Gedeo", by="usr_KEEPER")

    assert calls.operations == ["TransactWriteItems"]
    assert units() == (12, 12)
    assert ledger() == [("receipt", 12)]


def test_reserving_many_skus_is_one_transaction(aws: Account):
    skus = [some_stock(f"COFFEE-{grams}") for grams in (250, 500, 1000)]

    with recording(aws.dynamodb) as calls:
        inventory.reserve("res_1", [a_line(sku, 2) for sku in skus])

    assert calls.operations == ["TransactWriteItems"]
    assert [units(sku) for sku in skus] == [(8, 10)] * 3


def test_ninety_skus_fit_one_reservation(aws: Account):
    skus = [f"COFFEE-{number}" for number in range(90)]
    for sku in skus:
        some_stock(sku, 1)

    inventory.reserve("res_1", [a_line(sku) for sku in skus])

    assert {units(sku) for sku in skus} == {(0, 1)}


def test_the_same_sku_on_two_lines_is_taken_once_with_the_sum(aws: Account):
    some_stock(units=5)

    inventory.reserve("res_1", [a_line(quantity=2), a_line(quantity=3)])

    assert units() == (0, 5)


def test_two_lines_of_one_sku_cannot_each_have_the_last_unit(aws: Account):
    some_stock(units=1)

    with pytest.raises(OutOfStock) as refused:
        inventory.reserve("res_1", [a_line(), a_line()])

    assert refused.value.facts["shortages"] == [{"sku": "COFFEE-250", "wanted": 2, "left": 1}]


def test_all_or_nothing_is_reserved_and_every_shortage_is_told(aws: Account):
    some_stock("COFFEE-250", 5)
    some_stock("COFFEE-500", 1)

    with pytest.raises(OutOfStock) as refused:
        inventory.reserve("res_1", [a_line("COFFEE-250", 2), a_line("COFFEE-500", 3), a_line("COFFEE-1000", 1)])

    assert units("COFFEE-250") == (5, 5)
    assert refused.value.facts == {
        "sku": "COFFEE-500",
        "wanted": 3,
        "left": 1,
        "shortages": [
            {"sku": "COFFEE-500", "wanted": 3, "left": 1},
            {"sku": "COFFEE-1000", "wanted": 1, "left": 0},
        ],
    }


def test_a_refused_reservation_may_be_tried_again(aws: Account):
    some_stock(units=1)
    with pytest.raises(OutOfStock):
        inventory.reserve("res_1", [a_line(quantity=2)])
    inventory.receive(COFFEE, "COFFEE-250", 1, note="", by="usr_KEEPER")

    inventory.reserve("res_1", [a_line(quantity=2)])

    assert units() == (0, 2)


def test_a_race_for_the_last_units_sells_exactly_what_there_is(aws: Account):
    some_stock(units=7)

    def try_to_reserve(number: int) -> bool:
        try:
            settled(lambda: inventory.reserve(f"res_{number}", [a_line()]))
        except OutOfStock:
            return False
        return True

    with ThreadPoolExecutor(10) as threads:
        won = list(threads.map(try_to_reserve, range(20)))

    assert won.count(True) == 7
    assert units() == (0, 7)


def test_reserving_twice_takes_the_units_once(aws: Account):
    some_stock()

    inventory.reserve("res_1", [a_line(quantity=4)])
    inventory.reserve("res_1", [a_line(quantity=4)])

    assert units() == (6, 10)


def test_reserving_again_succeeds_although_nothing_more_is_left(aws: Account):
    some_stock(units=4)
    inventory.reserve("res_1", [a_line(quantity=4)])

    inventory.reserve("res_1", [a_line(quantity=4)])

    assert units() == (0, 4)


def test_do_then_undo_gives_the_units_back_once(aws: Account):
    some_stock()
    inventory.reserve("res_1", [a_line(quantity=4)])

    inventory.release("res_1")
    inventory.release("res_1")

    assert units() == (10, 10)


def test_undo_then_do_holds_nothing(aws: Account):
    some_stock()
    inventory.release("res_1")

    with pytest.raises(ReservationReleased):
        inventory.reserve("res_1", [a_line(quantity=4)])

    assert units() == (10, 10)


def test_do_undo_do_holds_nothing(aws: Account):
    some_stock()
    inventory.reserve("res_1", [a_line(quantity=4)])
    inventory.release("res_1")

    with pytest.raises(ReservationReleased):
        inventory.reserve("res_1", [a_line(quantity=4)])

    assert units() == (10, 10)


def test_undo_alone_may_come_twice(aws: Account):
    inventory.release("res_1")

    inventory.release("res_1")


def test_do_and_undo_at_the_same_time_leave_nothing_held(aws: Account):
    some_stock()

    def either(number: int) -> None:
        step = inventory.release if number % 2 else lambda key: inventory.reserve(key, [a_line(quantity=4)])
        try:
            settled(lambda: step("res_1"))
        except ReservationReleased:
            return

    with ThreadPoolExecutor(10) as threads:
        list(threads.map(either, range(10)))

    assert units() == (10, 10)


def test_what_is_spent_cannot_be_released(aws: Account):
    some_stock()
    inventory.reserve("res_1", [a_line(quantity=4)])
    inventory.spend("res_1")

    with pytest.raises(ReservationSpent):
        inventory.release("res_1")

    assert units() == (6, 10)


def test_what_is_released_cannot_be_spent(aws: Account):
    some_stock()
    inventory.reserve("res_1", [a_line(quantity=4)])
    inventory.release("res_1")

    with pytest.raises(ReservationNotHeld):
        inventory.spend("res_1")


def test_what_was_never_reserved_cannot_be_spent(aws: Account):
    with pytest.raises(ReservationNotHeld):
        inventory.spend("res_1")


def test_a_booked_sale_takes_the_units_off_hand_once(aws: Account):
    some_stock("COFFEE-250", 10)
    some_stock("COFFEE-500", 5)
    inventory.reserve("res_1", [a_line("COFFEE-250", 4), a_line("COFFEE-500", 1)])
    inventory.spend("res_1")

    for _ in range(3):
        inventory.book_sale("res_1", "ord_01")

    assert units("COFFEE-250") == (6, 6)
    assert units("COFFEE-500") == (4, 4)
    assert sorted(ledger("COFFEE-250")) == [("receipt", 10), ("sale", -4)]


def test_a_sale_that_was_not_spent_is_not_booked(aws: Account):
    some_stock()
    inventory.reserve("res_1", [a_line()])

    with pytest.raises(ReservationNotHeld):
        inventory.book_sale("res_1", "ord_01")


def test_an_adjustment_cannot_take_what_a_checkout_holds(aws: Account):
    some_stock(units=5)
    inventory.reserve("res_1", [a_line(quantity=3)])

    with pytest.raises(StockBelowZero):
        inventory.move(COFFEE, "COFFEE-250", -3, kind=MovementKind.ADJUSTMENT, note="broken", by="usr_KEEPER")

    assert units() == (2, 5)
    assert ledger() == [("receipt", 5)]


def test_an_unknown_sku_has_no_stock_to_move(aws: Account):
    with pytest.raises(StockUnknown):
        inventory.receive(COFFEE, "COFFEE-250", 1, note="", by="usr_KEEPER")
