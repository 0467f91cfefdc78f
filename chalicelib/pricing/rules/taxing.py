"""What is the tax on an amount, and how much is taxed at which percentage?"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from chalicelib.core.money import Money, percentage_of, round_half_up
from chalicelib.pricing.rules.quotes import QuoteLine, TaxShare


@dataclass(frozen=True)
class LineTax:
    """The tax on a line's goods, and on its share of delivery."""

    on_goods: Money
    on_shipping: Money


def tax_on(amount: Money, percent: Decimal, *, is_included: bool) -> Money:
    """Return the tax that an amount contains, or that is added to it, rounded HALF_UP once."""
    if not is_included:
        return percentage_of(amount, percent)
    return Money(round_half_up(Decimal(amount.minor) * percent / (100 + percent)), amount.currency)


def line_tax(goods: Money, shipping: Money, *, percents: tuple[Decimal, Decimal], is_included: bool) -> LineTax:
    """Return the tax on a line. Goods and delivery that are taxed alike are rounded together, once."""
    percent, shipping_percent = percents
    on_goods = tax_on(goods, percent, is_included=is_included)
    if percent != shipping_percent:
        return LineTax(on_goods, tax_on(shipping, shipping_percent, is_included=is_included))
    return LineTax(on_goods, tax_on(goods + shipping, percent, is_included=is_included) - on_goods)


def taxes_of(lines: Iterable[QuoteLine], currency: str, *, is_included: bool) -> tuple[TaxShare, ...]:
    """Return what is taxed at each percentage, the highest first."""
    found: dict[Decimal, tuple[int, int]] = {}
    for line in lines:
        net, tax = line.subtotal - line.discount, line.tax - line.shipping_tax
        parts = ((line.tax_percent, net, tax), (line.shipping_tax_percent, line.shipping, line.shipping_tax))
        for percent, amount, on_it in parts:
            base, so_far = found.get(percent, (0, 0))
            found[percent] = base + amount.minor - (on_it.minor if is_included else 0), so_far + on_it.minor
    return tuple(
        TaxShare(percent, Money(base, currency), Money(tax, currency))
        for percent, (base, tax) in sorted(found.items(), reverse=True)
        if base or tax
    )
