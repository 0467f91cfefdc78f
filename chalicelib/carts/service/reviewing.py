"""What would this purchase cost now? All that it depends on is read at once, and one pure quote is made of it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from chalicelib.addresses.rules import Place
from chalicelib.carts import rules, store
from chalicelib.carts.models import Cart
from chalicelib.carts.rules import CartStatus, Preparation, Review
from chalicelib.carts.service.checking import changes_in
from chalicelib.carts.service.filling import get
from chalicelib.catalog import service as catalog
from chalicelib.core import clock
from chalicelib.core.settings import settings
from chalicelib.core.storage.table import Item
from chalicelib.inventory import service as inventory
from chalicelib.pricing import rules as quoting
from chalicelib.pricing import service as pricing
from chalicelib.pricing.rules import Goods, Terms
from chalicelib.promotions import service as promotions
from chalicelib.promotions.rules import Candidates
from chalicelib.shipping import service as shipping
from chalicelib.shipping.rules import Destination, destination_of


def reviewed(owner_id: str, cart_id: str) -> tuple[Cart, Review]:
    """Return an owner's cart with what it would cost now: 1 GetItem, and what ``review`` reads.

    Of a cart that is held or over no changes and no refused codes are told: its goods and the uses of its codes are
    taken for itself, or not its own any more. Raises ``CartNotFound``, for somebody else's too.
    """
    cart = get(owner_id, cart_id)
    found = review(cart, cart.prepared)
    return cart, found if cart.status == CartStatus.OPEN else replace(found, changes=(), refused=())


def review(cart: Cart, preparation: Preparation) -> Review:
    """Price a cart's goods as somebody prepares to buy them: 1 BatchGetItem per 100 rows, and 1 more for coupons.

    Where promotions are for brands or categories, it is read what goods are of: 1 GetItem more.

    What is not for sale any more is left out of the quote, and told among the changes. Raises ``CurrencyNotCharged``.
    """
    found, now = _read(cart, preparation), clock.now()
    currency = preparation.currency or settings.shop_currency
    offers = catalog.offers_in(found, currency, at=now, rates=pricing.rates_in(found))
    changes = changes_in(cart, found, offers)
    if not offers:
        return Review(preparation, changes, quote=None)
    candidates = promotions.candidates(
        preparation.coupon_codes, found=found, subjects=subjects_of(cart, preparation.email), at=now
    )
    if any(each.scope.category_ids or each.scope.brand_ids for each in candidates.promotions):
        offers = catalog.placed(offers)
    goods = [line.priced(offers[line.sku]) for line in cart.lines if line.sku in offers]
    terms = _terms(found, preparation, candidates, at=now)
    return _judged(preparation, changes, goods, terms=terms, candidates=candidates)


def subjects_of(cart: Cart, email: str | None) -> tuple[str, ...]:
    """Return as whom a shopper uses coupons: their account, if the cart is a customer's, and their mail address."""
    return promotions.subjects_of(None if cart.owner_id == cart.cart_id else cart.owner_id, email)


def _read(cart: Cart, preparation: Preparation) -> list[Item]:
    lines = [inventory.StockLine(line.product_id, line.sku, line.quantity) for line in cart.lines]
    return store.goods(
        pricing.rates_keys(preparation.currency),
        [shipping.plan_key(), pricing.tax_rates_key(), *promotions.candidate_keys(preparation.coupon_codes)],
        [catalog.variant_key(line.sku) for line in lines],
        inventory.keys_of(lines),
    )


def _terms(found: Sequence[Item], preparation: Preparation, candidates: Candidates, *, at: datetime) -> Terms:
    stored = {item.key: item for item in found}
    currency = preparation.currency or settings.shop_currency
    return Terms(
        currency=currency,
        prices_include_tax=settings.prices_include_tax,
        tax_rates=pricing.tax_rates_from(stored.get(pricing.tax_rates_key())),
        plan=shipping.plan_from(stored.get(shipping.plan_key())),
        at=at,
        destination=_destination(preparation.shipping_address),
        method_id=preparation.delivery_method_id,
        promotions=candidates.promotions,
        conversion=pricing.conversion_into(currency, pricing.rates_in(found)),
        limited_ids=candidates.limited_ids,
        limited_at_most=settings.limited_coupons_limit,
    )


def _judged(
    preparation: Preparation,
    changes: Sequence[rules.LineChange],
    goods: Sequence[Goods],
    *,
    terms: Terms,
    candidates: Candidates,
) -> Review:
    quote = quoting.quote(goods, terms)
    return Review(
        preparation,
        changes,
        quote,
        options=quoting.delivery_options(goods, terms),
        refused=promotions.why_not(candidates, quote, lines=goods, terms=terms),
        claims=candidates.claims,
        is_region_needed=terms.is_region_needed,
    )


def _destination(place: Place | None) -> Destination | None:
    return None if place is None else destination_of(place.country, place.region, place.city)
