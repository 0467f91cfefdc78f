"""How does a payment end: as an order, unpaid, or as money that must go back?"""

from enum import StrEnum

from chalicelib.core.money import Money
from chalicelib.core.observability import logger
from chalicelib.core.storage import transactions
from chalicelib.payments import rules, store
from chalicelib.payments.chapa import provider
from chalicelib.payments.errors import PaymentNotUsable
from chalicelib.payments.models import Payment, PaymentAttempt
from chalicelib.payments.provider import ProviderUnavailable
from chalicelib.payments.rules import COVERED, SETTLED, AttemptStatus, PaymentStatus, RefundReason
from chalicelib.payments.service.attempts import settle
from chalicelib.payments.service.collecting import to_be_collected
from chalicelib.payments.service.refunding import begin_refund, paid_with
from chalicelib.payments.service.verifying import verify

_UNPAID = (PaymentStatus.OPENING, PaymentStatus.OPEN, PaymentStatus.AGREED)


class Closing(StrEnum):
    """What closing a payment found."""

    CAPTURED = "captured"
    CLOSED = "closed"


def get_payment(payment_id: str) -> Payment:
    """Return a payment as it is now."""
    return store.get_payment(payment_id)


def close(payment_id: str) -> Closing:
    """Take no more money: close the payment, cancel its pages, and verify each once more. Safe to repeat.

    Closing comes first, so that no new page can be opened after the pages were cancelled. A page whose address nobody
    was told can be paid by nobody: if the provider does not answer, it holds nothing up and stays under watch.
    """
    payment = store.get_payment(payment_id)
    if payment.status in _UNPAID:
        payment.status = PaymentStatus.CLOSED
        with transactions.write() as work:
            work.save(payment)
    for attempt in store.attempts_of(payment):
        if attempt.status not in SETTLED:
            _close_page(attempt, is_lost=attempt.tx_ref != payment.page_tx_ref)
    return Closing.CLOSED if store.get_payment(payment_id).status == PaymentStatus.CLOSED else Closing.CAPTURED


def _close_page(attempt: PaymentAttempt, *, is_lost: bool) -> None:
    try:
        provider().cancel_link(attempt.tx_ref)
        verify(attempt.tx_ref)
    except ProviderUnavailable:
        if not is_lost:
            raise
        logger.warning("a page that nobody knows is not cancelled", tx_ref=attempt.tx_ref)


def is_covered(payment: Payment) -> bool:
    """Tell whether an order may be placed: the money is here, or was agreed to come on delivery, or none is due."""
    return payment.status in COVERED


def redeem(payment: Payment) -> None:
    """Let a covered payment become an order; joins the transaction that places it."""
    if not is_covered(payment):
        raise PaymentNotUsable(status=payment.status)
    becomes = rules.once_ordered(payment.method)
    rules.demand_move(payment.status, becomes)
    payment.status = becomes
    if payment.excess is not None:
        _give_back_excess(payment, payment.excess)
    if becomes is PaymentStatus.TO_COLLECT:
        to_be_collected(payment)
    with transactions.write() as work:
        work.save(payment)


def _give_back_excess(payment: Payment, excess: Money) -> None:
    """Send back what came beyond the price. Only an order has a price: without one, all that came goes back."""
    begin_refund(payment, captured_attempt(payment), amount=excess, reason=RefundReason.PAID_TOO_MUCH)


def captured_attempt(payment: Payment) -> PaymentAttempt:
    """Return the attempt that brought the money, to be stored: the payment knows how much, if it never heard."""
    attempt = store.find_attempt(str(payment.captured_tx_ref))
    if attempt is None:
        raise PaymentNotUsable(status=payment.status)
    settle(attempt, AttemptStatus.CAPTURED)
    attempt.paid = payment.amount if payment.excess is None else payment.amount + payment.excess
    return attempt


def demand_unchanged(payment: Payment) -> None:
    """Demand that nothing happened to a payment since it was read; joins the transaction that relies on it."""
    with transactions.write() as work:
        work.check(payment, when=Payment.version == payment.version)


def owe_back(payment: Payment) -> None:
    """Send captured money back, since no order comes of it; joins the transaction that decides so."""
    rules.demand_move(payment.status, PaymentStatus.REFUND_DUE)
    attempt = captured_attempt(payment)
    payment.status = PaymentStatus.REFUND_DUE
    with transactions.write() as work:
        work.save(payment)
        begin_refund(payment, attempt, amount=paid_with(attempt), reason=RefundReason.NO_ORDER)
