"""Is every unfinished checkout looked after, whatever died?"""

import json

import pytest

from chalicelib.checkout import reactions, service, store
from chalicelib.checkout.service import CheckoutRef
from chalicelib.core import clock
from chalicelib.core.events.event import envelope
from chalicelib.payments import service as payments
from tests.checkout.builders import (
    a_paid_checkout,
    a_two_vendor_cart,
    an_awaited_payment,
    cart_status,
    owed,
    payment_of,
    reference_of,
    reservation,
    the_order,
    verify,
)
from tests.support.account import Account
from tests.support.builders import COFFEE, a_checkout, a_started_checkout, as_it_is, left_of, the_ref
from tests.support.chapa import Till
from tests.support.machine import WaitingMachine, step, undone


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every checkout be due at the next sweep."""
    monkeypatch.setenv("START_WITHIN_SECONDS", "0")
    monkeypatch.setenv("SWEEP_GRACE_SECONDS", "0")


@pytest.fixture
def no_time_to_pay(at_once: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every payment be late at once."""
    monkeypatch.setenv("PAY_WITHIN_SECONDS", "0")


def sweep() -> dict[str, int]:
    return reactions.sweep({}, None)


def captured(ref: CheckoutRef) -> None:
    """Deliver the news that money came, as the queue does: more than once."""
    event = payment_of(ref).event
    assert event is not None
    record = {"messageId": "1", "body": json.dumps(envelope(event))}
    handled = reactions.checkout_payments.handler({"Records": [record, record]}, None)
    assert handled == {"batchItemFailures": []}


def test_nothing_is_due_before_its_time(machine: WaitingMachine) -> None:
    a_started_checkout(a_two_vendor_cart())

    assert sweep() == {"done": 0, "failed": 0}


def test_what_was_never_started_is_started(machine: WaitingMachine, at_once: None) -> None:
    ref = the_ref(a_checkout(a_two_vendor_cart()))

    assert sweep() == {"done": 1, "failed": 0}

    assert machine.is_running(ref)


def test_a_checkout_that_waits_for_its_payment_is_left_alone_until_its_deadline(
    machine: WaitingMachine, till: Till, at_once: None
) -> None:
    ref = an_awaited_payment(machine)

    sweep()

    assert machine.is_running(ref)
    assert (as_it_is(ref).status, as_it_is(ref).gsi1sk) == ("awaiting_payment", as_it_is(ref).pay_by)
    assert sweep() == {"done": 0, "failed": 0}


def test_a_deadline_closes_the_page_and_then_wakes(machine: WaitingMachine, till: Till, no_time_to_pay: None) -> None:
    ref = an_awaited_payment(machine)

    sweep()

    assert machine.resumed_with(ref) == "expired"
    assert till.payable() == []
    assert undone(ref) == "closed"
    assert (as_it_is(ref).status, cart_status(ref), left_of(COFFEE)) == ("expired", "open", 3)
    assert sweep() == {"done": 0, "failed": 0}


def test_a_deadline_finds_the_money_that_no_webhook_told(
    machine: WaitingMachine, till: Till, no_time_to_pay: None
) -> None:
    ref = an_awaited_payment(machine)
    till.pay(reference_of(ref))

    sweep()

    assert machine.resumed_with(ref) == "paid"
    assert step("place_order", ref) == "placed"


def test_a_deadline_before_anybody_waits_is_found_by_whoever_comes_to_wait(
    machine: WaitingMachine, till: Till, no_time_to_pay: None
) -> None:
    ref = a_started_checkout(a_two_vendor_cart())
    step("reserve_stock", ref)

    sweep()

    assert machine.is_running(ref)
    assert step("open_payment", ref) == "payment_refused"
    assert undone(ref) == "closed"
    assert as_it_is(ref).status == "expired"


@pytest.mark.parametrize("died_after", range(4))
def test_an_execution_that_died_before_the_order_is_given_back(
    machine: WaitingMachine, till: Till, at_once: None, died_after: int
) -> None:
    ref = a_started_checkout(a_two_vendor_cart())
    token = machine.token(ref)
    steps = [("reserve_stock", {}), ("open_payment", {}), ("await_payment", {"task_token": token})]
    for name, sent in steps[:died_after]:
        step(name, ref, **sent)
    machine.kill(ref)

    assert sweep() == {"done": 1, "failed": 0}

    assert (as_it_is(ref).status, cart_status(ref), left_of(COFFEE)) == ("failed", "open", 3)
    assert till.payable() == []
    assert sweep() == {"done": 0, "failed": 0}


