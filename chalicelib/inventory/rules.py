"""What follows from a number of units? Pure decisions about stock."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum


class ReservationStatus(StrEnum):
    """A reservation moves once: from held to spent or to released."""

    HELD = "held"
    SPENT = "spent"
    RELEASED = "released"


class MovementKind(StrEnum):
    """Why units came or went."""

    RECEIPT = "receipt"
    SALE = "sale"
    ADJUSTMENT = "adjustment"
    RETURN = "return"


class AdjustmentReason(StrEnum):
    """What a count found out, or what became of the units."""

    COUNT = "count"
    DAMAGE = "damage"
    THEFT = "theft"
    LOSS = "loss"
    FOUND = "found"
    OTHER = "other"  # which a note explains


class StockLevel(StrEnum):
    """How much of a SKU lies in the shop, as far as anybody need be told."""

    OK = "ok"
    LOW = "low"
    OUT = "out"


_FALLING = (StockLevel.OK, StockLevel.LOW, StockLevel.OUT)


@dataclass(frozen=True)
class StockLine:
    """Some units of one SKU."""

    product_id: str
    sku: str
    quantity: int


@dataclass(frozen=True)
class Availability:
    """What a shopper is told. ``left`` is a number only when few are left."""

    in_stock: bool
    left: int | None


@dataclass(frozen=True)
class Shortage:
    """A SKU of which more is wanted than is left."""

    sku: str
    wanted: int
    left: int


NOTHING_LEFT = Availability(in_stock=False, left=0)


def summed(lines: Iterable[StockLine]) -> list[StockLine]:
    """Return one line per SKU, since a transaction may touch each stock item only once."""
    wanted: Counter[tuple[str, str]] = Counter()
    for line in lines:
        wanted[line.product_id, line.sku] += line.quantity
    return [StockLine(product_id, sku, quantity) for (product_id, sku), quantity in wanted.items()]


def availability(available: int, *, low_at: int) -> Availability:
    """Tell whether it can be bought, and how few are left when that may hurry somebody."""
    return Availability(in_stock=available > 0, left=available if available <= low_at else None)


def shortages(lines: Iterable[StockLine], available: Mapping[str, int]) -> list[Shortage]:
    """Return every line that what is available does not cover."""
    return [
        Shortage(line.sku, line.quantity, available.get(line.sku, 0))
        for line in lines
        if available.get(line.sku, 0) < line.quantity
    ]


def level(on_hand: int, *, low_at: int) -> StockLevel:
    """Return how far so many units are down."""
    if on_hand <= 0:
        return StockLevel.OUT
    return StockLevel.LOW if on_hand <= low_at else StockLevel.OK


def has_fallen(before: StockLevel, now: StockLevel) -> bool:
    """Tell whether a level was crossed downwards."""
    return _FALLING.index(now) > _FALLING.index(before)
