"""How does a checkout begin? The cart's goods are quoted, the quote is frozen, and an execution is started."""

from dataclasses import dataclass
from functools import partial

from chalicelib.addresses import service as addresses
from chalicelib.addresses.rules import Place, located
from chalicelib.carts import service as carts
from chalicelib.carts.rules import CartLine
from chalicelib.catalog import service as catalog
from chalicelib.checkout import rules, store
from chalicelib.checkout.errors import NotForSale, PriceChanged
from chalicelib.checkout.models import Checkout, FrozenQuote
from chalicelib.checkout.rules import OVER, CheckoutStatus, Totals
from chalicelib.checkout.schemas import CheckoutDraft
from chalicelib.core import clock, ids, waiting
from chalicelib.core.money import Money
from chalicelib.core.settings import settings
from chalicelib.core.storage import keys, transactions
from chalicelib.core.workflows import executions
from chalicelib.payments import rules as paying
from chalicelib.payments import service as payments
from chalicelib.payments.rules import PaymentMethod
from chalicelib.pricing import service as pricing
from chalicelib.pricing.rules import Quote
from chalicelib.shipping.rules import Destination

ID_PREFIX = "chk"
_PAYMENT_PREFIX = "pmt"


@dataclass(frozen=True)
class Buyer:
    """Who buys, in which language, and where the goods and the shopper go."""

    email: str
    locale: str
    shipping_address: Place
    return_url: str
    payment_method: PaymentMethod = PaymentMethod.CHAPA


def buyer_of(owner: str, draft: CheckoutDraft, locale: str) -> Buyer:
    """Return who buys by a draft; an address of the owner's book is copied.

    Raises ``AddressNotFound``, ``AddressRegionUnknown`` or ``AddressPhoneInvalid``.
    """
    if draft.shipping_address is not None:
        address = located(Place(**draft.shipping_address.model_dump()))
    else:
        address = addresses.get(owner, str(draft.shipping_address_id)).place
    return Buyer(draft.email, locale, address, draft.return_url, draft.payment_method)


def begin(owner: str, cart_id: str, buyer: Buyer, *, accepted_total: Money | None) -> Checkout:
    """Freeze a quote of the cart, hold the cart, and write the checkout with its payment: 1 transaction.

    Raises ``NotForSale``, ``PriceChanged`` unless the new total was accepted, ``PaymentMethodUnavailable``, and
    what carts refuse.
    """
    cart = carts.get(owner, cart_id)
    checkout_id = ids.new(ID_PREFIX)
    with transactions.write() as work:
        carts.hold(cart, checkout_id, email=buyer.email, locale=buyer.locale)
        to = buyer.shipping_address
        quote = _quoted(cart.lines, to, accepted_total)
        payments.demand_offered(buyer.payment_method, quote.total, country=to.country, city=to.city)
        checkout = _checkout(checkout_id, owner=owner, cart_id=cart_id, buyer=buyer, quote=quote)
        frozen = FrozenQuote.at(
            keys.checkout_quote(owner, checkout_id),
            quote=quote,
            shipping_address=buyer.shipping_address,
            expires_at=_kept_for_late_money(),
        )
        work.create(checkout)
        work.create(frozen)
        payments.begin(
            payment_id=checkout.payment_id,
            checkout_id=checkout_id,
            owner=owner,
            amount=checkout.totals.total,
            method=buyer.payment_method,
        )
    return checkout


def ensure_started(owner: str, checkout_id: str, attempt: int) -> executions.Execution:
    """Start the execution of an attempt, once however often it is asked for."""
    return executions.start(
        settings.checkout_machine_arn,
        rules.reservation_id(checkout_id, attempt),
        {"checkout_id": checkout_id, "owner": owner, "attempt": attempt},
    )


def get_checkout(owner: str, checkout_id: str) -> Checkout:
    """Return an owner's checkout."""
    return store.get_checkout(owner, checkout_id)


def wait_for_payment_page(owner: str, checkout_id: str, *, seconds: float) -> Checkout:
    """Return the checkout as soon as its payment page is there or it is over, or as it is when the time is."""

    def is_decided(checkout: Checkout) -> bool:
        return checkout.status in OVER or checkout.payment_url is not None

    return waiting.until(partial(store.get_checkout, owner, checkout_id), is_decided, seconds=seconds)


def _quoted(lines: list[CartLine], address: Place, accepted_total: Money | None) -> Quote:
    """Quote the goods at today's prices; the shopper must have seen them, or accept the new total."""
    today = catalog.offers([line.sku for line in lines])
    if gone := [line.sku for line in lines if line.sku not in today]:
        raise NotForSale(skus=gone)
    destination = Destination(address.country, address.region, address.city)
    quote = pricing.quote_for([line.priced(today[line.sku]) for line in lines], destination)
    prices = {sku: offer.price for sku, offer in today.items()}
    changes = rules.price_changes({line.sku: line.unit_price for line in lines}, prices)
    if not rules.is_agreed(quote.total, accepted=accepted_total, has_moved=bool(changes)):
        raise PriceChanged(
            changes=[{"sku": each.sku, "was": each.was.as_wire(), "now": each.now.as_wire()} for each in changes],
            total=quote.total.as_wire(),
        )
    return quote


def _kept_for_late_money() -> int:
    """Return when a quote is of no use any more: money that came later than that finds no checkout to revive."""
    return clock.epoch_seconds() + settings.checkout_kept_seconds + settings.payment_checked_for_seconds


def _checkout(checkout_id: str, *, owner: str, cart_id: str, buyer: Buyer, quote: Quote) -> Checkout:
    return Checkout.at(
        keys.checkout(owner, checkout_id),
        checkout_id=checkout_id,
        owner=owner,
        cart_id=cart_id,
        payment_id=ids.sibling(checkout_id, _PAYMENT_PREFIX),
        status=CheckoutStatus.RESERVING,
        pay_by=clock.as_text(clock.after(settings.pay_within_seconds)),
        email=buyer.email,
        locale=buyer.locale,
        return_url=buyer.return_url,
        payment_method=paying.method_for(quote.total, buyer.payment_method),
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
