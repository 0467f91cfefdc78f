"""How does a checkout go back? Each undo first bars its do, so it is safe before, without and after it.

The whole chain always runs, in this order, from what is stored: nobody has to know how far things got.
"""

from chalicelib.carts import service as carts
from chalicelib.checkout import store
from chalicelib.checkout.models import Checkout
from chalicelib.checkout.rules import ACTIVE, CheckoutStatus, moved
from chalicelib.checkout.service.beginning import ensure_started
from chalicelib.checkout.service.outcomes import CheckoutRef, Outcome
from chalicelib.core import clock
from chalicelib.core.observability import logger
from chalicelib.core.settings import settings
from chalicelib.core.storage import keys, transactions
from chalicelib.inventory import service as inventory
from chalicelib.inventory.errors import ReservationSpent
from chalicelib.payments import service as payments
from chalicelib.payments.rules import PaymentStatus
from chalicelib.payments.service import Closing
from chalicelib.promotions import service as promotions
from chalicelib.promotions.errors import UsesSpent


def refuse_order(ref: CheckoutRef) -> Outcome:
    """Bar the order: from now on none can be placed. One that is placed stays, and nothing is undone."""
    checkout = store.get_checkout(ref.owner, ref.checkout_id)
    if checkout.status == CheckoutStatus.COMPLETED:
        return Outcome.ALREADY_PLACED
    if checkout.attempt != ref.attempt:
        return Outcome.SUPERSEDED
    if checkout.status in ACTIVE:
        checkout.reason = checkout.reason or _silent_reason(checkout)
        checkout.status = moved(checkout.status, CheckoutStatus.CLOSING)
        with transactions.write() as work:
            work.save(checkout)
    return Outcome.REFUSED


def close_payment(ref: CheckoutRef) -> Outcome:
    """Take no more money; what has come in spite of that is found out here."""
    checkout = store.get_checkout(ref.owner, ref.checkout_id)
    closing = payments.close(checkout.payment_id)
    return Outcome.CAPTURED if closing is Closing.CAPTURED else Outcome.CLOSED


def release_stock(ref: CheckoutRef) -> Outcome:
    """Give the held units and the uses of coupons back: 1 transaction."""
    claims = store.get_quote(ref.owner, ref.checkout_id).claims
    try:
        with transactions.write():
            inventory.release(ref.reservation_id)
            if claims.uses:
                promotions.release(ref.reservation_id)
    except (ReservationSpent, UsesSpent):
        return Outcome.SPENT
    return Outcome.RELEASED


def reopen_cart(ref: CheckoutRef) -> Outcome:
    """End the checkout and give the cart back; or go forward again, if the money came in the meantime.

    Late money gets one more attempt at the frozen quote. When there is none left, it is listed for refund.
    """
    checkout = store.get_checkout(ref.owner, ref.checkout_id)
    if checkout.status != CheckoutStatus.CLOSING or checkout.attempt != ref.attempt:
        return Outcome.CLOSED
    payment = payments.get_payment(checkout.payment_id)
    is_captured = payment.status == PaymentStatus.CAPTURED
    if is_captured and checkout.attempt < settings.checkout_attempts_limit:
        return try_again(checkout)
    with transactions.write() as work:
        checkout.status = moved(checkout.status, CheckoutStatus(str(checkout.reason)))
        checkout.gsi1pk = checkout.gsi1sk = None
        checkout.expires_at = clock.epoch_seconds() + settings.checkout_kept_seconds
        work.save(checkout)
        carts.reopen(ref.owner, checkout.cart_id, checkout_id=ref.checkout_id)
        if is_captured:
            payments.owe_back(payment)
        else:
            payments.demand_unchanged(payment)
    return Outcome.CLOSED


def give_back(ref: CheckoutRef) -> Outcome:
    """Run the whole chain from what is stored, as the machine does; for executions that died on the way."""
    outcome = refuse_order(ref)
    if outcome is not Outcome.REFUSED:
        return outcome
    close_payment(ref)
    release_stock(ref)
    return reopen_cart(ref)


def try_again(checkout: Checkout) -> Outcome:
    """Begin another attempt for money that is there, with the frozen quote and a reservation of its own."""
    checkout.status = moved(checkout.status, CheckoutStatus.RESERVING)
    checkout.attempt += 1
    checkout.reason, checkout.shortages, checkout.expires_at = None, [], None
    checkout.used_up_code = None
    checkout.pay_by = clock.as_text(clock.after(settings.pay_within_seconds))
    checkout.gsi1pk = keys.CHECKOUTS_DUE
    checkout.gsi1sk = clock.as_text(clock.after(settings.start_within_seconds))
    with transactions.write() as work:
        work.save(checkout)
    logger.info("late money, trying again", checkout=checkout.checkout_id, attempt=checkout.attempt)
    ensure_started(checkout.owner, checkout.checkout_id, checkout.attempt)
    return Outcome.REVIVED


def _silent_reason(checkout: Checkout) -> CheckoutStatus:
    """Return why a checkout ends about which no step said anything.

    A payment that is closed before its time took money on its page that is not what was asked for.
    """
    if clock.now() >= clock.from_text(checkout.pay_by):
        return CheckoutStatus.EXPIRED
    is_closed = payments.get_payment(checkout.payment_id).status == PaymentStatus.CLOSED
    return CheckoutStatus.PAYMENT_REFUSED if is_closed else CheckoutStatus.FAILED
