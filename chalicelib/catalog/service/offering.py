"""What are SKUs sold for now, in the currency that is paid, and what do promotions have to know of them?"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from chalicelib.catalog import rules, store
from chalicelib.catalog.models import Product, Variant
from chalicelib.catalog.rules import Offer, TaxClass
from chalicelib.catalog.service.reading import sellable
from chalicelib.catalog.service.tree import current_tree
from chalicelib.core import clock
from chalicelib.core.settings import settings
from chalicelib.core.storage.table import Item
from chalicelib.pricing import service as pricing
from chalicelib.pricing.rules import Rates


def offers(skus: Sequence[str], currency: str | None = None, *, rates: Rates | None = None) -> dict[str, Offer]:
    """Return today's offer of each SKU that is for sale, consistently: 1 BatchGetItem per 100.

    Its price is the one listed in the currency. In another currency than the shop's, what is not listed is converted,
    and what cannot be converted is not for sale. That is by ``rates``, which whoever charges has just read; without
    them, by those that are held in memory for showing.
    """
    return offers_in(store.variants(skus), currency, rates=rates)


def offers_in(
    found: Iterable[Item], currency: str | None = None, *, at: datetime | None = None, rates: Rates | None = None
) -> dict[str, Offer]:
    """Return the offer of each SKU that is for sale and whose variant is among some items, as ``offers`` does.

    Sales are those of now, unless ``at`` tells another moment.
    """
    wanted, now = currency or settings.shop_currency, at or clock.now()
    sold = [variant for item in found if (variant := sellable(item)) is not None]
    offered = {variant.sku: _offer(variant, wanted, now=now, rates=rates) for variant in sold}
    return {sku: offer for sku, offer in offered.items() if offer is not None}


def placed(offered: Mapping[str, Offer]) -> dict[str, Offer]:
    """Return offers with brands and all categories that their goods lie in, as promotions' scopes have to know.

    1 GetItem, and 1 BatchGetItem more for SKUs that were stored before they told.
    """
    untold = {offer.product_id for offer in offered.values() if offer.category_ids is None}
    products = {product.product_id: product for product in store.products(untold)} if untold else {}
    tree = current_tree().shape
    return {sku: _as_told(offer, products).placed(tree) for sku, offer in offered.items()}


def _offer(variant: Variant, currency: str, *, now: datetime, rates: Rates | None) -> Offer | None:
    found = rules.price_of(variant, currency, now=now)
    if found is None and currency != settings.shop_currency:
        found = rules.price_of(variant, currency, now=now, rates=rates or pricing.known_rates())
    if found is None:
        return None
    return Offer(
        product_id=variant.product_id,
        price=found.price,
        tax_class=TaxClass(variant.tax_class),
        weight_grams=variant.weight_grams,
        brand_id=variant.brand_id,
        category_ids=variant.category_ids,
        conversion=found.conversion,
    )


def _as_told(offer: Offer, products: Mapping[str, Product]) -> Offer:
    product = products.get(offer.product_id)
    if offer.category_ids is not None or product is None:
        return offer
    details = product.details
    return replace(offer, brand_id=rules.brand_id_of(details), category_ids=rules.category_ids_of(details))
