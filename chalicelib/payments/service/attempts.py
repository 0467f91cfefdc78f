"""How does an attempt move, and when is it looked at again?"""

from datetime import datetime, timedelta

from chalicelib.core import clock
from chalicelib.core.observability import count, logger
from chalicelib.core.settings import settings
from chalicelib.core.storage import keys, transactions
from chalicelib.payments import rules, store
from chalicelib.payments.models import Payment, PaymentAttempt
from chalicelib.payments.provider import Standing
from chalicelib.payments.rules import AttemptStatus, PaymentStatus


def end(attempt: PaymentAttempt, status: AttemptStatus) -> None:
    """Store an attempt's last state; nobody verifies it again. Joins the open transaction."""
    settle(attempt, status)
    with transactions.write() as work:
        work.save(attempt)


def settle(attempt: PaymentAttempt, status: AttemptStatus) -> None:
    """Give an attempt its last state, unless it has that; the caller stores it."""
    if attempt.status != status:
        rules.demand_attempt_move(attempt.status, status)
    attempt.status = status
    attempt.gsi2pk = attempt.gsi2sk = None


def schedule_check(attempt: PaymentAttempt, *, after_seconds: float) -> None:
    """Put an attempt among those to verify then; the caller stores it."""
    attempt.gsi2pk = keys.ATTEMPTS_UNSETTLED
    attempt.gsi2sk = clock.as_text(clock.after(after_seconds))


def put_off(tx_ref: str) -> None:
    """Verify an attempt later, and later each time, since now it could not be done; at last it is given up.

    That is counted and logged, because nobody knows then whether it was paid, unless its payment was captured by it.
    """
    attempt = store.find_attempt(tx_ref)
    if attempt is None or attempt.gsi2pk is None:
        return None
    if not _is_watched_enough(attempt):
        return _watch_on(attempt)
    if store.get_payment(attempt.payment_id).captured_tx_ref == tx_ref:
        return end(attempt, AttemptStatus.CAPTURED)
    logger.error("an attempt is given up about which the provider says nothing", tx_ref=tx_ref, checks=attempt.checks)
    count("AttemptsGivenUp")
    return end(attempt, AttemptStatus.ENDED)


def keep_watching(attempt: PaymentAttempt, payment: Payment, standing: Standing) -> None:
    """Store that an attempt is not paid: ended if it never can be, else to be verified again, later each time.

    A failed try says nothing while the page lives, since the shopper may try again on it.
    """
    if standing is Standing.FAILED and _is_over(attempt, payment):
        return end(attempt, AttemptStatus.ENDED)
    if _is_watched_enough(attempt):
        return end(attempt, AttemptStatus.ENDED)
    return _watch_on(attempt)


def _watch_on(attempt: PaymentAttempt) -> None:
    pause = rules.pause_before_check(
        checks=attempt.checks + 1,
        first_seconds=settings.payment_check_seconds,
        longest_seconds=settings.payment_check_longest_seconds,
    )
    attempt.checks += 1
    schedule_check(attempt, after_seconds=pause)
    with transactions.write() as work:
        work.save(attempt)


def _is_watched_enough(attempt: PaymentAttempt) -> bool:
    return clock.now() >= _made_at(attempt) + timedelta(seconds=settings.payment_checked_for_seconds)


def _is_over(attempt: PaymentAttempt, payment: Payment) -> bool:
    is_expired = clock.now() >= _made_at(attempt) + timedelta(seconds=settings.payment_link_seconds)
    return is_expired or payment.status not in (PaymentStatus.OPENING, PaymentStatus.OPEN)


def _made_at(attempt: PaymentAttempt) -> datetime:
    return clock.from_text(attempt.made_at)
