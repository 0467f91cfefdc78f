"""How are payments found?"""

from collections.abc import Iterator, Sequence
from datetime import datetime

from chalicelib.core import clock
from chalicelib.core.storage import keys, refund_keys
from chalicelib.core.storage.key import Key, id_of_rank
from chalicelib.core.storage.table import Slice, find, find_many, index_slice, index_until
from chalicelib.payments.errors import PaymentNotFound
from chalicelib.payments.models import Payment, PaymentAttempt, Refund, RefundEntry, RefundTask, WaitingTask
from chalicelib.payments.rules import RefundStatus


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


def attempts_to_check(now: datetime, limit: int) -> Iterator[PaymentAttempt]:
    """Return unsettled attempts whose time to be verified has come, the longest waiting first."""
    return index_until(PaymentAttempt, "gsi2", keys.ATTEMPTS_UNSETTLED, until=clock.as_text(now), page=limit)


def payments_to_collect(after: str | None, limit: int) -> Slice[Payment]:
    """Return payments whose money comes on delivery, the oldest order first."""
    return index_slice(Payment, "gsi1", keys.PAYMENTS_TO_COLLECT, after=after, row_of=_row_of_rank, limit=limit)


def find_waiting_task(payment_id: str) -> WaitingTask | None:
    """Return the task that waits for this payment, if one does."""
    return find(WaitingTask, keys.waiting_task(payment_id))


def find_refund(refund_id: str) -> Refund | None:
    """Return a refund as it is now, if there is one."""
    return find(Refund, refund_keys.refund(refund_id))


def refunds_of(attempt: PaymentAttempt) -> list[Refund]:
    """Return every refund of what an attempt brought, oldest first."""
    return refunds_named(attempt.refund_ids)


def refunds_named(refund_ids: Sequence[str]) -> list[Refund]:
    """Return refunds in the order in which they are named."""
    items = find_many(map(refund_keys.refund, refund_ids)) if refund_ids else []
    found = {item.refund_id: item for item in items if isinstance(item, Refund)}
    return [found[refund_id] for refund_id in refund_ids if refund_id in found]


def refunds_in(status: RefundStatus, *, after: str | None, limit: int) -> Slice[Refund]:
    """Return a page of the refunds in a state, newest first."""
    listed = index_slice(
        RefundEntry,
        "gsi1",
        refund_keys.refunds_in(status),
        after=after,
        row_of=refund_keys.entry_of_rank,
        limit=limit,
        newest_first=True,
    )
    return Slice(refunds_named([entry.refund_id for entry in listed.items]), listed.next_after)


def refunds_to_look_after(now: datetime, limit: int) -> Iterator[RefundEntry]:
    """Return refunds that need a look by now, the longest waiting first."""
    return index_until(RefundEntry, "gsi2", refund_keys.REFUNDS_UNSETTLED, until=clock.as_text(now), page=limit)


def find_refund_task(refund_id: str) -> RefundTask | None:
    """Return the task that waits for this refund, if one does."""
    return find(RefundTask, refund_keys.refund_task(refund_id))


def _row_of_rank(rank: str) -> Key:
    return keys.payment(id_of_rank(rank))
