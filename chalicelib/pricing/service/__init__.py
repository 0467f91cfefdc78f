"""What can be done with prices? Keep tax rates and exchange rates, and fetch these."""

from chalicelib.pricing.models import ExchangeRates, TaxTable
from chalicelib.pricing.service.fetching import fetch_rates
from chalicelib.pricing.service.keeping import (
    change_rates,
    conversion_into,
    exchange_rates,
    known_rates,
    rates_in,
    rates_keys,
)
from chalicelib.pricing.service.taxing import change_tax_rates, tax_rates_from, tax_rates_key, tax_table

__all__ = [
    "ExchangeRates",
    "TaxTable",
    "change_rates",
    "change_tax_rates",
    "conversion_into",
    "exchange_rates",
    "fetch_rates",
    "known_rates",
    "rates_in",
    "rates_keys",
    "tax_rates_from",
    "tax_rates_key",
    "tax_table",
]
