"""What is a quote, and what is it made from? Plain data, so that a checkout can freeze it and an order keep it.

Of a line and of a whole quote alike:

    prices include tax:   total = subtotal - discount + shipping          (tax says how much of it is tax)
    prices exclude tax:   total = subtotal - discount + shipping + tax

Every part of the quote is the sum of that part over its lines. The bases and taxes of ``taxes`` add up to the total,
and what ``applied`` promotions gave is the discount and what was taken off the charge of ``delivery``.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Protocol

from chalicelib.core.money import Money
from chalicelib.pricing.rules.promotions import Promotion
from chalicelib.pricing.rules.rates import Conversion
from chalicelib.pricing.rules.taxes import TaxRates, is_taxed_by_region
from chalicelib.shipping.rules import DeliveryOption, Destination, Plan


class Priceable(Protocol):
    """What pricing must know of a line, whoever keeps it. ``category_ids`` are its own with all those they lie in."""

    @property
    def sku(self) -> str: ...
    @property
    def product_id(self) -> str: ...
    @property
    def vendor_id(self) -> str: ...
    @property
    def brand_id(self) -> str | None: ...
    @property
    def category_ids(self) -> Sequence[str]: ...
    @property
    def title(self) -> Mapping[str, str]: ...
    @property
    def options(self) -> Mapping[str, str]: ...
    @property
    def tax_class(self) -> str: ...
    @property
    def weight_grams(self) -> int: ...
    @property
    def quantity(self) -> int: ...
    @property
    def unit_price(self) -> Money: ...


@dataclass(frozen=True)
class Goods:
    """Some units of one SKU, as they are priced."""

    sku: str
    product_id: str
    vendor_id: str
    title: Mapping[str, str]
    options: Mapping[str, str]
    quantity: int
    unit_price: Money
    weight_grams: int
    tax_class: str
    brand_id: str | None = None
    category_ids: Sequence[str] = ()


@dataclass(frozen=True)
class Terms:
    """Under which terms goods are sold at a moment, to whom, and in which currency they are paid.

    ``promotions`` are all that may apply, in any order. Without ``method_id`` the cheapest delivery is taken, and
    pickup only where nothing else is offered.
    ``conversion`` turns amounts of plan and promotions into ``currency`` where they are in the shop's.
    Of the promotions named by ``limited_ids`` at most ``limited_at_most`` apply, whatever others would.
    """

    currency: str
    prices_include_tax: bool
    tax_rates: TaxRates
    plan: Plan
    at: datetime
    destination: Destination | None = None
    method_id: str | None = None
    promotions: Sequence[Promotion] = ()
    conversion: Conversion | None = None
    limited_ids: frozenset[str] = frozenset()
    limited_at_most: int = 0

    @property
    def is_region_needed(self) -> bool:
        """Tell whether delivery or tax could be others once the destination names its region."""
        to = self.destination
        return to is not None and (self.plan.is_served_by_region(to) or is_taxed_by_region(self.tax_rates, to))

    def has_room_for(self, promotion: Promotion, applied: Iterable[Promotion]) -> bool:
        """Tell whether a promotion is without limit, or few enough limited ones apply before it."""
        limited = sum(each.id in self.limited_ids for each in applied)
        return promotion.id not in self.limited_ids or limited < self.limited_at_most

    def in_currency(self, amount: Money) -> Money:
        """Return an amount in the currency that is paid. Raises ``ValueError`` where it cannot be converted."""
        if amount.currency == self.currency:
            return amount
        if self.conversion is None:
            raise ValueError(f"no rate for {amount.currency} in {self.currency}")
        return self.conversion.of(amount)


@dataclass(frozen=True)
class LineDiscount:
    """What one promotion takes off a line."""

    promotion_id: str
    amount: Money


@dataclass(frozen=True)
class QuoteLine:
    """One line of a quote.

    ``shipping`` is its share of what delivery costs after promotions, and ``tax`` covers both: ``shipping_tax`` is the
    part of it on delivery, at ``shipping_tax_percent``.
    """

    sku: str
    product_id: str
    vendor_id: str
    title: Mapping[str, str]
    options: Mapping[str, str]
    quantity: int
    unit_price: Money
    subtotal: Money
    discounts: tuple[LineDiscount, ...]
    discount: Money
    shipping: Money
    tax_percent: Decimal
    shipping_tax_percent: Decimal
    tax: Money
    shipping_tax: Money
    total: Money


@dataclass(frozen=True)
class AppliedPromotion:
    """What a promotion gave in all: off the goods, or off delivery."""

    promotion_id: str
    code: str | None
    name: Mapping[str, str]
    amount: Money


@dataclass(frozen=True)
class TaxShare:
    """What is taxed at one percentage: ``base`` is without the tax, whether or not prices include it."""

    percent: Decimal
    base: Money
    tax: Money


@dataclass(frozen=True)
class Quote:
    """What everything costs. ``delivery`` is there once a destination is known that is delivered to.

    ``rate`` and ``rate_as_of`` tell by what amounts were converted, where another currency than the shop's is paid.
    """

    lines: tuple[QuoteLine, ...]
    subtotal: Money
    discount: Money
    shipping: Money
    tax: Money
    total: Money
    prices_include_tax: bool
    applied: tuple[AppliedPromotion, ...]
    taxes: tuple[TaxShare, ...]
    delivery: DeliveryOption | None = None
    rate: str | None = None
    rate_as_of: str | None = None

    @property
    def currency(self) -> str:
        """Return the one currency of all its amounts."""
        return self.total.currency


def subtotal_of(line: Priceable) -> Money:
    """Return what a line's goods cost at their listed price."""
    return line.unit_price * line.quantity
