"""What does the shop ask for these goods today? The pricing rules under the shop's own settings."""

from collections.abc import Sequence

from chalicelib.core.money import Money
from chalicelib.core.settings import settings
from chalicelib.pricing import rules
from chalicelib.pricing.rules import Priceable, Quote, Terms


def quote_for(lines: Sequence[Priceable]) -> Quote:
    """Price some goods, with tax and flat delivery; there must be at least one line."""
    return rules.quote(lines, terms_today())


def terms_today() -> Terms:
    """Return the terms that a quote made now is under."""
    return Terms(
        currency=settings.shop_currency,
        tax_percent=settings.tax_percent,
        prices_include_tax=settings.prices_include_tax,
        shipping=Money(settings.shipping_flat_minor, settings.shop_currency),
    )
