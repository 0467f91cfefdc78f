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
from chalicelib.pricing.rules.rates import Conversion, Judged, Rate, RateOrigin, Rates, judged, kept

__all__ = [
    "Conversion",
    "Judged",
    "Priceable",
    "Quote",
    "QuoteLine",
    "Rate",
    "RateOrigin",
    "Rates",
    "ShippingMethod",
    "Terms",
    "judged",
    "kept",
    "quote",
    "subtotal_of",
]
