"""Does all money that must go back go back: once, no more than came, asked for before it is done, and watched?"""

from collections import defaultdict

from chalicelib.core.money import Money
from chalicelib.core.storage import refund_keys
from chalicelib.payments.models import Payment, PaymentAttempt, Refund, RefundEntry
from chalicelib.payments.rules import (
    ORDERED,
    UNSETTLED_REFUNDS,
    AttemptStatus,
    PaymentStatus,
    RefundReason,
    RefundStatus,
)
from chalicelib.payments.service import refund_id_for
from infra.books.invariants.stuck import watched
from infra.books.ledger import Books, Troubles, amount_of

_PUT_ASIDE: dict[str, RefundReason] = {
    AttemptStatus.MISMATCHED: RefundReason.NOT_AS_ASKED,
    AttemptStatus.SURPLUS: RefundReason.PAID_TWICE,
}
_Owed = tuple[str, Money]


def owed_money_has_a_refund(books: Books) -> Troubles:
    """Money that became no order goes back once, for its own reason, as much as came; and nothing else does."""
    owed = _owed(books)
    refunds = {refund.refund_id: refund for refund in books.all(Refund)}
    for refund_id, due in owed.items():
        if refund_id not in refunds:
            yield refund_keys.refund(refund_id), f"{_told(due)} is owed and does not go back"
    for refund_id, refund in refunds.items():
        told = refund.payment_id, refund.amount
        if refund_id not in owed:
            yield refund.key, f"{_told(told)} goes back, but is not owed"
        elif told != owed[refund_id]:
            yield refund.key, f"{_told(told)} goes back, owed is {_told(owed[refund_id])}"


def refunds_never_exceed_what_was_paid(books: Books) -> Troubles:
    """An attempt lists all of its refunds, and they and what is left of it are what it brought."""
    refunds: dict[str, list[Refund]] = defaultdict(list)
    for refund in books.all(Refund):
        refunds[refund.tx_ref].append(refund)
    for attempt in books.all(PaymentAttempt):
        own, paid = refunds[attempt.tx_ref], attempt.paid or attempt.amount
        back = sum(refund.amount.minor for refund in own)
        left = paid.minor if attempt.refundable_minor is None else attempt.refundable_minor
        if left < 0 or back + left != paid.minor or {each.amount.currency for each in own} - {paid.currency}:
            yield attempt.key, f"brought {amount_of(paid)}, {back} goes back, and {left} is left"
        if sorted(attempt.refund_ids) != sorted(refund.refund_id for refund in own):
            yield attempt.key, f"lists the refunds {attempt.refund_ids}, but has {len(own)}"


def refunds_were_asked_for(books: Books) -> Troubles:
    """What is done or under way was asked of the provider; or, if done, it or a person says that it was paid.

    Whether an execution before the present one has asked is not kept; it may have.
    """
    for refund in books.all(Refund):
        was_asked = refund.asking_at is not None
        if refund.status == RefundStatus.ASKED and not was_asked:
            yield refund.key, "asked, but nobody asked"
        is_said = refund.closed_by is not None or refund.confirmed_by is not None
        may_have_been_asked = was_asked or refund.attempt > 1
        if refund.status == RefundStatus.DONE and not may_have_been_asked and not is_said:
            yield refund.key, "done, but nobody asked, and neither the provider nor a person says that it was paid"


def refunds_are_watched(books: Books) -> Troubles:
    """Every refund stands in the list of its state, and those that somebody of ours must move are looked after."""
    for refund in books.all(Refund):
        entry = books.find(RefundEntry, refund_keys.refund_entry(refund.refund_id))
        if entry is None or (entry.status, entry.gsi1pk) != (refund.status, refund_keys.refunds_in(refund.status)):
            yield refund.key, f"{refund.status}, listed as {entry.status if entry else 'nothing'}"
        else:
            is_open = refund.status in UNSETTLED_REFUNDS
            yield from watched(books, entry, refund.status, due_at=entry.gsi2sk, is_open=is_open)


def _owed(books: Books) -> dict[str, _Owed]:
    """Return payment and amount of all money that bought nothing, by the id of its refund."""
    owed: dict[str, _Owed] = {}
    attempts = {attempt.tx_ref: attempt for attempt in books.all(PaymentAttempt)}
    for payment in books.all(Payment):
        captured = attempts.get(payment.captured_tx_ref or "")
        if captured is None:
            continue
        came, is_reversed = captured.paid or captured.amount, captured.reversed_at is not None
        if payment.status == PaymentStatus.REFUND_DUE:
            reason = RefundReason.REVERSED if is_reversed else RefundReason.NO_ORDER
            owed[refund_id_for(captured.tx_ref, reason)] = payment.payment_id, came
        elif payment.status in ORDERED:
            if payment.excess is not None:
                owed[refund_id_for(captured.tx_ref, RefundReason.PAID_TOO_MUCH)] = payment.payment_id, payment.excess
                came -= payment.excess
            if is_reversed:
                owed[refund_id_for(captured.tx_ref, RefundReason.REVERSED)] = payment.payment_id, came
    for attempt in attempts.values():
        put_aside = _PUT_ASIDE.get(attempt.status)
        if put_aside is not None:
            owed[refund_id_for(attempt.tx_ref, put_aside)] = attempt.payment_id, attempt.paid or attempt.amount
    return owed


def _told(due: _Owed) -> str:
    return f"{amount_of(due[1])} of {due[0]}"
