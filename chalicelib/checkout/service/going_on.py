"""How does a checkout go on? Stock, then a payment page, then the order; each step safe to repeat."""

from dataclasses import replace
from functools import partial

from chalicelib.carts import service as carts
from chalicelib.checkout import store
from chalicelib.checkout.models import Checkout, FrozenQuote
from chalicelib.checkout.rules import ACTIVE, CheckoutStatus, moved
from chalicelib.checkout.service.outcomes import CheckoutRef, Outcome
from chalicelib.core.errors import Conflict
from chalicelib.core.storage import transactions
from chalicelib.inventory import service as inventory
from chalicelib.inventory.errors import OutOfStock, ReservationNotHeld, ReservationReleased
from chalicelib.inventory.rules import StockLine
from chalicelib.orders import service as orders
from chalicelib.orders.service import Purchase
from chalicelib.payments import service as payments
from chalicelib.payments.rules import PaymentMethod
from chalicelib.payments.service import Opening, PageRequest, ProviderUnavailable
from chalicelib.promotions import service as promotions
from chalicelib.promotions.errors import CouponLimitReached, CouponUsedUp, UsesNotHeld, UsesTakenBefore


def reserve_stock(ref: CheckoutRef) -> Outcome:
    """Hold every unit of the quote and take every use of its coupons, or nothing: 1 transaction."""
    frozen = store.get_quote(ref.owner, ref.checkout_id)
    try:
        inventory.reserve(
            ref.reservation_id,
            [StockLine(line.product_id, line.sku, line.quantity) for line in frozen.quote.lines],
            beside=partial(promotions.take, ref.reservation_id, frozen.claims),
        )
    except OutOfStock as refusal:
        _note_reason(ref, CheckoutStatus.OUT_OF_STOCK, refusal)
        return Outcome.OUT_OF_STOCK
    except (CouponUsedUp, CouponLimitReached) as refusal:
        _note_reason(ref, CheckoutStatus.COUPON_USED_UP, refusal)
        return Outcome.COUPON_USED_UP
    except (ReservationReleased, UsesTakenBefore):
        return Outcome.OUT_OF_STOCK
    return Outcome.RESERVED


def open_payment(ref: CheckoutRef) -> Outcome:
    """Get a payment page and show its address on the checkout; there is none when no money has to come first.

    That no page can be had now is noted before it fails: if it stays so, the checkout ends with that.
    """
    checkout = store.get_checkout(ref.owner, ref.checkout_id)
    try:
        opening, url = payments.open_page(checkout.payment_id, _page_request(checkout))
    except ProviderUnavailable:
        if checkout.status == CheckoutStatus.RESERVING:
            _note_reason(ref, CheckoutStatus.PAYMENT_UNAVAILABLE)
        raise
    if opening is Opening.REFUSED:
        _note_reason(ref, CheckoutStatus.PAYMENT_REFUSED)
    if opening is Opening.SETTLED:
        return Outcome.SETTLED
    if opening is not Opening.OPENED:
        return Outcome.PAYMENT_REFUSED
    if checkout.status == CheckoutStatus.RESERVING:
        checkout.status = moved(checkout.status, CheckoutStatus.AWAITING_PAYMENT)
        checkout.payment_url = url
        if checkout.reason == CheckoutStatus.PAYMENT_UNAVAILABLE:
            checkout.reason = None
        with transactions.write() as work:
            work.save(checkout)
    return Outcome.READY


def await_payment(ref: CheckoutRef) -> Outcome:
    """Leave word who waits for the payment; whoever learns its fate resumes the execution."""
    payments.await_outcome(store.get_checkout(ref.owner, ref.checkout_id).payment_id, ref.task_token)
    return Outcome.WAITING


def place_order(ref: CheckoutRef) -> Outcome:
    """Turn a covered payment and held stock into an order: 1 transaction, or nothing.

    It touches the order, its number, a sub-order per vendor, the reservation, what coupons it holds, the payment,
    the cart and the checkout, and no stock item.
    """
    checkout = store.get_checkout(ref.owner, ref.checkout_id)
    if checkout.status == CheckoutStatus.COMPLETED:
        return Outcome.PLACED
    payment = payments.get_payment(checkout.payment_id)
    if checkout.status not in ACTIVE or not payments.is_covered(payment):
        return Outcome.REFUSED
    frozen = store.get_quote(ref.owner, ref.checkout_id)
    try:
        with transactions.write() as work:
            order = orders.place(_purchase(ref, checkout, frozen))
            inventory.spend(ref.reservation_id)
            if frozen.claims.uses:
                promotions.spend(ref.reservation_id)
            payments.redeem(payment)
            carts.convert(ref.owner, checkout.cart_id, checkout_id=ref.checkout_id)
            checkout.status = moved(checkout.status, CheckoutStatus.COMPLETED)
            checkout.order_id = order.order_id
            checkout.gsi1pk = checkout.gsi1sk = None
            work.save(checkout)
    except (ReservationNotHeld, UsesNotHeld):
        return Outcome.STOCK_GONE
    return Outcome.PLACED


def _page_request(checkout: Checkout) -> PageRequest:
    request = PageRequest(email=checkout.email, return_url=checkout.return_url)
    if checkout.payment_method != PaymentMethod.CHAPA:
        return request
    frozen = store.get_quote(checkout.owner, checkout.checkout_id)
    payer = frozen.billing_address or frozen.shipping_address
    return replace(request, name=payer.name, phone=frozen.phone or payer.phone)


def _purchase(ref: CheckoutRef, checkout: Checkout, frozen: FrozenQuote) -> Purchase:
    return Purchase(
        owner=checkout.owner,
        checkout_id=checkout.checkout_id,
        payment_id=checkout.payment_id,
        reservation_id=ref.reservation_id,
        email=checkout.email,
        locale=checkout.locale,
        quote=frozen.quote,
        shipping_address=frozen.shipping_address,
        cart_id=checkout.cart_id,
        phone=frozen.phone,
        billing_address=frozen.billing_address,
    )


def _note_reason(ref: CheckoutRef, reason: CheckoutStatus, refusal: Conflict | None = None) -> None:
    """Remember why it went no further; the undo chain ends the checkout with that."""
    checkout = store.get_checkout(ref.owner, ref.checkout_id)
    if checkout.status not in ACTIVE or checkout.reason not in (None, CheckoutStatus.PAYMENT_UNAVAILABLE):
        return
    if checkout.reason == reason:
        return
    checkout.reason = reason
    if refusal is not None:
        checkout.shortages = [str(shortage["sku"]) for shortage in refusal.facts.get("shortages", ())]
        checkout.used_up_code = refusal.facts.get("code")
    with transactions.write() as work:
        work.save(checkout)
