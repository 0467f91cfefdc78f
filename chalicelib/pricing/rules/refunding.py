"""What goes back for some units of a line? Parts that add up exactly, in however many steps they go back."""

from dataclasses import dataclass
from decimal import Decimal

from chalicelib.core.money import Money, round_half_up
from chalicelib.pricing.rules.quotes import QuoteLine


@dataclass(frozen=True)
class Refundable:
    """What some units cost in the end: goods after discounts, their share of delivery, and the tax on both.

    ``shipping_tax`` is the part of ``tax`` on delivery. ``total`` is what goes back: with prices that include tax
    ``goods`` and ``shipping``, otherwise those and ``tax``.
    """

    goods: Money
    shipping: Money
    tax: Money
    shipping_tax: Money
    total: Money


def refundable(line: QuoteLine, units: int, already_returned: int, *, with_shipping: bool) -> Refundable:
    """Return what goes back for so many more units of a line, with or without what their delivery cost.

    Each part is the difference of two shares of the line's, rounded HALF_UP: that of all units returned by then, and
    that of those before. So returns of all units add up to the line, in whatever steps, and none is negative.
    Raises ``ValueError`` for units that the line does not have.
    """
    nothing = Money(0, line.total.currency)
    goods = _part(line.subtotal - line.discount, units, already_returned, of=line)
    goods_tax = _part(line.tax - line.shipping_tax, units, already_returned, of=line)
    delivery = refundable_delivery(line, units, already_returned) if with_shipping else None
    return Refundable(
        goods=goods,
        shipping=delivery.shipping if delivery else nothing,
        tax=goods_tax + delivery.tax if delivery else goods_tax,
        shipping_tax=delivery.tax if delivery else nothing,
        total=_whole(goods, goods_tax, line) + (delivery.total if delivery else nothing),
    )


def refundable_delivery(line: QuoteLine, units: int, already_returned: int) -> Refundable:
    """Return what goes back of the delivery of units that went back without it."""
    shipping = _part(line.shipping, units, already_returned, of=line)
    tax = _part(line.shipping_tax, units, already_returned, of=line)
    return Refundable(Money(0, line.total.currency), shipping, tax, tax, _whole(shipping, tax, line))


def _part(amount: Money, units: int, already_returned: int, *, of: QuoteLine) -> Money:
    until = already_returned + units
    if already_returned < 0 or units < 0 or until > of.quantity:
        raise ValueError(f"{of.sku} has {of.quantity} units, not {already_returned} and {units} more")
    before, after = (round_half_up(Decimal(amount.minor * each) / of.quantity) for each in (already_returned, until))
    return Money(after - before, amount.currency)


def _whole(amount: Money, tax: Money, line: QuoteLine) -> Money:
    is_included = line.total == line.subtotal - line.discount + line.shipping
    return amount if is_included else amount + tax
