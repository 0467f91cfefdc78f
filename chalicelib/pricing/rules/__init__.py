"""What do goods cost together, and what is that in another currency? Pure decisions about prices."""

from chalicelib.pricing.rules.quoting import (
    Priceable,
    Quote,
    QuoteLine,
    ShippingMethod,
    Terms,
    quote,
    subtotal_of,
)
from chalicelib.pricing.rules.rates import Conversion, Rate, RateOrigin, Rates

__all__ = [
    "Conversion",
    "Priceable",
    "Quote",
    "QuoteLine",
    "Rate",
    "RateOrigin",
    "Rates",
    "ShippingMethod",
    "Terms",
    "quote",
    "subtotal_of",
]
