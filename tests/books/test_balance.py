"""Do the books of a sound shop balance, and what do many witnesses say of one loss?"""

from dataclasses import replace
from datetime import timedelta
from itertools import chain, repeat

import pytest

from chalicelib.carts.models import Cart
from chalicelib.checkout.models import Checkout, FrozenQuote
from chalicelib.core import clock
from chalicelib.core.storage import keys
from chalicelib.orders.models import Order
from chalicelib.payments.models import Refund
from chalicelib.payments.rules import RefundStatus
from chalicelib.vendors.models import Vendor
from infra.books.__main__ import lasting
from infra.books.checking import INVARIANTS, check
from infra.packaging import REPOSITORY
from tests.books.broken_purchases import a_checkout_bought_twice
from tests.books.copy_of_table import TableCopy, attempt_with_a_page
from tests.support.books import assert_books_balance


@pytest.fixture
def table(filled) -> TableCopy:
    return TableCopy(filled.stored)


def broken(table: TableCopy) -> set[str]:
    return {finding.invariant for finding in check(table.rows, clock.now())}


def test_the_books_of_a_shop_in_which_everything_happened_balance(filled):
    assert_books_balance(filled.cloud, filled.table, within_seconds=0)


def test_an_empty_table_balances():
    assert check([], clock.now()) == []


def test_books_that_do_not_balance_are_told_in_full(filled):
    riddle = {"pk": {"S": "PRODUCT#x"}, "sk": {"S": "STOCK#y"}, "kind": {"S": "riddle"}}
    cloud = filled.cloud.client("dynamodb")
    cloud.put_item(TableName=filled.table, Item=riddle)

    with pytest.raises(AssertionError, match=r"rows_can_be_read: PRODUCT#x STOCK#y: .* kind riddle"):
        assert_books_balance(filled.cloud, filled.table, within_seconds=0)

    cloud.delete_item(TableName=filled.table, Key={name: riddle[name] for name in ("pk", "sk")})


def test_a_refund_may_be_done_that_nobody_asked_for_if_the_provider_says_so(table):
    table.change(table.one(Refund, status=RefundStatus.DONE), asking_at=None, confirmed_by="news")

    assert broken(table) == set()


def test_a_lost_order_is_missed_on_all_sides(table):
    table.drop(table.one(Order))

    assert broken(table) == {
        "spent_stock_was_ordered",
        "converted_carts_became_orders",
        "completed_checkouts_are_ordered",
        "numbers_find_orders",
        "sub_orders_make_up_the_order",
        "used_payments_became_orders",
    }


def test_a_checkout_that_bought_twice_is_seen(table):
    a_checkout_bought_twice(table)

    found = [each for each in check(table.rows, clock.now()) if each.invariant == "a_checkout_has_one_order"]

    assert [each.message.split(" chk")[0] for each in found if "one of" in each.message] == ["one of 2 orders of"] * 2
    assert any("gives another id" in each.message for each in found)


def test_a_finding_names_keys_and_numbers(table):
    attempt = attempt_with_a_page(table)
    table.change(attempt, amount=replace(attempt.amount, minor=7))

    (finding,) = check(table.rows, clock.now())

    assert (finding.pk, finding.sk) == attempt.key
    assert "asks 0.07 ETB" in str(finding)


def test_what_has_expired_counts_as_deleted_already(table):
    cart = table.one(Cart, status="checking_out")
    table.change(cart, expires_at=clock.epoch_seconds() - 1)

    (finding,) = check(table.rows, clock.now())

    assert (finding.invariant, finding.message.split(", ")[1]) == ("held_carts_are_in_checkout", "which is not there")


def test_what_lies_still_is_stuck_when_patience_ends(table):
    tomorrow = clock.now() + timedelta(days=1)

    found = {each.invariant for each in check(table.rows, tomorrow, patience=timedelta(hours=1))}

    assert {"checkouts_end", "checkouts_are_watched", "attempts_are_watched", "sales_get_booked"} <= found
    assert check(table.rows, clock.now() + timedelta(minutes=10), patience=timedelta(hours=1)) == []


def test_the_frozen_quote_of_an_order_is_forgotten_in_time_and_not_before(table):
    completed = table.one(Checkout, status="completed")
    table.drop(table.at(FrozenQuote, keys.checkout_quote(completed.owner, completed.checkout_id)))

    def is_missed(now):
        found = check(table.rows, now, patience=timedelta(days=1000))
        return completed.key in {(each.pk, each.sk) for each in found if each.invariant == "payments_ask_for_the_total"}

    assert is_missed(clock.now())
    assert not is_missed(clock.now() + timedelta(days=100))


def test_a_shop_at_work_may_contradict_itself_for_a_moment(table):
    sound = table.rows
    table.drop(table.one(Order))
    readings = iter([table.rows, table.rows, sound])

    assert lasting(lambda: next(readings), patience=900, settle=10, pause=0) == []


def test_only_what_is_wrong_in_every_reading_lasts(table):
    del table.raw(table.one(Vendor))["schema_version"]
    once = table.rows
    del table.raw(table.one(Order))["schema_version"]
    readings = chain([table.rows], repeat(once))

    (finding,) = lasting(lambda: next(readings), patience=900, settle=0.2, pause=0)

    assert (finding.invariant, finding.sk.partition("#")[0]) == ("rows_name_their_schema", "VENDOR")


def test_the_operators_guide_explains_every_invariant():
    guide = (REPOSITORY / "docs" / "operations.md").read_text("utf-8")

    assert [each.__name__ for each in INVARIANTS if f"| `{each.__name__}` |" not in guide] == []
