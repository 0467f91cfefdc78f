"""How does a checkout begin? The cart's goods are quoted, the quote is frozen, and an execution is started."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from chalicelib.carts import service as carts
from chalicelib.carts.rules import Review
from chalicelib.checkout import rules, store
from chalicelib.checkout.models import Checkout, FrozenQuote
from chalicelib.checkout.rules import OVER, CheckoutStatus, Totals
from chalicelib.checkout.service.buying import Buyer, agreed_quote
from chalicelib.core import clock, ids, waiting
from chalicelib.core.money import Money
from chalicelib.core.settings import settings
from chalicelib.core.storage import keys, transactions
from chalicelib.core.workflows import executions
from chalicelib.payments import service as payments
from chalicelib.pricing.rules import Quote
from chalicelib.promotions import service as promotions

ID_PREFIX = "chk"
_PAYMENT_PREFIX = "pmt"


@dataclass(frozen=True)
class Underway:
    """A checkout, and what it froze; that is forgotten some time after it is of no use any more.

    ``refunds`` are read where somebody asks how far a purchase is.
    """

    checkout: Checkout
    frozen: FrozenQuote | None
    refunds: Sequence[payments.Refund] = ()

    @property
    def version(self) -> int:
        """Return what is greater whenever anything that is told of it has changed."""
        return self.checkout.version + sum(each.version for each in self.refunds)


def begin(owner: str, cart_id: str, buyer: Buyer, *, accepted_total: Money | None) -> Underway:
    """Freeze a quote of the cart, hold the cart, and write the checkout with its payment: 1 transaction.

    Raises ``NotForSale``, ``CheckoutIncomplete``, ``PriceChanged`` unless the new total was accepted,
    ``PaymentMethodUnavailable``, and what carts refuse.
    """
    cart = carts.get(owner, cart_id)
    checkout_id = ids.new(ID_PREFIX)
    with transactions.write() as work:
        carts.hold(cart, checkout_id, email=buyer.email, locale=buyer.locale)
        review = carts.review(cart, buyer.prepared(cart.prepared))
        quote = agreed_quote(review, accepted_total)
        frozen = _frozen(checkout_id, cart, quote, review=review)
        to = frozen.shipping_address
        payments.demand_offered(buyer.payment_method, quote.total, country=to.country, city=to.city)
        payment = payments.begin(
            payment_id=ids.sibling(checkout_id, _PAYMENT_PREFIX),
            checkout_id=checkout_id,
            owner=owner,
            amount=quote.total,
            method=buyer.payment_method,
        )
        email = str(review.preparation.email)
        checkout = _checkout(payment, cart, buyer, quote=quote, email=email)
        work.create(checkout)
        work.create(frozen)
    return Underway(checkout, frozen)


def ensure_started(owner: str, checkout_id: str, attempt: int) -> executions.Execution:
    """Start the execution of an attempt, once however often it is asked for."""
    return executions.start(
        settings.checkout_machine_arn,
        rules.reservation_id(checkout_id, attempt),
        {"checkout_id": checkout_id, "owner": owner, "attempt": attempt},
    )


def underway(owner: str, checkout_id: str) -> Underway:
    """Return an owner's checkout with what it froze: 1 BatchGetItem, and 1 more if money of it goes back.

    Raises ``CheckoutNotFound``.
    """
    checkout, frozen = store.checkout_with_quote(owner, checkout_id)
    return Underway(checkout, frozen, refunds=payments.refunds_named(checkout.refund_ids or ()))


def get_checkout(owner: str, checkout_id: str) -> Checkout:
    """Return an owner's checkout."""
    return store.get_checkout(owner, checkout_id)


def wait_for_payment_page(owner: str, checkout_id: str, *, seconds: float) -> Underway:
    """Return the checkout as soon as its payment page is there or it is over, or as it is when the time is."""

    def is_decided(checkout: Checkout) -> bool:
        return checkout.status in OVER or checkout.payment_url is not None

    checkout = waiting.until(partial(store.get_checkout, owner, checkout_id), is_decided, seconds=seconds)
    return Underway(checkout, store.find_quote(owner, checkout_id))


def _frozen(checkout_id: str, cart: carts.Cart, quote: Quote, *, review: Review) -> FrozenQuote:
    """Return all that the order will be made of, with the uses of coupons that it counts."""
    prepared = review.preparation
    if prepared.shipping_address is None:
        raise ValueError("a quote was agreed to that goes nowhere")
    claims = promotions.claims_of(quote, review.claims, subjects=carts.subjects_of(cart, prepared.email))
    return FrozenQuote.at(
        keys.checkout_quote(cart.owner_id, checkout_id),
        quote=quote,
        shipping_address=prepared.shipping_address,
        billing_address=prepared.billing_address,
        phone=prepared.phone,
        limited_uses=claims if claims.uses else None,
        expires_at=_kept_for_late_money(),
    )


def _kept_for_late_money() -> int:
    """Return when a quote is of no use any more: money that came later than that finds no checkout to revive."""
    return clock.epoch_seconds() + settings.checkout_kept_seconds + settings.payment_checked_for_seconds


def _checkout(payment: payments.Payment, cart: carts.Cart, buyer: Buyer, *, quote: Quote, email: str) -> Checkout:
    return Checkout.at(
        keys.checkout(cart.owner_id, payment.checkout_id),
        checkout_id=payment.checkout_id,
        owner=cart.owner_id,
        cart_id=cart.cart_id,
        payment_id=payment.payment_id,
        status=CheckoutStatus.RESERVING,
        pay_by=clock.as_text(clock.after(settings.pay_within_seconds)),
        email=email,
        locale=buyer.locale,
        return_url=buyer.return_url,
        payment_method=payment.method,
        totals=Totals(
            subtotal=quote.subtotal,
            discount=quote.discount,
            shipping=quote.shipping,
            tax=quote.tax,
            total=quote.total,
        ),
        gsi1pk=keys.CHECKOUTS_DUE,
        gsi1sk=clock.as_text(clock.after(settings.start_within_seconds)),
    )
