"""What is there of a product, and what is a shopper told about it? Whoever is limited to a vendor sees its own."""

from collections.abc import Iterable

from chalicelib.core.settings import settings
from chalicelib.core.storage import keys, transactions
from chalicelib.core.storage.key import Key
from chalicelib.core.storage.table import Item, Slice
from chalicelib.inventory import rules, store
from chalicelib.inventory.errors import StockUnknown
from chalicelib.inventory.models import Movement, Stock
from chalicelib.inventory.rules import Availability, StockLine


def open_stock(product_id: str, sku: str, *, vendor_id: str | None = None) -> None:
    """Begin to count a SKU, at nothing. Joins the transaction that makes the variant."""
    with transactions.write() as work:
        work.create(Stock.at(keys.stock(product_id, sku), product_id=product_id, sku=sku, vendor_id=vendor_id))


def availability_in(items: Iterable[Item]) -> dict[str, Availability]:
    """Return what shoppers are told of each SKU whose stock is among the items of a product's partition."""
    low_at = settings.low_stock_units
    return {item.sku: rules.availability(item.available, low_at=low_at) for item in items if isinstance(item, Stock)}


def keys_of(lines: Iterable[StockLine]) -> list[Key]:
    """Return where the stock of these lines is, for callers who read it together with something of their own."""
    return [keys.stock(line.product_id, line.sku) for line in lines]


def available_in(items: Iterable[Item]) -> dict[str, int]:
    """Return how many units of each SKU may still be sold whose stock is among some items."""
    return {item.sku: item.available for item in items if isinstance(item, Stock)}


def stock_of_product(product_id: str, *, limited_to: str | None = None) -> list[Stock]:
    """Return the stock of every SKU of a product: 1 Query.

    Raises ``StockUnknown`` if nothing of it was ever counted, or if it is not the vendor's.
    """
    found = [each for each in store.stock_of_product(product_id) if is_within(limited_to, each)]
    if not found:
        raise StockUnknown(product_id=product_id)
    return found


def movements_of_product(
    product_id: str, *, after: str | None, limit: int, limited_to: str | None = None
) -> Slice[Movement]:
    """Return a page of a product's ledger, newest first: 1 Query, and before it one for a vendor's right to read it.

    Raises ``StockUnknown`` for a product that is not the vendor's.
    """
    if limited_to is not None:
        stock_of_product(product_id, limited_to=limited_to)
    return store.movements_of_product(product_id, after=after, limit=limit)


def is_within(limited_to: str | None, stock: Stock) -> bool:
    """Tell whether somebody who is limited to a vendor may see and move this."""
    return limited_to in (None, stock.vendor_id)
