"""How do prices become what their reader sees?"""

from typing import Any

from chalicelib.catalog.rules import PriceNow, ProductVariant, Sale
from chalicelib.catalog.schemas import ConversionView, DiscountView, SaleView
from chalicelib.pricing.rules import Conversion


def price_shown(found: PriceNow) -> dict[str, Any]:
    """Return the members that tell what a variant costs now."""
    return {
        "price": found.price,
        "list_price": found.list_price,
        "discount": _discount(found),
        "sale_ends_at": found.sale_ends_at,
        "conversion": _conversion(found.conversion),
    }


def card_price_shown(found: PriceNow) -> dict[str, Any]:
    """Return the members that tell from how much a product costs now."""
    return {
        "price_from": found.price,
        "list_price_from": found.list_price,
        "discount": _discount(found),
        "conversion": _conversion(found.conversion),
    }


def prices_set(variant: ProductVariant) -> dict[str, Any]:
    """Return the members that tell staff what they set of a variant's prices."""
    return {
        "price": variant.price,
        "other_prices": list(variant.other_prices),
        "sale": _sale(variant.sale) if variant.sale else None,
    }


def _sale(sale: Sale) -> SaleView:
    others = list(sale.other_prices)
    return SaleView.model_validate(
        {"price": sale.price, "other_prices": others, "starts_at": sale.starts_at, "ends_at": sale.ends_at}
    )


def _discount(found: PriceNow) -> DiscountView | None:
    return DiscountView(saved=found.saved, percent=found.saved_percent) if found.is_reduced else None


def _conversion(found: Conversion | None) -> ConversionView | None:
    if found is None:
        return None
    return ConversionView.model_validate(
        {"currency": found.source, "rate": found.rate_text, "as_of": found.as_of},
    )
