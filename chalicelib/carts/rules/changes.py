"""What has become of goods since they were put in? Price, whether they are sold at all, and how many are left."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from chalicelib.carts.rules.lines import CartLine, Lines
from chalicelib.core.money import Money


class ChangeKind(StrEnum):
    PRICE_CHANGED = "price_changed"
    NOT_FOR_SALE = "not_for_sale"
    FEWER_LEFT = "fewer_left"  # some, but not as many as are in the cart
    SOLD_OUT = "sold_out"


@dataclass(frozen=True)
class LineChange:
    """What is otherwise about one line. Prices belong to a price that moved, ``left`` to units that are lacking."""

    kind: ChangeKind
    line: CartLine
    was: Money | None = None
    now: Money | None = None
    left: int | None = None


def changes(lines: Lines, *, prices: Mapping[str, Money], available: Mapping[str, int]) -> list[LineChange]:
    """Return what is otherwise than the lines say; both maps are by SKU, and what has no price is not for sale."""
    return [change for line in lines for change in _changes(line, prices.get(line.sku), available.get(line.sku, 0))]


def _changes(line: CartLine, price: Money | None, available: int) -> list[LineChange]:
    if price is None:
        return [LineChange(ChangeKind.NOT_FOR_SALE, line)]
    found = []
    if price != line.unit_price:
        found.append(LineChange(ChangeKind.PRICE_CHANGED, line, was=line.unit_price, now=price))
    if available < line.quantity:
        left = max(available, 0)
        found.append(LineChange(ChangeKind.FEWER_LEFT if left else ChangeKind.SOLD_OUT, line, left=left))
    return found
