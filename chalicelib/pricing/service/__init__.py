"""What can be done with prices? Quote goods, convert amounts, keep exchange rates and fetch them."""

from chalicelib.pricing.models import ExchangeRates
from chalicelib.pricing.service.fetching import fetch_rates
from chalicelib.pricing.service.keeping import change_rates, exchange_rates, known_rates
from chalicelib.pricing.service.quoting import quote_for, terms_today

__all__ = [
    "ExchangeRates",
    "change_rates",
    "exchange_rates",
    "fetch_rates",
    "known_rates",
    "quote_for",
    "terms_today",
]
