"""What becomes of money that comes after a checkout has ended?"""

import pytest

from chalicelib.checkout import service
from chalicelib.checkout.service import CheckoutRef
from chalicelib.checkout.steps import checkout as workflow
from chalicelib.core import clock
from chalicelib.payments import service as payments
from tests.checkout.builders import (
    UNDO_CHAIN,
    an_awaited_payment,
    cart_status,
    owed,
    payment_of,
    reference_of,
    reservation,
    the_order,
    verify,
)
from tests.support.builders import (
    COFFEE,
    a_variant,
    as_it_is,
    birr,
    left_of,
    the_ref,
)
from tests.support.chapa import Till
from tests.support.machine import WaitingMachine, step, undone


def an_expired_checkout(machine: WaitingMachine) -> CheckoutRef:
    ref = an_awaited_payment(machine)
    undone(ref)
    return ref


def test_late_money_places_the_order_at_the_frozen_quote(machine: WaitingMachine, till: Till) -> None:
    ref = an_expired_checkout(machine)
    agreed = as_it_is(ref).totals.total
    a_variant(COFFEE, price=birr(999), left=3, vendor="yirga")
    till.pay(reference_of(ref), force=True)
    verify(ref)

    service.revive(ref.owner, ref.checkout_id, as_it_is(ref).payment_id)

    again = the_ref(as_it_is(ref))
    assert (again.attempt, as_it_is(ref).status) == (2, "reserving")
    an_awaited_payment(machine, again)
    assert machine.resumed_with(again) == "paid"
    assert step("place_order", again) == "placed"
    order = the_order(ref)
    assert order is not None
    assert order.quote.total == agreed
    assert (left_of(COFFEE), as_it_is(ref).status, cart_status(ref)) == (1, "completed", "open")
    assert owed() == []


def test_money_that_comes_while_everything_is_given_back_is_found_by_the_chain(
    machine: WaitingMachine, till: Till
) -> None:
    ref = an_awaited_payment(machine)
    step("refuse_order", ref)
    till.pay(reference_of(ref))

    assert step("close_payment", ref) == "captured"
    assert step("release_stock", ref) == "released"
    assert step("reopen_cart", ref) == "revived"

    again = the_ref(as_it_is(ref))
    assert again.attempt == 2
    assert machine.was_started(again)
    assert cart_status(ref) == "checking_out"
    an_awaited_payment(machine, again)
    assert step("place_order", again) == "placed"
    assert cart_status(ref) == "converted"


def test_the_chain_of_a_superseded_attempt_touches_nothing(machine: WaitingMachine, till: Till) -> None:
    ref = an_expired_checkout(machine)
    till.pay(reference_of(ref), force=True)
    verify(ref)
    service.revive(ref.owner, ref.checkout_id, as_it_is(ref).payment_id)
    again = the_ref(as_it_is(ref))
    step("reserve_stock", again)

    assert undone(ref) == "superseded"
    assert service.give_back(ref) == workflow.run_undo_chain(ref) == "superseded"
    for name in UNDO_CHAIN:
        step(name, ref)

    assert (as_it_is(ref).status, reservation(again), left_of(COFFEE)) == ("reserving", "held", 1)
    step("open_payment", again)
    assert step("place_order", again) == "placed"


def test_late_money_without_stock_is_owed_back_exactly_once(machine: WaitingMachine, till: Till) -> None:
    ref = an_expired_checkout(machine)
    payment_id = as_it_is(ref).payment_id
    a_variant(COFFEE, left=0)
    till.pay(reference_of(ref), force=True)
    verify(ref)
    service.revive(ref.owner, ref.checkout_id, payment_id)
    again = the_ref(as_it_is(ref))

    assert step("reserve_stock", again) == "out_of_stock"
    assert [undone(again), undone(again)] == ["closed", "closed"]
    for _ in range(2):
        service.revive(ref.owner, ref.checkout_id, payment_id)

    assert owed() == [(reference_of(ref), "no_order")]
    assert (as_it_is(ref).status, payment_of(ref).status) == ("out_of_stock", "refund_due")
    assert as_it_is(ref).gsi1pk is None


def test_money_for_a_forgotten_checkout_is_owed_back(
    machine: WaitingMachine, till: Till, monkeypatch: pytest.MonkeyPatch
) -> None:
    ref = an_awaited_payment(machine)
    monkeypatch.setenv("CHECKOUT_KEPT_SECONDS", str(-clock.epoch_seconds()))
    payment_id, tx_ref = as_it_is(ref).payment_id, reference_of(ref)
    undone(ref)
    till.pay(tx_ref, force=True)
    payments.verify(tx_ref)

    service.revive(ref.owner, ref.checkout_id, payment_id)

    assert owed() == [(tx_ref, "no_order")]
