"""How does a refund move? Each move is stored with its entry in the lists, and whoever waits for it is told."""

from chalicelib.core import clock
from chalicelib.core.events.event import Event
from chalicelib.core.observability import count, logger
from chalicelib.core.settings import settings
from chalicelib.core.storage import refund_keys, transactions
from chalicelib.core.storage.key import rank
from chalicelib.core.workflows import executions
from chalicelib.payments import rules, store
from chalicelib.payments.events import RefundAsked, RefundCompleted, RefundRequested
from chalicelib.payments.models import Refund, RefundEntry
from chalicelib.payments.rules import UNSETTLED_REFUNDS, RefundProblem, RefundProof, RefundStatus

_DETAIL_LIMIT = 500


def begin(refund: Refund) -> None:
    """Write a new refund, to be asked for unless it has a problem; joins the open transaction."""
    if refund.problem is not None:
        refund.status = RefundStatus.NEEDS_ATTENTION
    announced = RefundRequested(*_facts(refund)) if refund.status == RefundStatus.REQUESTED else None
    with transactions.write() as work:
        work.create(refund, event=announced)
        work.replace(_entry(refund, after_seconds=settings.start_within_seconds))


def request_again(refund: Refund) -> None:
    """Let a refund be asked for by another execution.

    The provider takes a reference once. So there is another for what it said came to nothing, and only for that: under
    the same one it cannot pay twice what it may still have.
    """
    _move(refund, RefundStatus.REQUESTED)
    if refund.problem == RefundProblem.FAILED:
        refund.reference_number += 1
    refund.attempt += 1
    refund.asking_at = refund.asked_at = refund.problem = refund.detail = None
    save(refund, after_seconds=settings.start_within_seconds, event=RefundRequested(*_facts(refund)))


def asked(refund: Refund) -> None:
    """Store that the provider took it on."""
    _move(refund, RefundStatus.ASKED)
    refund.asked_at = clock.as_text(clock.now())
    save(refund, after_seconds=settings.refund_check_seconds, event=RefundAsked(*_facts(refund)))


def complete(refund: Refund, *, confirmed_by: RefundProof | None) -> None:
    """Store that the money is back, and how the provider told so, or that a person did."""
    _move(refund, RefundStatus.DONE)
    refund.confirmed_by = confirmed_by
    refund.done_at = clock.as_text(clock.now())
    refund.problem = refund.detail = None
    save(refund, event=RefundCompleted(*_facts(refund)))


def call_for_help(refund: Refund, problem: RefundProblem, detail: str = "") -> None:
    """Leave a refund to people, or tell those who have it what is known now, and ring."""
    if refund.status != RefundStatus.NEEDS_ATTENTION:
        _move(refund, RefundStatus.NEEDS_ATTENTION)
    refund.problem, refund.detail = problem, detail[:_DETAIL_LIMIT] or None
    save(refund)
    ring(refund)


def ring(refund: Refund) -> None:
    """Tell people that a refund waits for them; once that is stored, since what is not stored nobody finds."""
    logger.error("refund needs attention", refund=refund.refund_id, problem=refund.problem, detail=refund.detail)
    count("RefundNeedsAttention")


def ring_for_two(refund: Refund) -> None:
    """Tell people that the provider paid what it had said came to nothing, after it was asked once more."""
    logger.error("money may go back twice", refund=refund.refund_id, reference_number=refund.reference_number)
    count("RefundNeedsAttention")


def save(refund: Refund, *, after_seconds: float = 0, event: Event | None = None) -> None:
    """Store a refund with its entry; one that is under way is looked after in so many seconds."""
    with transactions.write() as work:
        work.save(refund, event=event)
        work.replace(_entry(refund, after_seconds=after_seconds))


def wake(refund: Refund) -> None:
    """Tell whoever waits how it stands. ``await_refund`` stores its token first and looks then."""
    task = store.find_refund_task(refund.refund_id)
    if task is not None and executions.resume(task.task_token, refund.status):
        logger.info("execution resumed", refund=refund.refund_id)


def _move(refund: Refund, to: RefundStatus) -> None:
    rules.demand_refund_move(refund.status, to)
    refund.status = to


def _entry(refund: Refund, *, after_seconds: float) -> RefundEntry:
    is_unsettled = refund.status in UNSETTLED_REFUNDS
    return RefundEntry.at(
        refund_keys.refund_entry(refund.refund_id),
        refund_id=refund.refund_id,
        status=refund.status,
        gsi1pk=refund_keys.refunds_in(refund.status),
        gsi1sk=rank(refund.requested_at, refund.refund_id),
        gsi2pk=refund_keys.REFUNDS_UNSETTLED if is_unsettled else None,
        gsi2sk=clock.as_text(clock.after(after_seconds)) if is_unsettled else None,
    )


def _facts(refund: Refund) -> tuple[str, str, str, str]:
    return refund.refund_id, refund.payment_id, refund.checkout_id, refund.owner
