"""Are stock and the uses of coupons one? Taken together or not at all, given back together, and spent together."""

import pytest

from chalicelib.checkout import service, store
from chalicelib.checkout.service import CheckoutRef
from chalicelib.core.storage import transactions
from chalicelib.inventory import service as inventory
from chalicelib.inventory.rules import StockLine
from chalicelib.promotions import service as promotions
from chalicelib.promotions.rules import Claims
from tests.checkout.builders import a_two_vendor_cart, cart_status, reservation, the_order, verify
from tests.checkout.builders import reference_of as tx_ref_of
from tests.promotions.builders import (
    CODE,
    EVERYWHERE,
    HANA,
    MESKEREM,
    a_claim,
    counters,
    some_claims,
    status_of,
    used_by,
    uses_left,
)
from tests.support.account import Account
from tests.support.builders import COFFEE, a_started_checkout, a_variant, as_it_is, left_of, product_of
from tests.support.chapa import Till
from tests.support.machine import WaitingMachine, step, undone
from tests.support.recorded_calls import recording


def a_checkout_with(claims: Claims, *, left: int = 3) -> CheckoutRef:
    """A checkout of two coffees and a gabi whose purchase counts some uses."""
    ref = a_started_checkout(a_two_vendor_cart(left=left))
    frozen = store.get_quote(ref.owner, ref.checkout_id)
    frozen.limited_uses = claims
    with transactions.write() as work:
        work.replace(frozen)
    return ref


def test_stock_and_uses_are_taken_in_one_transaction(aws: Account, machine: WaitingMachine) -> None:
    counters(uses=2, code_uses=2)
    ref = a_checkout_with(EVERYWHERE)

    with recording(aws.dynamodb) as calls:
        assert step("reserve_stock", ref) == "reserved"

    assert calls.operations == ["GetItem", "TransactWriteItems"]
    assert (left_of(COFFEE), uses_left(), used_by(HANA), status_of(ref.reservation_id)) == (1, 1, 1, "held")


def test_a_used_up_coupon_takes_no_stock_and_is_told(machine: WaitingMachine) -> None:
    counters(uses=0)
    ref = a_checkout_with(some_claims(a_claim(is_counted=True)))

    assert step("reserve_stock", ref) == "coupon_used_up"
    assert undone(ref) == "closed"

    ended = as_it_is(ref)
    assert (ended.status, ended.used_up_code) == ("coupon_used_up", CODE)
    assert (left_of(COFFEE), cart_status(ref), reservation(ref)) == (3, "open", "released")


def test_what_is_out_of_stock_takes_no_use(machine: WaitingMachine) -> None:
    counters(uses=2)
    ref = a_checkout_with(some_claims(a_claim(is_counted=True)), left=1)

    assert step("reserve_stock", ref) == "out_of_stock"
    assert undone(ref) == "closed"

    assert (as_it_is(ref).status, as_it_is(ref).shortages, uses_left()) == ("out_of_stock", [COFFEE], 2)


def test_a_customer_who_used_it_already_is_told_so(machine: WaitingMachine) -> None:
    counters(uses=5)
    first = a_checkout_with(some_claims(a_claim(is_counted=True, uses_per_customer=1)))
    step("reserve_stock", first)
    second = a_checkout_with(some_claims(a_claim(is_counted=True, uses_per_customer=1)))

    assert step("reserve_stock", second) == "coupon_used_up"

    assert (uses_left(), used_by(HANA)) == (4, 1)


def test_doing_and_undoing_gives_both_back_once(machine: WaitingMachine) -> None:
    counters(uses=2, code_uses=2)
    ref = a_checkout_with(EVERYWHERE)
    step("reserve_stock", ref)
    assert step("reserve_stock", ref) == "reserved"

    for _ in range(2):
        assert step("release_stock", ref) == "released"

    assert (left_of(COFFEE), uses_left(), used_by(HANA), status_of(ref.reservation_id)) == (3, 2, 0, "released")


def test_undoing_bars_doing(machine: WaitingMachine) -> None:
    counters(uses=2, code_uses=2)
    ref = a_checkout_with(EVERYWHERE)

    assert step("release_stock", ref) == "released"
    assert step("reserve_stock", ref) == "out_of_stock"

    assert (left_of(COFFEE), uses_left(), used_by(HANA), status_of(ref.reservation_id)) == (3, 2, 0, "released")


def test_doing_undoing_and_doing_leaves_nothing_held(machine: WaitingMachine) -> None:
    counters(uses=2, code_uses=2)
    ref = a_checkout_with(EVERYWHERE)
    step("reserve_stock", ref)
    step("release_stock", ref)

    assert step("reserve_stock", ref) == "out_of_stock"

    assert (left_of(COFFEE), uses_left(), used_by(HANA)) == (3, 2, 0)


def test_an_order_spends_both(machine: WaitingMachine, till: Till) -> None:
    counters(uses=2, code_uses=2)
    ref = a_checkout_with(EVERYWHERE)
    for name in ("reserve_stock", "open_payment"):
        step(name, ref)
    step("await_payment", ref, task_token=machine.token(ref))
    till.pay(tx_ref_of(ref))
    verify(ref)

    assert step("place_order", ref) == "placed"
    assert step("release_stock", ref) == "spent"

    assert the_order(ref) is not None
    assert (reservation(ref), status_of(ref.reservation_id), uses_left()) == ("spent", "spent", 1)


def test_uses_that_were_given_back_place_no_order(machine: WaitingMachine, till: Till) -> None:
    counters(uses=2)
    ref = a_checkout_with(some_claims(a_claim(is_counted=True)))
    for name in ("reserve_stock", "open_payment"):
        step(name, ref)
    till.pay(tx_ref_of(ref))
    verify(ref)
    promotions.release(ref.reservation_id)

    assert step("place_order", ref) == "stock_gone"

    assert the_order(ref) is None
    assert reservation(ref) == "held"


def test_a_purchase_that_counts_nothing_reads_and_writes_nothing_more(aws: Account, machine: WaitingMachine) -> None:
    ref = a_started_checkout(a_two_vendor_cart())

    with recording(aws.dynamodb) as calls:
        step("reserve_stock", ref)
        step("release_stock", ref)

    assert calls.operations == ["GetItem", "TransactWriteItems", "GetItem", "GetItem", "TransactWriteItems"]
    assert service.give_back(ref) == "closed"


@pytest.mark.parametrize("skus", [1, 90])
def test_the_largest_purchase_with_coupons_fits_one_transaction(aws: Account, skus: int) -> None:
    claims = []
    for promotion_id in (MESKEREM, "prm_GENNA"):
        counters(uses=5, code_uses=5, promotion_id=promotion_id)
        claims.append(a_claim(is_counted=True, is_code_counted=True, uses_per_customer=2, promotion_id=promotion_id))
    lines = [a_line_of(f"GABI-{number}") for number in range(skus)]

    with recording(aws.dynamodb) as calls:
        _reserve("chk_1-1", lines, some_claims(*claims))

    (write,) = calls.sent
    assert len(write.params["TransactItems"]) == skus + 10
    assert len(write.params["TransactItems"]) <= 100


def a_line_of(sku: str) -> StockLine:
    a_variant(sku)
    return StockLine(product_of(sku), sku, 1)


def _reserve(reservation_id: str, lines: list[StockLine], claims: Claims) -> None:
    inventory.reserve(reservation_id, lines, beside=lambda: promotions.take(reservation_id, claims))
