"""What do goods cost together, and what is that in another currency? Pure decisions about prices."""

from chalicelib.pricing.rules.discounting import APPLIED_LIMIT, is_enough, is_for
from chalicelib.pricing.rules.former import line_with_discounts, percent_behind, with_discounts
from chalicelib.pricing.rules.promotions import Promotion, PromotionKind, Scope
from chalicelib.pricing.rules.quotes import (
    AppliedPromotion,
    Goods,
    LineDiscount,
    Priceable,
    Quote,
    QuoteLine,
    TaxShare,
    Terms,
    subtotal_of,
)
from chalicelib.pricing.rules.quoting import delivery_options, quote
from chalicelib.pricing.rules.rates import Conversion, Judged, Rate, RateOrigin, Rates, judged, kept
from chalicelib.pricing.rules.refunding import Refundable, refundable, refundable_delivery
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
    "APPLIED_LIMIT",
    "SHIPPING",
    "AppliedPromotion",
    "Conversion",
    "Goods",
    "Judged",
    "LineDiscount",
    "Priceable",
    "Promotion",
    "PromotionKind",
    "Quote",
    "QuoteLine",
    "Rate",
    "RateOrigin",
    "Rates",
    "Refundable",
    "Scope",
    "TaxClass",
    "TaxRates",
    "TaxRule",
    "TaxShare",
    "Terms",
    "delivery_options",
    "is_enough",
    "is_for",
    "judged",
    "kept",
    "line_with_discounts",
    "percent_behind",
    "percent_for",
    "percent_for_shipping",
    "quote",
    "refundable",
    "refundable_delivery",
    "repeated_rules",
    "subtotal_of",
    "with_discounts",
]
