"""Who buys, and have they agreed to what it costs? The cart says what the shopper left out."""

from collections.abc import Mapping
from dataclasses import dataclass

from chalicelib.addresses import rules as address_rules
from chalicelib.addresses import service as addresses
from chalicelib.addresses.rules import Place, located
from chalicelib.carts import rules as cart_rules
from chalicelib.carts.rules import Preparation, Review
from chalicelib.checkout import rules
from chalicelib.checkout.errors import CheckoutIncomplete, NotForSale, PriceChanged
from chalicelib.checkout.schemas import CheckoutDraft
from chalicelib.core.money import Money
from chalicelib.core.settings import settings
from chalicelib.payments.rules import PaymentMethod
from chalicelib.pricing.rules import Quote


@dataclass(frozen=True)
class Buyer:
    """Who buys, in which language, how they pay, and where goods and shopper go; the cart knows what is left out."""

    email: str | None
    locale: str
    shipping_address: Place | None
    return_url: str
    payment_method: PaymentMethod = PaymentMethod.CHAPA
    phone: str | None = None
    billing_address: Place | None = None
    delivery_method_id: str | None = None

    def prepared(self, in_cart: Preparation) -> Preparation:
        """Return all that is known of the purchase: what the buyer says, and what the cart says beyond that."""
        said = Preparation(
            email=self.email,
            phone=self.phone,
            shipping_address=self.shipping_address,
            billing_address=self.billing_address,
            delivery_method_id=self.delivery_method_id,
        )
        return cart_rules.both(said, in_cart, coupons_limit=settings.cart_coupons_limit)


def buyer_of(owner: str, draft: CheckoutDraft, locale: str) -> Buyer:
    """Return who buys by a draft; an address of the owner's book is copied.

    Raises ``AddressNotFound``, ``AddressRegionUnknown`` or ``AddressPhoneInvalid``.
    """
    said = draft.model_dump()
    return Buyer(
        email=draft.email,
        locale=locale,
        shipping_address=_place(owner, said["shipping_address"], draft.shipping_address_id),
        return_url=draft.return_url,
        payment_method=draft.payment_method,
        phone=None if draft.phone is None else address_rules.dialled(draft.phone),
        billing_address=_place(owner, said["billing_address"], draft.billing_address_id),
        delivery_method_id=draft.delivery_method_id,
    )


def agreed_quote(review: Review, accepted_total: Money | None) -> Quote:
    """Return the quote that the shopper agreed to, by accepting its total or by having seen what it is made of.

    Raises ``NotForSale``, ``CheckoutIncomplete`` or ``PriceChanged``.
    """
    if review.gone:
        raise NotForSale(skus=review.gone)
    quote = review.quote
    if review.missing or quote is None:
        raise CheckoutIncomplete(missing=[str(each) for each in review.missing])
    if not rules.is_agreed(quote.total, accepted=accepted_total, has_moved=not review.is_as_seen):
        raise _changed(review, quote)
    return quote


def _changed(review: Review, quote: Quote) -> PriceChanged:
    prices = [(each.line.sku, each.was, each.now) for each in review.moved]
    return PriceChanged(
        changes=[{"sku": sku, "was": was and was.as_wire(), "now": now and now.as_wire()} for sku, was, now in prices],
        refused_codes=[{"code": each.code, "why": str(each.why)} for each in review.refused],
        **{part: getattr(quote, part).as_wire() for part in ("subtotal", "discount", "shipping", "tax", "total")},
    )


def _place(owner: str, whole: Mapping[str, str] | None, address_id: str | None) -> Place | None:
    if whole is not None:
        return located(Place(**whole))
    return None if address_id is None else addresses.get(owner, address_id).place
