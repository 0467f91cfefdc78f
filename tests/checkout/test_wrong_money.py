"""What becomes of a purchase whose page took too little, or the wrong money?"""

import pytest
from botocore.exceptions import EndpointConnectionError

from chalicelib.checkout.service import CheckoutRef
from tests.checkout.builders import an_awaited_payment, cart_status, owed, payment_of, reference_of, the_order, verify
from tests.checkout.outages import no_machine
from tests.support.builders import COFFEE, as_it_is, left_of
from tests.support.chapa import Till
from tests.support.machine import WaitingMachine, undone


def too_little_paid(machine: WaitingMachine, till: Till) -> CheckoutRef:
    ref = an_awaited_payment(machine)
    till.pay(reference_of(ref))
    till.switch(no_callback=True, verify_fields={"amount": 1})
    return ref


def test_too_little_ends_the_purchase_at_once_and_goes_back(machine: WaitingMachine, till: Till) -> None:
    ref = too_little_paid(machine, till)

    verify(ref)

    assert machine.resumed_with(ref) == "expired"
    assert undone(ref) == "closed"
    assert (as_it_is(ref).status, cart_status(ref), left_of(COFFEE)) == ("payment_refused", "open", 3)
    assert (the_order(ref), payment_of(ref).status) == (None, "closed")
    assert owed() == [(reference_of(ref), "not_as_asked")]


def test_whoever_waits_hears_of_it_though_nobody_could_wake_them_at_first(
    machine: WaitingMachine, till: Till, monkeypatch: pytest.MonkeyPatch
) -> None:
    ref = too_little_paid(machine, till)
    with no_machine(monkeypatch), pytest.raises(EndpointConnectionError):
        verify(ref)
    assert machine.is_running(ref)

    verify(ref)

    assert machine.resumed_with(ref) == "expired"
    assert owed() == [(reference_of(ref), "not_as_asked")]
