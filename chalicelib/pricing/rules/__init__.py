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
from chalicelib.pricing.rules.taxes import (
    SHIPPING,
    TaxClass,
    TaxRates,
    TaxRule,
    percent_for,
    percent_for_shipping,
    repeated_rules,
)

__all__ = [
    "SHIPPING",
    "Conversion",
    "Judged",
    "Priceable",
    "Quote",
    "QuoteLine",
    "Rate",
    "RateOrigin",
    "Rates",
    "ShippingMethod",
    "TaxClass",
    "TaxRates",
    "TaxRule",
    "Terms",
    "judged",
    "kept",
    "percent_for",
    "percent_for_shipping",
    "quote",
    "repeated_rules",
    "subtotal_of",
]
