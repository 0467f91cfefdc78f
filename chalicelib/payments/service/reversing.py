"""What if the provider takes back what it had paid? It is noted as money that went back, and people decide."""

from chalicelib.core import clock
from chalicelib.core.observability import count, logger
from chalicelib.core.storage import transactions
from chalicelib.payments import rules, store
from chalicelib.payments.chapa import provider
from chalicelib.payments.events import PaymentHinted
from chalicelib.payments.models import Payment, PaymentAttempt
from chalicelib.payments.rules import PAID, PaymentStatus, RefundProblem, RefundReason
from chalicelib.payments.service import refund_moves
from chalicelib.payments.service.closing import captured_attempt
from chalicelib.payments.service.refunding import begin_refund, left_of
from chalicelib.payments.service.verifying import resume, verify

REVERSED = "reversed"


def take_news(hint: PaymentHinted) -> None:
    """Ask the provider what became of a payment, also of one that is captured, if it says that it took it back."""
    attempt = store.find_attempt(hint.tx_ref) if hint.news == REVERSED else None
    payment = store.get_payment(attempt.payment_id) if attempt is not None else None
    if attempt is not None and payment is not None:
        # The attempt itself may not have come to hear that it was captured.
        attempt = captured_attempt(payment) if payment.captured_tx_ref == hint.tx_ref else attempt
        if attempt.status in PAID:
            return _look_for_reversal(payment, attempt)
    return verify(hint.tx_ref)


def _look_for_reversal(payment: Payment, attempt: PaymentAttempt) -> None:
    if attempt.reversed_at is not None or not provider().verify(attempt.tx_ref).is_reversed:
        return
    if left_of(attempt).minor == 0:
        logger.error("money was taken back that goes back already", tx_ref=attempt.tx_ref, refunds=attempt.refund_ids)
        count("RefundNeedsAttention")
        return
    _note(payment, attempt)


def _note(payment: Payment, attempt: PaymentAttempt) -> None:
    """List what is gone for people. An order that is not placed yet never is."""
    is_unused = payment.status == PaymentStatus.CAPTURED and payment.captured_tx_ref == attempt.tx_ref
    attempt.reversed_at = clock.as_text(clock.now())
    with transactions.write() as work:
        if is_unused:
            rules.demand_move(payment.status, PaymentStatus.REFUND_DUE)
            payment.status = PaymentStatus.REFUND_DUE
            work.save(payment)
        refund = begin_refund(
            payment, attempt, amount=left_of(attempt), reason=RefundReason.REVERSED, problem=RefundProblem.REVERSED
        )
    refund_moves.ring(refund)
    if is_unused:
        resume(payment.payment_id, is_paid=False)
