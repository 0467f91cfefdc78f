"""Which stock do the tests of the inventory begin with?"""

from typing import Any, TypeVar

from chalicelib.core.storage import keys
from chalicelib.core.storage.table import partition
from chalicelib.inventory import service as inventory
from chalicelib.inventory import store
from chalicelib.inventory.models import Movement, Stock, StockWatch
from chalicelib.inventory.service import StockLine

T = TypeVar("T", Movement, Stock, StockWatch)

COFFEE, GEDEO = "prd_YIRGACHEFFE", "ven_GEDEO"


def some_stock(
    sku: str = "COFFEE-250", units: int = 10, *, product_id: str = COFFEE, vendor_id: str | None = GEDEO
) -> str:
    """Open the stock of a SKU and receive some units; return the SKU."""
    inventory.open_stock(product_id, sku, vendor_id=vendor_id)
    if units:
        inventory.receive(product_id, sku, units, note="from Gedeo", by="usr_KEEPER")
    return sku


def a_line(sku: str = "COFFEE-250", quantity: int = 1, *, product_id: str = COFFEE) -> StockLine:
    """Return a line that wants some units."""
    return StockLine(product_id, sku, quantity)


def units(sku: str = "COFFEE-250", *, product_id: str = COFFEE) -> tuple[int, int]:
    """Return what is available and what is on hand."""
    stock, _ = store.stock_with_watch(product_id, sku)
    assert isinstance(stock, Stock)
    return stock.available, stock.on_hand


def ledger(sku: str = "COFFEE-250") -> list[tuple[str, int]]:
    """Return kind and quantity of each movement, oldest first."""
    rows = partition(keys.movements(COFFEE), consistent=True)
    return [(row.cause, row.quantity) for row in rows if isinstance(row, Movement) and row.sku == sku]


def rows(kind: type[T], sku: str = "COFFEE-250") -> list[T]:
    """Return every row of a kind about a SKU, in order of keys."""
    places = (keys.product_parts(COFFEE), keys.movements(COFFEE), keys.stock_watch(COFFEE, sku).pk)
    found = [row for place in places for row in partition(place, consistent=True)]
    return [row for row in found if isinstance(row, kind) and row.sku == sku]


def the_row(kind: type[T], sku: str = "COFFEE-250", **wanted: Any) -> T:
    """Return the one row of a kind about a SKU whose attributes are so."""
    (row,) = [each for each in rows(kind, sku) if all(getattr(each, name) == wanted[name] for name in wanted)]
    return row


def judged(*, moved: int) -> None:
    """Look how far the coffee has fallen."""
    inventory.judge(COFFEE, "COFFEE-250", moved=moved)


def announced_by_watch() -> Any:
    """Return what the watch of the coffee announced when it was last written, if it did."""
    return the_row(StockWatch).event
