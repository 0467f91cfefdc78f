"""How do stored exchange rates become what their reader sees?"""

from chalicelib.pricing.models import ExchangeRates
from chalicelib.pricing.schemas import ExchangeRatesView


def exchange_rates_view(found: ExchangeRates) -> ExchangeRatesView:
    """Show the rates, by currency."""
    items = [
        {"currency": currency, "rate": rate.value, "as_of": rate.as_of, "origin": rate.origin}
        for currency, rate in sorted(found.rates.items())
    ]
    return ExchangeRatesView.model_validate({"base": found.base, "items": items})
