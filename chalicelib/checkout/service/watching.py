"""Who sees to it that no checkout is forgotten? A sweep each minute, and the news of late money."""

from datetime import timedelta

from chalicelib.checkout import store
from chalicelib.checkout.errors import CheckoutOver
from chalicelib.checkout.models import Checkout
from chalicelib.checkout.rules import ACTIVE, ENDED, CheckoutStatus
from chalicelib.checkout.service.beginning import Underway, ensure_started, underway
from chalicelib.checkout.service.going_back import give_back, try_again
from chalicelib.checkout.service.outcomes import CheckoutRef
from chalicelib.core import clock, schedules
from chalicelib.core.observability import count
from chalicelib.core.settings import settings
from chalicelib.core.storage import transactions
from chalicelib.core.workflows import executions
from chalicelib.core.workflows.executions import Status
from chalicelib.payments import service as payments
from chalicelib.payments.rules import PaymentStatus
from chalicelib.payments.service import Closing

_SWEPT_AT_ONCE = 50


def sweep(context: object = None) -> dict[str, int]:
    """Look after every checkout whose time has come; what fails is looked after again a little later."""
    return schedules.for_each(
        store.checkouts_due(clock.now(), limit=_SWEPT_AT_ONCE),
        lambda each: look_after(each.owner, each.checkout_id),
        put_off=lambda each: _look_again_later(each.owner, each.checkout_id),
        due_at=lambda each: each.gsi1sk,
        job="sweep_checkouts",
        context=context,
    )


def look_after(owner: str, checkout_id: str) -> None:
    """Move one unfinished checkout on: start what was never started, end what is past its deadline, mend the rest."""
    checkout = store.find_checkout(owner, checkout_id)
    if checkout is None or (checkout.status not in ACTIVE and checkout.status != CheckoutStatus.CLOSING):
        return
    ref = CheckoutRef(checkout_id, owner, checkout.attempt)
    status = executions.look_up(executions.execution_arn(settings.checkout_machine_arn, ref.reservation_id))
    if status is None:
        ensure_started(owner, checkout_id, checkout.attempt)
    elif status is not Status.RUNNING:
        count("CheckoutsMended")
        give_back(ref)
        return
    elif checkout.status in ACTIVE and _is_past_deadline(checkout):
        _end_waiting(checkout)
    _look_again_later(owner, checkout_id)


def cancel(owner: str, checkout_id: str) -> Underway:
    """Put a checkout's deadline to now; what follows is what follows any deadline.

    Raises ``CheckoutOver`` when it is not under way any more.
    """
    found = underway(owner, checkout_id)
    checkout = found.checkout
    if checkout.status not in ACTIVE:
        raise CheckoutOver(checkout_status=checkout.status)
    checkout.reason = CheckoutStatus.CANCELLED
    checkout.pay_by = checkout.gsi1sk = clock.as_text(clock.now())
    with transactions.write() as work:
        work.save(checkout)
    return found


def revive(owner: str, checkout_id: str, payment_id: str) -> None:
    """Take notice of captured money: a checkout that has ended tries once more, or the money is owed back.

    One that is under way, or being closed, finds the money by itself.
    """
    checkout = store.find_checkout(owner, checkout_id)
    if checkout is not None and checkout.status not in ENDED:
        return
    payment = payments.get_payment(payment_id)
    if payment.status != PaymentStatus.CAPTURED:
        return
    if checkout is not None and checkout.attempt < settings.checkout_attempts_limit:
        try_again(checkout)
    else:
        payments.owe_back(payment)


def note_refund(owner: str, checkout_id: str, refund_id: str) -> None:
    """Remember once that money of a checkout goes back, so that its shopper can be told how far it is."""
    checkout = store.find_checkout(owner, checkout_id)
    if checkout is None or refund_id in (checkout.refund_ids or ()):
        return
    checkout.refund_ids = [*(checkout.refund_ids or ()), refund_id]
    with transactions.write() as work:
        work.save(checkout)


def _end_waiting(checkout: Checkout) -> None:
    """Close the payment, and only then wake the execution with what that found."""
    closing = payments.close(checkout.payment_id)
    payments.resume(checkout.payment_id, is_paid=closing is Closing.CAPTURED)


def _is_past_deadline(checkout: Checkout) -> bool:
    return clock.now() >= clock.from_text(checkout.pay_by)


def _look_again_later(owner: str, checkout_id: str) -> None:
    """Put the next look to the deadline, or a little later when that is over."""
    checkout = store.find_checkout(owner, checkout_id)
    if checkout is None or checkout.gsi1pk is None:
        return
    soon = clock.now() + timedelta(seconds=settings.start_within_seconds)
    deadline = clock.from_text(checkout.pay_by) + timedelta(seconds=settings.sweep_grace_seconds)
    checkout.gsi1sk = clock.as_text(max(soon, deadline) if not _is_past_deadline(checkout) else soon)
    with transactions.write() as work:
        work.save(checkout)
