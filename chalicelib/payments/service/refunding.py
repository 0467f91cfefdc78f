"""What happens to money that must go back? It is listed for staff and rings an alarm."""

from chalicelib.core import clock
from chalicelib.core.money import Money
from chalicelib.core.observability import count, logger
from chalicelib.core.storage import keys, transactions
from chalicelib.payments.models import Payment, PaymentAttempt, RefundDue
from chalicelib.payments.rules import RefundReason


def note_refund_due(
    payment: Payment, attempt: PaymentAttempt, *, reason: RefundReason, amount: Money | None = None
) -> None:
    """List money that must go back, as much as came unless told; joins the transaction that decides so."""
    due = RefundDue.at(
        keys.refund_due(attempt.tx_ref),
        tx_ref=attempt.tx_ref,
        payment_id=payment.payment_id,
        checkout_id=payment.checkout_id,
        owner=payment.owner,
        amount=amount or attempt.paid or attempt.amount,
        reason=reason,
        reference=attempt.reference,
        noticed_at=clock.as_text(clock.now()),
    )
    with transactions.write() as work:
        work.create(due)
    logger.error("refund due", tx_ref=attempt.tx_ref, reason=reason)
    count("RefundDue")
