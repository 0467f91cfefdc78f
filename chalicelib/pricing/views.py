"""How do stored exchange rates, tax rates and quotes become what their reader sees?"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Protocol

from chalicelib.core.i18n import locales
from chalicelib.core.money import Money
from chalicelib.core.settings import settings
from chalicelib.pricing.models import ExchangeRates, TaxTable
from chalicelib.pricing.rules import Quote, QuoteLine
from chalicelib.pricing.schemas import (
    AppliedPromotionView,
    DeliveryView,
    ExchangeRatesView,
    QuotedView,
    QuoteLineView,
    TaxRatesView,
    TaxShareView,
    TotalsView,
)
from chalicelib.shipping.rules import DeliveryOption
from chalicelib.shipping.views import option_view


class Totalled(Protocol):
    """What has the five amounts of a quote: all of it, or a part."""

    @property
    def subtotal(self) -> Money: ...
    @property
    def discount(self) -> Money: ...
    @property
    def shipping(self) -> Money: ...
    @property
    def tax(self) -> Money: ...
    @property
    def total(self) -> Money: ...


def exchange_rates_view(found: ExchangeRates) -> ExchangeRatesView:
    """Show the rates, by currency."""
    items = [
        {"currency": currency, "rate": rate.value, "as_of": rate.as_of, "origin": rate.origin}
        for currency, rate in sorted(found.rates.items())
    ]
    return ExchangeRatesView.model_validate({"base": found.base, "items": items})


def tax_rates_view(found: TaxTable) -> TaxRatesView:
    """Show the rules, in the order in which staff keep them."""
    items = [
        {"tax_class": rule.tax_class, "percent": rule.percent, "country": rule.country or None, "region": rule.region}
        for rule in found.rules
    ]
    return TaxRatesView.model_validate({"standard_percent": f"{settings.tax_percent:f}", "items": items})


def quoted_view(quote: Quote, locale: str) -> QuotedView:
    """Show a quote in its reader's language."""
    return QuotedView(**quoted_members(quote, locale))


def quoted_members(quote: Quote, locale: str) -> Mapping[str, Any]:
    """Return the members of a quote's view, for those who show more beside them."""
    return {
        "lines": [line_view(line, locale) for line in quote.lines],
        "totals": totals_view(quote),
        "prices_include_tax": quote.prices_include_tax,
        "applied": [
            AppliedPromotionView(
                promotion_id=each.promotion_id,
                code=each.code,
                name=locales.in_locale(each.name, locale),
                amount=each.amount,
            )
            for each in quote.applied
        ],
        "taxes": [TaxShareView(percent=_percent(each.percent), base=each.base, tax=each.tax) for each in quote.taxes],
        "delivery": quote.delivery and delivery_view(quote.delivery, locale),
        "rate": quote.rate,
        "rate_as_of": quote.rate_as_of,
    }


def line_view(line: QuoteLine, locale: str) -> QuoteLineView:
    """Show a line of a quote."""
    return QuoteLineView(
        sku=line.sku,
        product_id=line.product_id,
        vendor_id=line.vendor_id,
        title=locales.in_locale(line.title, locale),
        options=dict(line.options),
        quantity=line.quantity,
        unit_price=line.unit_price,
        subtotal=line.subtotal,
        discount=line.discount,
        shipping=line.shipping,
        tax_percent=_percent(line.tax_percent),
        tax=line.tax,
        shipping_tax=line.shipping_tax,
        total=line.total,
    )


def totals_view(part: Totalled) -> TotalsView:
    """Show the totals of a quote, or of a part of one."""
    return TotalsView(
        subtotal=part.subtotal, discount=part.discount, shipping=part.shipping, tax=part.tax, total=part.total
    )


def delivery_view(option: DeliveryOption, locale: str) -> DeliveryView:
    """Show a way of delivery."""
    return DeliveryView(**dict(option_view(option, locale)))


def _percent(percent: Decimal) -> str:
    return f"{percent.normalize():f}"
