"""How do stored exchange rates and tax rates become what their reader sees?"""

from chalicelib.core.settings import settings
from chalicelib.pricing.models import ExchangeRates, TaxTable
from chalicelib.pricing.schemas import ExchangeRatesView, TaxRatesView


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
