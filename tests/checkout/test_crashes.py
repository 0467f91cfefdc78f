"""What if something dies after any commit? The same call again comes to the same end."""

import pytest
from botocore.exceptions import EndpointConnectionError

from chalicelib.checkout import service
from chalicelib.payments import service as payments
from chalicelib.payments.provider import ProviderUnavailable
from tests.checkout.builders import (
    UNDO_CHAIN,
    a_paid_checkout,
    a_two_vendor_cart,
    an_awaited_payment,
    cart_status,
    payment_of,
    reference_of,
    verify,
)
from tests.checkout.outages import no_machine
from tests.support.builders import (
    COFFEE,
    a_started_checkout,
    as_it_is,
    left_of,
    the_ref,
)
from tests.support.chapa import Till
from tests.support.machine import WaitingMachine, step, undone


def with_a_lost_page(till: Till) -> service.CheckoutRef:
    """A checkout that asked for a page and never heard of it."""
    ref = a_started_checkout(a_two_vendor_cart())
    step("reserve_stock", ref)
    till.fail("initialize", "drop")
    with pytest.raises(ProviderUnavailable):
        step("open_payment", ref)
    return ref


def test_a_page_whose_answer_was_lost_is_asked_for_anew(machine: WaitingMachine, till: Till) -> None:
    ref = with_a_lost_page(till)

    assert step("open_payment", ref) == "ready"

    assert till.payable() == [reference_of(ref)]
    assert as_it_is(ref).payment_url == payment_of(ref).checkout_url


def test_a_page_that_is_there_is_not_unavailable_though_a_lost_one_cannot_be_cancelled(
    machine: WaitingMachine, till: Till
) -> None:
    ref = with_a_lost_page(till)
    assert step("open_payment", ref) == "ready"
    till.fail("cancel", "drop", takes_effect=False)

    with pytest.raises(ProviderUnavailable):
        step("open_payment", ref)

    assert (as_it_is(ref).status, as_it_is(ref).reason) == ("awaiting_payment", None)


@pytest.mark.parametrize("operation", ["cancel", "verify"])
@pytest.mark.parametrize("fault", ["html", "drop"])
def test_an_undo_chain_that_broke_is_run_again_to_the_same_end(
    machine: WaitingMachine, till: Till, operation: str, fault: str
) -> None:
    ref = an_awaited_payment(machine)
    till.fail(operation, fault)
    with pytest.raises(ProviderUnavailable):
        undone(ref)
    assert as_it_is(ref).status == "closing"

    assert undone(ref) == "closed"

    assert (as_it_is(ref).status, left_of(COFFEE), cart_status(ref)) == ("failed", 3, "open")
    assert till.payable() == []


@pytest.mark.parametrize("stop_after", range(1, 4))
def test_an_undo_chain_may_stop_anywhere_and_begin_again(machine: WaitingMachine, till: Till, stop_after: int) -> None:
    ref = an_awaited_payment(machine)
    for name in UNDO_CHAIN[:stop_after]:
        step(name, ref)

    assert service.give_back(ref) == "closed"

    assert (as_it_is(ref).status, left_of(COFFEE), cart_status(ref)) == ("failed", 3, "open")


def test_a_capture_that_woke_nobody_wakes_at_the_next_look(
    machine: WaitingMachine, till: Till, monkeypatch: pytest.MonkeyPatch
) -> None:
    ref = an_awaited_payment(machine)
    till.pay(reference_of(ref))
    with no_machine(monkeypatch), pytest.raises(EndpointConnectionError):
        verify(ref)
    assert payment_of(ref).status == "captured"
    assert machine.is_running(ref)

    verify(ref)

    assert machine.resumed_with(ref) == "paid"


def test_a_capture_that_woke_nobody_is_watched_until_somebody_woke(
    machine: WaitingMachine, till: Till, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PAYMENT_CHECK_SECONDS", "0")
    ref = an_awaited_payment(machine)
    till.pay(reference_of(ref))
    with no_machine(monkeypatch):
        assert payments.verify_due() == {"done": 0, "failed": 1}
    assert payment_of(ref).status == "captured"

    assert payments.verify_due() == {"done": 1, "failed": 0}

    assert machine.resumed_with(ref) == "paid"
    assert payments.verify_due() == {"done": 0, "failed": 0}


def test_a_return_that_woke_nobody_leaves_the_attempt_watched(
    machine: WaitingMachine, till: Till, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PAYMENT_CHECK_SECONDS", "0")
    ref = an_awaited_payment(machine)
    till.pay(reference_of(ref))
    with no_machine(monkeypatch), pytest.raises(EndpointConnectionError):
        payments.come_back(payment_of(ref).payment_id)
    assert payment_of(ref).status == "captured"

    payments.verify_due()

    assert machine.resumed_with(ref) == "paid"


def test_late_money_whose_execution_did_not_start_is_started_by_the_sweep(
    machine: WaitingMachine, till: Till, monkeypatch: pytest.MonkeyPatch
) -> None:
    ref = an_awaited_payment(machine)
    undone(ref)
    till.pay(reference_of(ref), force=True)
    verify(ref)
    with no_machine(monkeypatch), pytest.raises(EndpointConnectionError):
        service.revive(ref.owner, ref.checkout_id, as_it_is(ref).payment_id)
    again = the_ref(as_it_is(ref))
    assert not machine.was_started(again)

    service.look_after(ref.owner, ref.checkout_id)

    assert (again.attempt, machine.was_started(again)) == (2, True)


def test_a_waiting_step_whose_answer_was_lost_may_be_called_again(
    machine: WaitingMachine, till: Till, monkeypatch: pytest.MonkeyPatch
) -> None:
    ref = a_paid_checkout(machine, till)
    token = machine.token(ref)

    with no_machine(monkeypatch), pytest.raises(EndpointConnectionError):
        step("await_payment", ref, task_token=token)

    assert step("await_payment", ref, task_token=token) == "waiting"