@pytest.mark.parametrize("undos", range(4))
def test_an_execution_that_died_while_giving_back_is_finished(
    machine: WaitingMachine, till: Till, at_once: None, undos: int
) -> None:
    ref = an_awaited_payment(machine)
    for name in ("refuse_order", "close_payment", "release_stock", "reopen_cart")[:undos]:
        step(name, ref)
    machine.kill(ref)

    assert sweep() == {"done": 1, "failed": 0}

    assert (as_it_is(ref).status, cart_status(ref), left_of(COFFEE)) == ("failed", "open", 3)


def test_an_execution_that_died_with_the_money_gets_another_attempt(
    machine: WaitingMachine, till: Till, at_once: None
) -> None:
    ref = a_paid_checkout(machine, till)

    sweep()

    again = the_ref(as_it_is(ref))
    assert (again.attempt, reservation(ref), machine.is_running(again)) == (2, "released", True)
    an_awaited_payment(machine, again)
    assert step("place_order", again) == "placed"
    assert (left_of(COFFEE), cart_status(ref), owed()) == (1, "converted", [])


def test_money_is_owed_back_when_the_last_attempt_dies_too(machine: WaitingMachine, till: Till, at_once: None) -> None:
    ref = a_paid_checkout(machine, till)
    sweep()
    again = the_ref(as_it_is(ref))
    step("reserve_stock", again)
    machine.token(again)
    machine.kill(again)

    sweep()
    sweep()

    assert owed() == [(reference_of(ref), "no_order")]
    assert (as_it_is(ref).status, cart_status(ref), left_of(COFFEE)) == ("failed", "open", 3)


def test_an_order_whose_execution_died_afterwards_is_done(machine: WaitingMachine, till: Till, at_once: None) -> None:
    ref = a_paid_checkout(machine, till)
    step("place_order", ref)

    assert sweep() == {"done": 0, "failed": 0}
    service.look_after(ref.owner, ref.checkout_id)

    assert (as_it_is(ref).status, owed()) == ("completed", [])


def test_one_that_fails_stops_no_other_and_is_looked_after_again(
    machine: WaitingMachine, till: Till, no_time_to_pay: None
) -> None:
    first, second = an_awaited_payment(machine), an_awaited_payment(machine, a_started_checkout(with_lines=1))
    till.switch(reference_of(first), answers={"cancel": {"kind": "html", "times": 1}})

    assert sweep() == {"done": 1, "failed": 1}
    assert machine.resumed_with(second) == "expired"
    assert machine.is_running(first)
    sweep()
    assert machine.resumed_with(first) == "expired"


# The news of money


def test_the_news_of_money_in_time_changes_nothing(machine: WaitingMachine, till: Till) -> None:
    ref = a_paid_checkout(machine, till)

    captured(ref)

    assert (as_it_is(ref).attempt, as_it_is(ref).status) == (1, "awaiting_payment")


def test_the_news_of_money_for_a_placed_order_changes_nothing(machine: WaitingMachine, till: Till) -> None:
    ref = a_paid_checkout(machine, till)
    payment = payment_of(ref)
    step("place_order", ref)

    service.revive(ref.owner, ref.checkout_id, payment.payment_id)

    assert (as_it_is(ref).status, payment_of(ref).status, owed()) == ("completed", "used", [])


def test_the_news_of_late_money_begins_one_other_attempt(machine: WaitingMachine, till: Till) -> None:
    ref = an_awaited_payment(machine)
    undone(ref)
    till.pay(reference_of(ref), force=True)
    verify(ref)

    captured(ref)

    again = the_ref(as_it_is(ref))
    assert (again.attempt, machine.is_running(again)) == (2, True)
    assert as_it_is(ref).gsi1pk is not None
    assert as_it_is(ref).expires_at is None


def test_late_money_that_nobody_told_is_found_by_the_look_at_open_payments(
    machine: WaitingMachine, till: Till, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PAYMENT_CHECK_SECONDS", "0")
    ref = an_awaited_payment(machine)
    undone(ref)
    till.pay(reference_of(ref), force=True)

    assert payments.verify_due() == {"done": 1, "failed": 0}
    captured(ref)

    assert as_it_is(ref).attempt == 2


def test_an_ended_checkout_is_not_among_those_to_look_after(machine: WaitingMachine, till: Till, aws: Account) -> None:
    ref = a_paid_checkout(machine, till)
    step("place_order", ref)

    assert list(store.checkouts_due(clock.after(10**6), limit=10)) == []
    assert the_order(ref) is not None
