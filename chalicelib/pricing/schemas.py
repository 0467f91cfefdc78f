"""What do exchange rates and quotes look like on the wire?"""

from datetime import datetime
from typing import Annotated

from pydantic import Field, StringConstraints

from chalicelib.core.money import Money
from chalicelib.core.wire import Currency, Draft, View
from chalicelib.pricing.rules import RateOrigin
from chalicelib.shipping.rules import MethodKind

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


class DeliveryView(View):
    """How goods go, what that costs before promotions, and between which days they arrive where that is promised."""

    method_id: str
    kind: MethodKind
    name: str
    charge: Money
    earliest_on: str | None
    latest_on: str | None


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
