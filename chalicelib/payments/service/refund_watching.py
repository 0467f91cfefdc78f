"""Who sees to it that no refund is forgotten? Its machine, the provider's hints, and a look on a schedule."""

from datetime import timedelta
from decimal import Decimal, InvalidOperation

from chalicelib.core import clock, schedules
from chalicelib.core.money import Money
from chalicelib.core.observability import logger
from chalicelib.core.settings import settings
from chalicelib.core.workflows import executions
from chalicelib.core.workflows.executions import Status
from chalicelib.payments import store
from chalicelib.payments.chapa import provider
from chalicelib.payments.events import RefundHinted
from chalicelib.payments.models import Refund
from chalicelib.payments.provider import ProviderMisconfigured, ProviderUnavailable, RefundStanding
from chalicelib.payments.rules import UNSETTLED_REFUNDS, RefundProblem, RefundProof, RefundStatus, refund_asked_as
from chalicelib.payments.service import refund_moves
from chalicelib.payments.service.refund_asking import RefundRef, close_refund, may_have_been_asked
from chalicelib.payments.service.verifying import verify

_SWEPT_AT_ONCE = 50


def start_refund(refund_id: str) -> None:
    """Start the execution of a refund that is to be asked for, once however often it is told."""
    refund = store.find_refund(refund_id)
    if refund is not None and refund.status == RefundStatus.REQUESTED:
        executions.start(
            settings.refund_machine_arn, _execution(refund), {"refund_id": refund_id, "attempt": refund.attempt}
        )


def take_hint(hint: RefundHinted) -> None:
    """Take notice of what the provider genuinely said of a refund; about anything else of the payment, verify it."""
    refund = _meant_by(hint)
    if refund is None:
        verify(hint.tx_ref)
    elif hint.standing == RefundStanding.DONE and refund.status != RefundStatus.DONE:
        _note_success(refund, _number_in(hint))
    elif hint.standing == RefundStanding.FAILED and refund.status != RefundStatus.DONE:
        _note_failure(refund, _number_in(hint))
    # Also when it was settled by a hint before, since whoever stored that may have died before it woke anybody.
    if refund is not None and refund.status not in UNSETTLED_REFUNDS:
        refund_moves.wake(refund)


def sweep_refunds(context: object = None) -> dict[str, int]:
    """Look after every refund whose time has come; what fails is looked after again a little later."""
    return schedules.for_each(
        store.refunds_to_look_after(clock.now(), limit=_SWEPT_AT_ONCE),
        lambda entry: look_after_refund(entry.refund_id),
        put_off=lambda entry: _put_off(entry.refund_id),
        due_at=lambda each: each.gsi2sk,
        job="sweep_refunds",
        context=context,
    )


def look_after_refund(refund_id: str) -> None:
    """Move one refund on: start what was never started, leave what died to people, ask how far the rest is."""
    refund = store.find_refund(refund_id)
    if refund is None:
        return
    if refund.status == RefundStatus.REQUESTED:
        _see_to_its_execution(refund)
    elif refund.status == RefundStatus.ASKED:
        _see_to_its_end(refund)


def _see_to_its_execution(refund: Refund) -> None:
    arn = executions.execution_arn(settings.refund_machine_arn, _execution(refund))
    status = executions.look_up(arn)
    if status is not None and status is not Status.RUNNING:
        close_refund(RefundRef(refund.refund_id, refund.attempt))
        return
    if status is None:
        start_refund(refund.refund_id)
    _put_off(refund.refund_id)


def _see_to_its_end(refund: Refund) -> None:
    if _is_back(refund):
        refund_moves.complete(refund, confirmed_by=RefundProof.RECORD)
    elif _is_overdue(refund):
        refund_moves.call_for_help(refund, RefundProblem.NOT_CONFIRMED)
    else:
        refund_moves.save(refund, after_seconds=settings.refund_check_seconds)
        return
    refund_moves.wake(refund)


def _is_back(refund: Refund) -> bool:
    """Tell whether the provider says so. One that says nothing counts as a failed look, but puts off no deadline."""
    try:
        return provider().verify(refund.tx_ref).is_refunded
    except (ProviderUnavailable, ProviderMisconfigured):
        if not _is_overdue(refund):
            raise
        return False


def _is_overdue(refund: Refund) -> bool:
    return clock.now() >= clock.from_text(str(refund.asked_at)) + timedelta(seconds=settings.refund_within_seconds)


def _put_off(refund_id: str) -> None:
    refund = store.find_refund(refund_id)
    if refund is not None and refund.status in UNSETTLED_REFUNDS:
        is_asked = refund.status == RefundStatus.ASKED
        pause = settings.refund_check_seconds if is_asked else settings.start_within_seconds
        refund_moves.save(refund, after_seconds=pause)


def _note_success(refund: Refund, number: int | None) -> None:
    is_asked_again = number is not None and number < refund.reference_number and refund.asking_at is not None
    refund_moves.complete(refund, confirmed_by=RefundProof.NEWS)
    if is_asked_again:
        refund_moves.ring_for_two(refund)


def _note_failure(refund: Refund, number: int | None) -> None:
    """Leave to people what came to nothing, and let it be asked for anew only if that is said of the last reference."""
    if number not in (None, refund.reference_number):
        logger.info("news of a reference that is given up", refund=refund.refund_id, number=number)
    elif number is None and refund.reference_number > 1:
        if refund.status in UNSETTLED_REFUNDS:
            refund_moves.call_for_help(refund, RefundProblem.NOT_CONFIRMED)
    elif refund.problem != RefundProblem.FAILED and (may_have_been_asked(refund) or refund.problem is None):
        refund_moves.call_for_help(refund, RefundProblem.FAILED)


def _number_in(hint: RefundHinted) -> int | None:
    return refund_asked_as(hint.refund_id)[1] if hint.refund_id else None


def _meant_by(hint: RefundHinted) -> Refund | None:
    """Return the refund whose id was named, else the only one of that payment and amount that is not back yet."""
    if hint.refund_id:
        named = store.find_refund(refund_asked_as(hint.refund_id)[0])
        return named if named is not None and hint.tx_ref in ("", named.tx_ref) else None
    attempt = store.find_attempt(hint.tx_ref)
    not_back = [each for each in store.refunds_of(attempt) if each.status != RefundStatus.DONE] if attempt else []
    meant = [each for each in not_back if _is_amount(each.amount, hint.amount)]
    if len(meant) != 1:
        logger.warning("a refund that nobody names", tx_ref=hint.tx_ref, amount=hint.amount)
        return None
    return meant[0]


def _is_amount(amount: Money, said: str) -> bool:
    try:
        return Decimal(said) == amount.as_decimal()
    except InvalidOperation:
        return False


def _execution(refund: Refund) -> str:
    return f"{refund.refund_id}-{refund.attempt}"
