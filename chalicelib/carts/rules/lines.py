"""Which goods may be in a cart? Lines, one per SKU, within the limits of what one order can carry."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache

from pydantic import TypeAdapter

from chalicelib.carts.errors import CartLineNotFound, CartTooLarge, TooManySkus, TooManyUnits, TooManyVendors
from chalicelib.catalog.rules import Offer
from chalicelib.core.money import Money, total_of
from chalicelib.pricing.rules import Goods

_LINE_PREFIX = "lin_"


class CartStatus(StrEnum):
    OPEN = "open"
    CHECKING_OUT = "checking_out"  # a checkout holds it; nothing may change
    CONVERTED = "converted"  # it became an order
    MERGED = "merged"  # its lines went to its shopper's own cart


_MOVES: dict[CartStatus, frozenset[CartStatus]] = {
    CartStatus.OPEN: frozenset({CartStatus.CHECKING_OUT, CartStatus.MERGED}),
    CartStatus.CHECKING_OUT: frozenset({CartStatus.OPEN, CartStatus.CONVERTED}),
    CartStatus.CONVERTED: frozenset(),
    CartStatus.MERGED: frozenset(),
}


@dataclass(frozen=True)
class CartLine:
    """Some units of one SKU, as it was offered when the shopper last put it in."""

    sku: str
    product_id: str
    vendor_id: str
    title: Mapping[str, str]
    options: Mapping[str, str]
    unit_price: Money
    quantity: int
    weight_grams: int

    @property
    def id(self) -> str:
        """Return the line's name in its cart: a SKU has one line, so it names it."""
        return f"{_LINE_PREFIX}{self.sku}"

    @property
    def subtotal(self) -> Money:
        return self.unit_price * self.quantity

    def at_price(self, unit_price: Money) -> "CartLine":
        """Return the line at another price."""
        return replace(self, unit_price=unit_price)

    def priced(self, offer: Offer) -> Goods:
        """Return the line's units as they are priced by an offer; texts stay as they were put in."""
        return Goods(
            sku=self.sku,
            product_id=self.product_id,
            vendor_id=self.vendor_id,
            title=self.title,
            options=self.options,
            quantity=self.quantity,
            unit_price=offer.price,
            weight_grams=offer.weight_grams,
            tax_class=offer.tax_class,
            brand_id=offer.brand_id,
            category_ids=offer.category_ids or (),
        )


@dataclass(frozen=True)
class Limits:
    """How much one cart takes."""

    skus: int
    vendors: int
    quantity: int
    stored_bytes: int


Lines = Sequence[CartLine]


def may_move(status: str, to: CartStatus) -> bool:
    """Tell whether a cart may move to that status."""
    return to in _MOVES[CartStatus(status)]


def is_over(status: str) -> bool:
    """Tell whether nothing can happen to a cart any more."""
    return not _MOVES[CartStatus(status)]


def with_line(lines: Lines, offered: CartLine, limits: Limits) -> list[CartLine]:
    """Put units in: a SKU that is there gets more of them, and today's offer. Raises which limit is in the way."""
    present = _find(lines, offered.id)
    if present is not None:
        grown = replace(offered, quantity=present.quantity + offered.quantity)
        return _storable(_replaced(lines, _within(grown, limits)), limits)
    if _is_full(lines, limits):
        raise TooManySkus(limit=limits.skus)
    if _is_a_vendor_too_many(offered, lines, limits):
        raise TooManyVendors(limit=limits.vendors)
    return _storable([*lines, _within(offered, limits)], limits)


def with_changed_line(lines: Lines, offered: CartLine, limits: Limits) -> list[CartLine]:
    """Put today's offer in the place of the SKU's line, with exactly as many units as it says."""
    demand_line(lines, offered.id)
    return _storable(_replaced(lines, _within(offered, limits)), limits)


def without_line(lines: Lines, line_id: str) -> list[CartLine]:
    """Take a line out."""
    gone = demand_line(lines, line_id)
    return [line for line in lines if line is not gone]


def demand_line(lines: Lines, line_id: str) -> CartLine:
    """Return the line of that id, or raise that there is none."""
    line = _find(lines, line_id)
    if line is None:
        raise CartLineNotFound()
    return line


def sku_of(line_id: str) -> str:
    """Return the SKU whose line has that id."""
    if not line_id.startswith(_LINE_PREFIX):
        raise CartLineNotFound()
    return line_id.removeprefix(_LINE_PREFIX)


def merged(own: Lines, brought: Lines, limits: Limits) -> tuple[list[CartLine], list[CartLine]]:
    """Pour a guest's lines into a customer's: units add up as far as the limits go.

    Returns the lines and what did not fit. The customer's own lines stay, at the prices they have.
    """
    lines, left_out = list(own), []
    for line in brought:
        lines, units = _poured(line, lines, limits)
        if units < line.quantity:
            left_out.append(replace(line, quantity=line.quantity - units))
    return lines, left_out


def beyond(own: Lines, brought: Lines) -> list[CartLine]:
    """Return what these lines hold more of than those do: what a copy of a cart adds to the cart itself."""
    units = {line.sku: line.quantity for line in own}
    more = [replace(line, quantity=line.quantity - units.get(line.sku, 0)) for line in brought]
    return [line for line in more if line.quantity > 0]


def stored_bytes_of(lines: Lines) -> int:
    """Return how long the lines are as one JSON text: the most they take, since they are packed when stored."""
    return len(_as_stored().dump_json(list(lines)))


def subtotal_of(lines: Lines, currency: str) -> Money:
    """Return what all lines cost at the prices they were put in at, before tax and delivery."""
    return total_of([line.subtotal for line in lines], currency)


def _within(line: CartLine, limits: Limits) -> CartLine:
    if line.quantity > limits.quantity:
        raise TooManyUnits(sku=line.sku, limit=limits.quantity)
    return line


def _storable(lines: list[CartLine], limits: Limits) -> list[CartLine]:
    if stored_bytes_of(lines) > limits.stored_bytes:
        raise CartTooLarge(limit_bytes=limits.stored_bytes)
    return lines


def _poured(line: CartLine, lines: list[CartLine], limits: Limits) -> tuple[list[CartLine], int]:
    """Put in as many units of a line as the limits allow; return the lines, and how many units that were."""
    units = min(line.quantity, _room_for(line, lines, limits))
    held = _find(lines, line.id)
    if units == 0:
        return lines, 0
    try:
        return with_line(lines, replace(held or line, quantity=units), limits), units
    except CartTooLarge:
        return lines, 0


def _room_for(line: CartLine, lines: Lines, limits: Limits) -> int:
    """Return how many more units of a line's SKU these lines take."""
    held = _find(lines, line.id)
    if held is None and (_is_full(lines, limits) or _is_a_vendor_too_many(line, lines, limits)):
        return 0
    return max(limits.quantity - (held.quantity if held else 0), 0)


def _is_full(lines: Lines, limits: Limits) -> bool:
    return len(lines) >= limits.skus


def _is_a_vendor_too_many(line: CartLine, lines: Lines, limits: Limits) -> bool:
    return len({line.vendor_id} | {each.vendor_id for each in lines}) > limits.vendors


def _find(lines: Lines, line_id: str) -> CartLine | None:
    return next((line for line in lines if line.id == line_id), None)


def _replaced(lines: Lines, changed: CartLine) -> list[CartLine]:
    return [changed if line.sku == changed.sku else line for line in lines]


@cache
def _as_stored() -> TypeAdapter[list[CartLine]]:
    return TypeAdapter(list[CartLine])
