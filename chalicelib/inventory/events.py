"""What does stock announce? Every movement, and each time that a SKU falls to where somebody should know."""

from dataclasses import dataclass
from typing import ClassVar

from chalicelib.core.events.event import Event


@dataclass(frozen=True)
class StockMoved(Event):
    """Units came or went, and the ledger says so. ``quantity`` is negative when they went."""

    TYPE: ClassVar[str] = "stock.moved"

    movement_id: str
    product_id: str
    sku: str
    quantity: int


@dataclass(frozen=True)
class StockLow(Event):
    """A SKU has fallen to its threshold or below, and some are ``left`` in the shop."""

    TYPE: ClassVar[str] = "stock.low"

    sku: str
    product_id: str
    vendor_id: str
    left: int


@dataclass(frozen=True)
class StockOut(Event):
    """The last unit of a SKU has left the shop."""

    TYPE: ClassVar[str] = "stock.out"

    sku: str
    product_id: str
    vendor_id: str
