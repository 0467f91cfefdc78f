"""What do these goods cost? A quote whose line parts add up to its totals exactly.

Every line carries its own share of the delivery charge and its own tax, rounded HALF_UP once per line, so
that returning one line later gives back precisely what it cost.

    prices include tax:   total = subtotal + shipping          (tax says how much of it is tax)
    prices exclude tax:   total = subtotal + shipping + tax
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Protocol

from chalicelib.core.money import Money, allocate, percentage_of, round_half_up, total_of


class ShippingMethod(StrEnum):
    FLAT = "flat"


class Priceable(Protocol):
    """What pricing must know of a line, whoever keeps it."""

    @property
    def sku(self) -> str: ...
    @property
    def product_id(self) -> str: ...
    @property
    def vendor_id(self) -> str: ...
    @property
    def title(self) -> Mapping[str, str]: ...
    @property
    def options(self) -> Mapping[str, str]: ...
    @property
    def quantity(self) -> int: ...
    @property
    def unit_price(self) -> Money: ...


@dataclass(frozen=True)
class Terms:
    """The shop's terms on the day: how goods are taxed and what delivery costs."""

    currency: str
    tax_percent: Decimal
    prices_include_tax: bool
    shipping: Money
    shipping_method: ShippingMethod = ShippingMethod.FLAT


@dataclass(frozen=True)
class QuoteLine:
    """One line of a quote. ``tax`` covers the goods and their share of ``shipping``; ``total`` is all that is paid."""

    sku: str
    product_id: str
    vendor_id: str
    title: Mapping[str, str]
    options: Mapping[str, str]
    quantity: int
    unit_price: Money
    subtotal: Money
    shipping: Money
    tax: Money
    total: Money


@dataclass(frozen=True)
class Quote:
    """What everything costs. It is plain data, so that a checkout can freeze it and an order keep it."""

    lines: tuple[QuoteLine, ...]
    subtotal: Money
    shipping: Money
    tax: Money
    total: Money
    tax_percent: Decimal
    prices_include_tax: bool
    shipping_method: ShippingMethod

    @property
    def currency(self) -> str:
        """Return the one currency of all its amounts."""
        return self.total.currency


def quote(lines: Sequence[Priceable], terms: Terms) -> Quote:
    """Price some goods; delivery is shared out over the lines in proportion to what they cost.

    Raises ``ValueError`` for no lines at all, and for prices in another currency than the terms'.
    """
    if not lines:
        raise ValueError("no goods to price")
    subtotals = [subtotal_of(line) for line in lines]
    shares = allocate(terms.shipping, [subtotal.minor for subtotal in subtotals])
    quoted = tuple(
        _line(line, subtotal=subtotal, shipping=share, terms=terms)
        for line, subtotal, share in zip(lines, subtotals, shares, strict=True)
    )
    return Quote(
        lines=quoted,
        subtotal=total_of([line.subtotal for line in quoted], terms.currency),
        shipping=total_of([line.shipping for line in quoted], terms.currency),
        tax=total_of([line.tax for line in quoted], terms.currency),
        total=total_of([line.total for line in quoted], terms.currency),
        tax_percent=terms.tax_percent,
        prices_include_tax=terms.prices_include_tax,
        shipping_method=terms.shipping_method,
    )


def subtotal_of(line: Priceable) -> Money:
    """Return what a line's goods cost at their listed price."""
    return line.unit_price * line.quantity


def _line(line: Priceable, *, subtotal: Money, shipping: Money, terms: Terms) -> QuoteLine:
    listed = subtotal + shipping
    tax = (
        _tax_within(listed, terms.tax_percent) if terms.prices_include_tax else percentage_of(listed, terms.tax_percent)
    )
    return QuoteLine(
        sku=line.sku,
        product_id=line.product_id,
        vendor_id=line.vendor_id,
        title=line.title,
        options=line.options,
        quantity=line.quantity,
        unit_price=line.unit_price,
        subtotal=subtotal,
        shipping=shipping,
        tax=tax,
        total=listed if terms.prices_include_tax else listed + tax,
    )


def _tax_within(amount: Money, percent: Decimal) -> Money:
    return Money(round_half_up(Decimal(amount.minor) * percent / (100 + percent)), amount.currency)
