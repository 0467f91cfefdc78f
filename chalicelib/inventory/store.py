"""How is stock looked up?"""

from collections.abc import Iterable

from chalicelib.core.storage import keys
from chalicelib.core.storage.table import Slice, find, find_many, page, partition
from chalicelib.inventory.models import Movement, Reservation, Stock, StockWatch
from chalicelib.inventory.rules import StockLine


def stock_of_product(product_id: str) -> list[Stock]:
    """Return the stock of every SKU of a product, in order of SKU."""
    items = partition(keys.product_parts(product_id), prefix=keys.STOCK_PREFIX, consistent=True)
    return [item for item in items if isinstance(item, Stock)]


def stock_of_lines(lines: Iterable[StockLine]) -> list[Stock]:
    """Return the stock that these lines ask for."""
    items = find_many(keys.stock(line.product_id, line.sku) for line in lines)
    return [item for item in items if isinstance(item, Stock)]


def stock_with_watch(product_id: str, sku: str) -> tuple[Stock | None, StockWatch | None]:
    """Return the stock of one SKU, and how far it had fallen when it was last looked at."""
    found = find_many([keys.stock(product_id, sku), keys.stock_watch(product_id, sku)])
    stock = next((item for item in found if isinstance(item, Stock)), None)
    return stock, next((item for item in found if isinstance(item, StockWatch)), None)


def movements_of_product(product_id: str, *, after: str | None, limit: int) -> Slice[Movement]:
    """Return a page of a product's ledger, newest first."""
    ledger, prefix = keys.movements(product_id), keys.MOVEMENT_PREFIX
    return page(Movement, ledger, prefix=prefix, after=after, limit=limit, newest_first=True)


def find_reservation(reservation_id: str) -> Reservation | None:
    """Return a reservation as it is now."""
    return find(Reservation, keys.reservation(reservation_id))
