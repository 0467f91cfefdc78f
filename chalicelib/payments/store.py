"""How are payments found?"""

from datetime import datetime

from chalicelib.core import clock
from chalicelib.core.storage import keys
from chalicelib.core.storage.key import Key
from chalicelib.core.storage.table import Slice, find, find_many, index_page, index_slice, page
from chalicelib.payments.errors import PaymentNotFound
from chalicelib.payments.models import Payment, PaymentAttempt, RefundDue, WaitingTask


def get_payment(payment_id: str) -> Payment:
    """Return a payment as it is now."""
    payment = find(Payment, keys.payment(payment_id))
    if payment is None:
        raise PaymentNotFound()
    return payment


def find_attempt(tx_ref: str) -> PaymentAttempt | None:
    """Return the attempt with this reference as it is now."""
    return find(PaymentAttempt, keys.payment_attempt(tx_ref))


def attempts_of(payment: Payment) -> list[PaymentAttempt]:
    """Return every attempt of a payment, oldest first."""
    found = find_many(keys.payment_attempt(tx_ref) for tx_ref in payment.tx_refs)
    attempts = [item for item in found if isinstance(item, PaymentAttempt)]
    return sorted(attempts, key=lambda attempt: payment.tx_refs.index(attempt.tx_ref))


def attempts_to_check(now: datetime, limit: int) -> list[PaymentAttempt]:
    """Return unsettled attempts whose time to be verified has come, the longest waiting first."""
    return index_page(PaymentAttempt, "gsi2", keys.ATTEMPTS_UNSETTLED, until=clock.as_text(now), limit=limit)


def payments_to_collect(after: str | None, limit: int) -> Slice[Payment]:
    """Return payments whose money comes on delivery, the oldest order first."""
    return index_slice(Payment, "gsi1", keys.PAYMENTS_TO_COLLECT, after=after, row_of=_row_of_rank, limit=limit)


def find_waiting_task(payment_id: str) -> WaitingTask | None:
    """Return the task that waits for this payment, if one does."""
    return find(WaitingTask, keys.waiting_task(payment_id))


def refunds_due(after: str | None, limit: int) -> Slice[RefundDue]:
    """Return captured payments that became no order, oldest reference first."""
    return page(RefundDue, keys.REFUNDS_DUE, after=after, limit=limit)


def _row_of_rank(rank: str) -> Key:
    return keys.payment(rank.partition("#")[2])
