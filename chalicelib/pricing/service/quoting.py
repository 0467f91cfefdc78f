"""What does the shop ask for these goods today? The pricing rules under the shop's own settings."""

from collections.abc import Sequence

from chalicelib.core import clock
from chalicelib.core.money import Money
from chalicelib.core.settings import settings
from chalicelib.pricing import rules
from chalicelib.pricing.rules import Priceable, Quote, TaxRates, Terms
from chalicelib.shipping.rules import Destination, flat_plan


def quote_for(lines: Sequence[Priceable], destination: Destination | None = None) -> Quote:
    """Price some goods, with tax, and delivery where it is known where they go; there must be at least one line."""
    return rules.quote(lines, terms_today(destination))


def terms_today(destination: Destination | None = None) -> Terms:
    """Return the terms that a quote made now is under."""
    return Terms(
        currency=settings.shop_currency,
        prices_include_tax=settings.prices_include_tax,
        tax_rates=TaxRates((), settings.tax_percent),
        plan=flat_plan(Money(settings.shipping_flat_minor, settings.shop_currency)),
        at=clock.now(),
        destination=destination,
    )
