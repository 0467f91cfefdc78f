"""What happens to money that must go back? It becomes a refund, once per reference and reason; staff see them all."""

from collections.abc import Sequence

from chalicelib.core import audit, clock, ids
from chalicelib.core.money import Money
from chalicelib.core.storage import refund_keys, transactions
from chalicelib.core.storage.table import Slice
from chalicelib.payments import store
from chalicelib.payments.errors import RefundNeedsNobody, RefundNotFound, RefundNotRetryable, RefundTooLarge
from chalicelib.payments.models import Payment, PaymentAttempt, Refund
from chalicelib.payments.rules import RefundProblem, RefundReason, RefundStatus
from chalicelib.payments.service import refund_moves

_PREFIX = "rfd"


def refund_id_for(tx_ref: str, reason: RefundReason) -> str:
    """Return the id of the one refund that a reference can have for a reason. The provider knows it by that, too."""
    return f"{ids.sibling(tx_ref, _PREFIX)}-{reason}"


def paid_with(attempt: PaymentAttempt) -> Money:
    """Return what came with an attempt, as far as the provider's record could be read."""
    return attempt.paid or attempt.amount


def left_of(attempt: PaymentAttempt) -> Money:
    """Return what came with an attempt and neither went back nor is to."""
    paid = paid_with(attempt)
    return paid if attempt.refundable_minor is None else Money(attempt.refundable_minor, paid.currency)


def begin_refund(
    payment: Payment,
    attempt: PaymentAttempt,
    *,
    amount: Money,
    reason: RefundReason,
    problem: RefundProblem | None = None,
) -> Refund:
    """Send money of an attempt back, and save the attempt; joins the transaction that decides so.

    With a ``problem`` it is left to people from the beginning. Raises ``RefundTooLarge`` when the refunds of an
    attempt would be more than it brought.
    """
    _take_from(attempt, amount)
    refund_id = refund_id_for(attempt.tx_ref, reason)
    attempt.refund_ids = [*attempt.refund_ids, refund_id]
    refund = Refund.at(
        refund_keys.refund(refund_id),
        refund_id=refund_id,
        tx_ref=attempt.tx_ref,
        payment_id=payment.payment_id,
        checkout_id=payment.checkout_id,
        owner=payment.owner,
        amount=amount,
        reason=reason,
        reference=attempt.reference,
        requested_at=clock.as_text(clock.now()),
        problem=problem,
    )
    with transactions.write() as work:
        work.save(attempt)
        refund_moves.begin(refund)
    return refund


def get_refund(refund_id: str) -> Refund:
    """Return a refund as it is now. Raises ``RefundNotFound``."""
    refund = store.find_refund(refund_id)
    if refund is None:
        raise RefundNotFound()
    return refund


def refunds_named(refund_ids: Sequence[str]) -> list[Refund]:
    """Return refunds as they are now: 1 BatchGetItem, or no call for none."""
    return store.refunds_named(refund_ids)


def refunds_in(status: RefundStatus, *, after: str | None, limit: int) -> Slice[Refund]:
    """Return a page of the refunds in a state, newest first."""
    return store.refunds_in(status, after=after, limit=limit)


def retry_refund(refund_id: str) -> Refund:
    """Let the provider be asked once more, since a person has found that it is right.

    Raises ``RefundNotFound``, ``RefundNeedsNobody`` and ``RefundNotRetryable``.
    """
    refund = _left_to_people(refund_id)
    if refund.problem == RefundProblem.REVERSED:
        raise RefundNotRetryable(problem=refund.problem)
    audit.changed({"status": refund.status, "problem": refund.problem}, {"status": RefundStatus.REQUESTED})
    refund_moves.request_again(refund)
    return refund


def close_refund_by_hand(refund_id: str, *, note: str, by: str) -> Refund:
    """Note that a person has paid the money back, outside the shop.

    Raises ``RefundNotFound`` and ``RefundNeedsNobody``.
    """
    refund = _left_to_people(refund_id)
    audit.changed(
        {"status": refund.status, "problem": refund.problem},
        {"status": RefundStatus.DONE, "amount": refund.amount.as_wire(), "note": note},
    )
    refund.note, refund.closed_by = note, by
    refund_moves.complete(refund, confirmed_by=None)
    return refund


def _left_to_people(refund_id: str) -> Refund:
    refund = get_refund(refund_id)
    if refund.status != RefundStatus.NEEDS_ATTENTION:
        raise RefundNeedsNobody(refund_status=refund.status)
    return refund


def _take_from(attempt: PaymentAttempt, amount: Money) -> None:
    left = left_of(attempt)
    if amount.currency != left.currency or amount.minor > left.minor:
        raise RefundTooLarge(left=left.as_wire())
    attempt.refundable_minor = left.minor - amount.minor
