"""What do tests of payments begin with, and what do they look at?"""

from typing import Any

from chalicelib.core import clock
from chalicelib.core.money import Money
from chalicelib.core.storage.transactions import settled
from chalicelib.payments import service, store
from chalicelib.payments.models import PaymentAttempt, Refund
from chalicelib.payments.provider import LinkRequest
from chalicelib.payments.rules import RefundStatus
from chalicelib.payments.service import Opening, PageRequest
from tests.support.builders import BUYER, RETURN_URL, a_payment, birr, the_payment

PAGE = PageRequest(email=BUYER, return_url=RETURN_URL)


def open_page() -> tuple[Opening, str | None]:
    """Ask for the page as a step does, anew while others change what was read."""
    return settled(lambda: service.open_page("pmt_1", PAGE))


def an_open_payment() -> str:
    """A payment with a page; returns its reference."""
    a_payment()
    assert open_page()[0] is Opening.OPENED
    return the_payment().tx_refs[-1]


def verify(tx_ref: str) -> None:
    settled(lambda: service.verify(tx_ref))


def attempt(tx_ref: str) -> PaymentAttempt:
    found = store.find_attempt(tx_ref)
    assert found is not None
    return found


def statuses() -> list[str]:
    return [each.status for each in store.attempts_of(the_payment())]


def owed() -> list[tuple[str, str, Money]]:
    """Reference, reason and amount of all that must go back."""
    return [(refund.tx_ref, refund.reason, refund.amount) for refund in refunds()]


def refunds() -> list[Refund]:
    """All money that goes back, however far it is."""
    return [refund for status in RefundStatus for refund in service.refunds_in(status, after=None, limit=10).items]


def is_watched(tx_ref: str) -> bool:
    later = clock.after(10**6)
    return tx_ref in [each.tx_ref for each in store.attempts_to_check(later, limit=50)]


def a_request(tx_ref: str = "pay_1", amount: Money | None = None, **changed: Any) -> LinkRequest:
    return LinkRequest(tx_ref, amount or birr(350), **{"return_url": RETURN_URL, "email": BUYER, **changed})
