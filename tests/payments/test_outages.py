"""Is a provider that does not answer left alone, and does a shopper then get everything back?"""

import pytest

from chalicelib.checkout.rules import CheckoutStatus
from chalicelib.payments import service
from chalicelib.payments.chapa import Chapa
from chalicelib.payments.provider import ProviderMisconfigured, ProviderUnavailable, ProviderUnreached, Standing
from chalicelib.payments.service import Closing
from tests.checkout.builders import a_two_vendor_cart, an_awaited_payment, cart_status, payment_of
from tests.payments.builders import a_request, an_open_payment, is_watched, open_page
from tests.support.builders import COFFEE, a_payment, a_started_checkout, as_it_is, left_of, the_payment
from tests.support.chapa import Till
from tests.support.machine import WaitingMachine, step, undone


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave the provider alone after two failures."""
    monkeypatch.setenv("CHAPA_FAILURES", "2/60")


def fails(till: Till, kind: str = "html", times: int = 2) -> None:
    till.fail("verify", kind, times=times)
    for _ in range(times):
        with pytest.raises(ProviderUnavailable):
            Chapa().verify("pay_1")


@pytest.mark.parametrize("kind", ["html", "drop"])
def test_after_some_failures_nobody_calls(till: Till, impatient: None, kind: str) -> None:
    fails(till, kind)
    asked = len(till.calls())

    with pytest.raises(ProviderUnreached):
        Chapa().open_link(a_request())

    assert len(till.calls()) == asked


def test_after_the_pause_it_is_tried_again(till: Till, impatient: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHAPA_PAUSE_SECONDS", "0")
    fails(till)

    assert Chapa().verify("pay_1").standing is Standing.UNKNOWN


def test_refusals_are_answers(till: Till, impatient: None) -> None:
    till.fail("initialize", "refuse", times=3, message="no")
    for number in range(3):
        Chapa().open_link(a_request(f"pay_{number}"))

    assert Chapa().verify("pay_1").standing is Standing.UNKNOWN


def test_a_wrong_key_is_an_answer(till: Till, impatient: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHAPA_MODE", "live")

    for _ in range(3):
        with pytest.raises(ProviderMisconfigured):
            Chapa().verify("pay_1")


def test_no_page_is_asked_for_while_nobody_calls(till: Till, impatient: None) -> None:
    a_payment()
    fails(till)

    with pytest.raises(ProviderUnavailable):
        open_page()

    assert till.known() == []


# Giving everything back


def test_a_page_that_nobody_knows_holds_nothing_up(till: Till) -> None:
    a_payment()
    till.fail("initialize", "drop")
    with pytest.raises(ProviderUnavailable):
        open_page()
    till.switch(no_callback=True, answers={"cancel": {"kind": "html"}, "verify": {"kind": "html"}})

    assert service.close("pmt_1") is Closing.CLOSED

    assert is_watched(the_payment().tx_refs[0])


def test_a_page_that_the_shopper_has_is_closed_only_when_the_provider_says_so(till: Till) -> None:
    an_open_payment()
    till.switch(no_callback=True, answers={"cancel": {"kind": "html"}})

    with pytest.raises(ProviderUnavailable):
        service.close("pmt_1")


def test_a_checkout_that_gets_no_page_is_unavailable_and_gives_everything_back(
    machine: WaitingMachine, till: Till
) -> None:
    ref = a_started_checkout(a_two_vendor_cart())
    step("reserve_stock", ref)
    down = {"kind": "html"}
    till.switch(no_callback=True, answers={"initialize": down, "cancel": down, "verify": down})
    for _ in range(4):
        with pytest.raises(ProviderUnavailable):
            step("open_payment", ref)

    assert undone(ref) == "closed"

    assert as_it_is(ref).status == CheckoutStatus.PAYMENT_UNAVAILABLE
    assert (left_of(COFFEE), cart_status(ref), payment_of(ref).status) == (3, "open", "closed")


def test_a_checkout_that_gets_its_page_in_the_end_was_never_unavailable(machine: WaitingMachine, till: Till) -> None:
    ref = a_started_checkout(a_two_vendor_cart())
    step("reserve_stock", ref)
    till.fail("initialize", "html")
    with pytest.raises(ProviderUnavailable):
        step("open_payment", ref)
    assert as_it_is(ref).reason == CheckoutStatus.PAYMENT_UNAVAILABLE

    an_awaited_payment(machine, ref)

    assert as_it_is(ref).reason is None


def test_a_refusal_in_the_end_is_told_as_one(machine: WaitingMachine, till: Till) -> None:
    ref = a_started_checkout(a_two_vendor_cart())
    till.fail("initialize", "html")
    with pytest.raises(ProviderUnavailable):
        step("open_payment", ref)
    till.fail("initialize", "refuse", message="no")

    assert step("open_payment", ref) == "payment_refused"
    undone(ref)

    assert as_it_is(ref).status == CheckoutStatus.PAYMENT_REFUSED
