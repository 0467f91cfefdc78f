"""What do exchange rates, tax rates and quotes look like on the wire?"""

from datetime import datetime
from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints
from pydantic_core import PydanticCustomError

from chalicelib.core.money import Money
from chalicelib.core.wire import Currency, Draft, View
from chalicelib.pricing.rules import SHIPPING, RateOrigin, TaxClass, TaxRule, repeated_rules
from chalicelib.shipping.schemas import DeliveryOptionView, RegionDraft

RateText = Annotated[
    str,
    StringConstraints(pattern=r"^([1-9][0-9]{0,5}(\.[0-9]{1,9})?|0\.[0-9]{0,8}[1-9])$"),
    Field(
        description="Above 0 and below 1,000,000; below 1 it does not end in 0.",
        examples=["0.0069", "128.5"],
    ),
]


class ExchangeRatesChange(Draft):
    """Rates that staff keep, and null for those that they let go of."""

    rates: Annotated[dict[Currency, RateText | None], Field(min_length=1)]


class ExchangeRateView(View):
    """How much of a currency one unit of the shop's own buys, since when, and who says so."""

    currency: str
    rate: str
    as_of: datetime
    origin: RateOrigin


class ExchangeRatesView(View):
    """All rates that the shop knows."""

    base: Annotated[str, Field(description="The shop's own currency.")]
    items: list[ExchangeRateView]
    next_cursor: None = None


TaxPercent = Annotated[
    str,
    StringConstraints(pattern=r"^(100|[1-9]?[0-9](\.[0-9]{1,3})?)$"),
    Field(description="From 0 to 100, with up to three digits after the point.", examples=["15", "7.5"]),
]
TaxedClass = Annotated[
    str,
    StringConstraints(pattern=f"^({'|'.join((*TaxClass, SHIPPING))})$"),
    Field(
        description="A class of goods, or `shipping`. Delivery is taxed as what is delivered where no rule is about it."
    ),
]


class TaxRuleDraft(RegionDraft):
    """The rate of a class in a region, in a country, or everywhere."""

    tax_class: TaxedClass
    percent: TaxPercent

    @property
    def rule(self) -> TaxRule:
        return TaxRule(self.tax_class, self.percent, self.country or "", self.region)


def _told_apart(rules: list[TaxRuleDraft]) -> list[TaxRuleDraft]:
    if repeated_rules([each.rule for each in rules]):
        raise PydanticCustomError("repeated", "Give this once.")
    return rules


class TaxRatesDraft(Draft):
    """All rules. The one that describes a place most closely counts there, and `TAX_PERCENT` where none does."""

    items: Annotated[list[TaxRuleDraft], Field(max_length=100), AfterValidator(_told_apart)]


class TaxRuleView(View):
    """The rate of a class in a region, in a country, or everywhere."""

    tax_class: str
    percent: str
    country: str | None
    region: str


class TaxRatesView(View):
    """Every rule, and the percentage of what no rule is about."""

    standard_percent: str
    items: list[TaxRuleView]
    next_cursor: None = None


class QuoteLineView(View):
    """One line with its part of every total; ``total`` is what returning it gives back.

    ``shipping`` is its share of what delivery costs, and ``tax`` covers both: ``shipping_tax`` is the part on delivery.
    """

    sku: str
    product_id: str
    vendor_id: str
    title: str
    options: dict[str, str]
    quantity: int
    unit_price: Money
    subtotal: Money
    discount: Money
    shipping: Money
    tax_percent: str
    tax: Money
    shipping_tax: Money
    total: Money


class TotalsView(View):
    """``total`` is what is paid: ``subtotal - discount + shipping``, and ``tax`` too where prices exclude it."""

    subtotal: Money
    discount: Money
    shipping: Money
    tax: Money
    total: Money


class AppliedPromotionView(View):
    """What a promotion gave in all, off the goods or off delivery."""

    promotion_id: str
    code: Annotated[str | None, Field(description="The coupon that brought it; null for an automatic one.")]
    name: str
    amount: Money


class TaxShareView(View):
    """What is taxed at one percentage. ``base`` is without the tax; all bases and taxes add up to the total."""

    percent: str
    base: Money
    tax: Money


class DeliveryView(DeliveryOptionView):
    """How goods go. ``charge`` is what that costs before a promotion makes it free."""


class QuotedView(View):
    """What goods cost together, under which terms."""

    lines: list[QuoteLineView]
    totals: TotalsView
    prices_include_tax: bool
    applied: list[AppliedPromotionView]
    taxes: list[TaxShareView]
    delivery: DeliveryView | None
    rate: Annotated[str | None, Field(description="By which amounts were converted, where they were not listed.")]
    rate_as_of: str | None
