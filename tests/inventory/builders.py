"""Which stock do the tests of the inventory begin with?"""

from chalicelib.core.storage import keys
from chalicelib.core.storage.table import partition
from chalicelib.inventory import service as inventory
from chalicelib.inventory import store
from chalicelib.inventory.models import Movement, Stock
from chalicelib.inventory.service import StockLine

COFFEE = "prd_YIRGACHEFFE"


def some_stock(sku: str = "COFFEE-250", units: int = 10, *, product_id: str = COFFEE) -> str:
    """Open the stock of a SKU and receive some units; return the SKU."""
    inventory.open_stock(product_id, sku)
    if units:
        inventory.receive(product_id, sku, units, note="from Gedeo", by="usr_KEEPER")
    return sku


def a_line(sku: str = "COFFEE-250", quantity: int = 1, *, product_id: str = COFFEE) -> StockLine:
    """Return a line that wants some units."""
    return StockLine(product_id, sku, quantity)


def units(sku: str = "COFFEE-250", *, product_id: str = COFFEE) -> tuple[int, int]:
    """Return what is available and what is on hand."""
    stock = store.find_stock(product_id, sku)
    assert isinstance(stock, Stock)
    return stock.available, stock.on_hand


def ledger(sku: str = "COFFEE-250") -> list[tuple[str, int]]:
    """Return reason and quantity of each movement, oldest first."""
    rows = partition(keys.movements(COFFEE), consistent=True)
    return [(row.reason, row.quantity) for row in rows if isinstance(row, Movement) and row.sku == sku]
