"""Has the money come? The provider's own record decides, and whoever waits for it is told."""

from chalicelib.core import clock, schedules
from chalicelib.core.observability import logger
from chalicelib.core.settings import settings
from chalicelib.core.storage import keys, transactions
from chalicelib.core.workflows import executions
from chalicelib.payments import rules, store
from chalicelib.payments.chapa import provider
from chalicelib.payments.events import PaymentCaptured
from chalicelib.payments.models import Payment, PaymentAttempt, WaitingTask
from chalicelib.payments.provider import ProviderLeftAlone, Standing, Verified
from chalicelib.payments.rules import SETTLED, AttemptStatus, PaymentStatus, RefundProblem, RefundReason
from chalicelib.payments.service import refund_moves
from chalicelib.payments.service.attempts import end, keep_watching, put_off, settle
from chalicelib.payments.service.refunding import begin_refund, paid_with

_CHECKED_AT_ONCE = 50  # as read from the index
PAID, EXPIRED = "paid", "expired"
_CAPTURED = (PaymentStatus.CAPTURED, PaymentStatus.USED)


def verify(tx_ref: str) -> None:
    """Ask the provider about an attempt and store what it says. Safe to repeat; an unknown reference is ignored.

    An attempt that was given up is asked about too: its page may have taken money all the same.
    Stores the outcome first and reads the waiting token then; ``await_outcome`` does it the other way round,
    so whichever comes second wakes the execution. Only then does the attempt end: one that woke nobody stays watched.
    """
    attempt = store.find_attempt(tx_ref)
    if attempt is None:
        logger.warning("unknown payment reference", tx_ref=tx_ref)
        return
    payment = store.get_payment(attempt.payment_id)
    if attempt.status not in rules.PAID:
        _settle(payment, attempt, provider().verify(tx_ref))
    elif attempt.status == AttemptStatus.CAPTURED:
        _wake(payment)


def notice_money(payment: Payment, attempt: PaymentAttempt) -> None:
    """Ask the provider about an attempt between two looks; the time of the next one stays. Safe to repeat."""
    record = provider().verify(attempt.tx_ref)
    if record.standing is Standing.PAID:
        _settle(payment, attempt, record)


def await_outcome(payment_id: str, task_token: str) -> None:
    """Store who waits for the payment, then look whether it is over already."""
    kept_until = clock.epoch_seconds() + settings.checkout_kept_seconds
    with transactions.write() as work:
        work.replace(WaitingTask.at(keys.waiting_task(payment_id), task_token=task_token, expires_at=kept_until))
    payment = store.get_payment(payment_id)
    match PaymentStatus(payment.status):
        case (
            PaymentStatus.CAPTURED
            | PaymentStatus.AGREED
            | PaymentStatus.USED
            | PaymentStatus.TO_COLLECT
            | PaymentStatus.COLLECTED
        ):
            executions.resume(task_token, PAID)
        case PaymentStatus.CLOSED | PaymentStatus.REFUND_DUE:
            executions.resume(task_token, EXPIRED)
        case PaymentStatus.OPENING | PaymentStatus.OPEN:
            pass


def resume(payment_id: str, *, is_paid: bool) -> bool:
    """Wake whoever waits for a payment; ``False`` when nobody does (any more)."""
    task = store.find_waiting_task(payment_id)
    return task is not None and executions.resume(task.task_token, PAID if is_paid else EXPIRED)


def verify_due(context: object = None) -> dict[str, int]:
    """Verify attempts that have been silent for their time, so that a lost webhook only delays an order.

    While the provider is left alone nothing of this can be done, and all of it stays due.
    """
    return schedules.for_each(
        store.attempts_to_check(clock.now(), limit=_CHECKED_AT_ONCE),
        lambda attempt: verify(attempt.tx_ref),
        put_off=lambda each: put_off(each.tx_ref),
        due_at=lambda each: each.gsi2sk,
        job="verify_payments",
        context=context,
        stops_at=(ProviderLeftAlone,),
    )


def _settle(payment: Payment, attempt: PaymentAttempt, record: Verified) -> None:
    attempt.reference = record.reference or attempt.reference
    attempt.paid = rules.counted(
        record.amount, record.charge, asked=attempt.amount, has_charge=settings.chapa_amount_has_charge
    )
    if record.standing is not Standing.PAID:
        if attempt.status not in SETTLED:
            keep_watching(attempt, payment, record.standing)
    elif not _fits(attempt, record):
        _put_aside_mismatched(payment, attempt, record)
    elif payment.captured_tx_ref == attempt.tx_ref:
        _wake_and_end(payment, attempt)
    elif payment.captured_tx_ref is not None:
        settle(attempt, AttemptStatus.SURPLUS)
        begin_refund(payment, attempt, amount=paid_with(attempt), reason=RefundReason.PAID_TWICE)
    else:
        _capture(payment, attempt)


def _fits(attempt: PaymentAttempt, record: Verified) -> bool:
    return rules.fits(
        asked=attempt.amount,
        asked_ref=attempt.tx_ref,
        paid=attempt.paid,
        paid_ref=record.tx_ref,
        mode_matches=record.mode == settings.chapa_mode,
    )


def _capture(payment: Payment, attempt: PaymentAttempt) -> None:
    """Make this attempt the one that paid; the payment's version lets only one win.

    The payment is the truth. An attempt whose execution has not heard of it is still watched, and ends once it has.
    """
    rules.demand_move(payment.status, PaymentStatus.CAPTURED)
    payment.status, payment.captured_tx_ref = PaymentStatus.CAPTURED, attempt.tx_ref
    payment.excess = rules.excess(asked=payment.amount, paid=attempt.paid)
    captured = PaymentCaptured(payment.payment_id, payment.checkout_id, payment.owner, attempt.tx_ref)
    with transactions.write() as work:
        work.save(payment, event=captured)
    _wake_and_end(payment, attempt)


def _put_aside_mismatched(payment: Payment, attempt: PaymentAttempt, record: Verified) -> None:
    """Send back what is not what was asked for; but on a record that is not of this payment, people decide.

    Its page is spent. If it is the one that the shopper was shown, the purchase is over, and whoever waits hears so
    before the attempt ends: until then it is looked at again.
    """
    if attempt.tx_ref == payment.page_tx_ref:
        _give_up(payment)
    is_its_own = record.amount is not None and record.tx_ref == attempt.tx_ref and record.mode == settings.chapa_mode
    settle(attempt, AttemptStatus.MISMATCHED)
    refund = begin_refund(
        payment,
        attempt,
        amount=paid_with(attempt),
        reason=RefundReason.NOT_AS_ASKED,
        problem=None if is_its_own else RefundProblem.RECORD_UNCLEAR,
    )
    if refund.problem is not None:
        refund_moves.ring(refund)


def _give_up(payment: Payment) -> None:
    if payment.status == PaymentStatus.OPEN:
        rules.demand_move(payment.status, PaymentStatus.CLOSED)
        payment.status = PaymentStatus.CLOSED
        with transactions.write() as work:
            work.save(payment)
    if payment.status == PaymentStatus.CLOSED and resume(payment.payment_id, is_paid=False):
        logger.info("the page is spent on the wrong money", payment=payment.payment_id)


def _wake_and_end(payment: Payment, attempt: PaymentAttempt) -> None:
    _wake(payment)
    end(attempt, AttemptStatus.CAPTURED)


def _wake(payment: Payment) -> None:
    if payment.status in _CAPTURED and resume(payment.payment_id, is_paid=True):
        logger.info("execution resumed", payment=payment.payment_id)
