"""How is the provider asked to pay money back, although its answer may be lost? At most once, until a person says so.

The provider has no key against repetition and may pay for days. So that it is about to be asked is stored first;
whoever finds that afterwards, and no outcome, looks what the provider says of the payment, and does not ask again.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import partial

from chalicelib.core import clock
from chalicelib.core.settings import settings
from chalicelib.core.storage import refund_keys, transactions
from chalicelib.core.workflows import executions
from chalicelib.payments.chapa import provider
from chalicelib.payments.models import Refund, RefundTask
from chalicelib.payments.provider import (
    ProviderMisconfigured,
    ProviderUnreached,
    RefundRequest,
    RefusedRefund,
    TakenRefund,
)
from chalicelib.payments.rules import UNSETTLED_REFUNDS, RefundProblem, RefundProof, RefundStatus, asked_as
from chalicelib.payments.service import refund_moves
from chalicelib.payments.service.refunding import get_refund


@dataclass(frozen=True)
class RefundRef:
    """All that a step is given: the refund, which execution of it this is, and the token when it has to wait."""

    refund_id: str
    attempt: int
    task_token: str = ""


class RefundOutcome(StrEnum):
    """What the machine branches on: how far the refund is, or that another execution has taken over."""

    REQUESTED = "requested"
    ASKED = "asked"
    DONE = "done"
    NEEDS_ATTENTION = "needs_attention"
    SUPERSEDED = "superseded"


def ask_refund(ref: RefundRef) -> RefundOutcome:
    """Ask the provider for a refund, unless that was done, or may have been.

    Raises ``ProviderUnavailable`` and ``ProviderMisconfigured``.
    """
    refund = get_refund(ref.refund_id)
    if refund.attempt == ref.attempt and refund.status == RefundStatus.REQUESTED:
        if may_have_been_asked(refund) and provider().verify(refund.tx_ref).is_refunded:
            refund_moves.complete(refund, confirmed_by=RefundProof.RECORD)
        elif refund.asking_at is not None:
            refund_moves.call_for_help(refund, RefundProblem.ANSWER_LOST)
        else:
            refund = _asked(refund)
    return _outcome(refund, ref)


def await_refund(ref: RefundRef) -> RefundOutcome:
    """Store who waits for a refund, then look whether nothing is to be waited for."""
    key, kept_until = refund_keys.refund_task(ref.refund_id), clock.epoch_seconds() + settings.checkout_kept_seconds
    with transactions.write() as work:
        work.replace(RefundTask.at(key, task_token=ref.task_token, expires_at=kept_until))
    outcome = _outcome(get_refund(ref.refund_id), ref)
    if outcome is not RefundOutcome.ASKED:
        executions.resume(ref.task_token, outcome)
    return outcome


def close_refund(ref: RefundRef) -> RefundOutcome:
    """End an execution: what was never asked is left to people, and never asked after that. Safe before any step.

    What the provider has taken on stays as it is; the schedule looks after it.
    """
    refund = get_refund(ref.refund_id)
    if refund.attempt == ref.attempt and refund.status == RefundStatus.REQUESTED:
        is_lost = refund.asking_at is not None
        refund_moves.call_for_help(refund, RefundProblem.ANSWER_LOST if is_lost else RefundProblem.NOT_ASKED)
    return _outcome(refund, ref)


def may_have_been_asked(refund: Refund) -> bool:
    """Tell whether the provider may know of a refund, from this execution or one before."""
    return refund.asking_at is not None or refund.attempt > 1


def _asked(refund: Refund) -> Refund:
    refund.asking_at = clock.as_text(clock.now())
    refund_moves.save(refund, after_seconds=settings.start_within_seconds)
    request = RefundRequest(
        asked_as(refund.refund_id, refund.reference_number),
        refund.tx_ref,
        refund.reference,
        amount=refund.amount,
        reason=_in_words(refund.reason),
    )
    try:
        answer = provider().ask_refund(request)
    except (ProviderUnreached, ProviderMisconfigured):
        _noted(refund, _note_unasked)
        raise
    return _noted(refund, partial(_note_answer, answer=answer))


def _noted(refund: Refund, note: Callable[[Refund], None]) -> Refund:
    """Store what came of asking, also when others saved the refund meanwhile: asking again is no way to learn it."""

    def noted() -> Refund:
        now = get_refund(refund.refund_id)
        if now.status == RefundStatus.REQUESTED and now.attempt == refund.attempt:
            note(now)
        return now

    return transactions.settled(noted)


def _note_unasked(refund: Refund) -> None:
    refund.asking_at = None
    refund_moves.save(refund, after_seconds=settings.start_within_seconds)


def _note_answer(refund: Refund, answer: TakenRefund | RefusedRefund) -> None:
    if isinstance(answer, RefusedRefund):
        refund_moves.call_for_help(refund, RefundProblem.REFUSED, answer.reason)
    else:
        refund_moves.asked(refund)


def _in_words(reason: str) -> str:
    return reason.replace("_", " ")


def _outcome(refund: Refund, ref: RefundRef) -> RefundOutcome:
    is_superseded = refund.attempt != ref.attempt and refund.status in UNSETTLED_REFUNDS
    return RefundOutcome.SUPERSEDED if is_superseded else RefundOutcome(refund.status)
