"""How do units come and go, and what is a shopper told about them?"""

from collections.abc import Iterable

from chalicelib.core import audit, clock, ids
from chalicelib.core.settings import settings
from chalicelib.core.storage import keys, transactions
from chalicelib.core.storage.table import Item, Slice
from chalicelib.inventory import rules, store
from chalicelib.inventory.errors import StockBelowZero, StockUnknown
from chalicelib.inventory.models import Movement, Stock
from chalicelib.inventory.rules import Availability, MovementKind


def open_stock(product_id: str, sku: str) -> None:
    """Begin to count a SKU, at nothing. Joins the transaction that makes the variant."""
    with transactions.write() as work:
        work.create(Stock.at(keys.stock(product_id, sku), product_id=product_id, sku=sku))


def availability_in(items: Iterable[Item]) -> dict[str, Availability]:
    """Return what shoppers are told of each SKU whose stock is among the items of a product's partition."""
    low_at = settings.low_stock_units
    return {item.sku: rules.availability(item.available, low_at=low_at) for item in items if isinstance(item, Stock)}


def stock_of_product(product_id: str) -> list[Stock]:
    """Return the stock of every SKU of a product; raises ``StockUnknown`` if nothing of it was ever counted."""
    found = store.stock_of_product(product_id)
    if not found:
        raise StockUnknown(product_id=product_id)
    return found


def movements_of_product(product_id: str, *, after: str | None, limit: int) -> Slice[Movement]:
    """Return a page of a product's ledger, newest first."""
    return store.movements_of_product(product_id, after=after, limit=limit)


def receive(product_id: str, sku: str, quantity: int, *, note: str, by: str) -> Movement:
    """Add delivered units: ledger row and stock in one transaction."""
    return move(product_id, sku, quantity, kind=MovementKind.RECEIPT, note=note, by=by)


def move(product_id: str, sku: str, quantity: int, *, kind: MovementKind, note: str, by: str) -> Movement:
    """Add units, or take away ones that nobody holds: ledger row and stock in one transaction.

    Raises ``StockUnknown`` or ``StockBelowZero``.
    """
    stock = store.find_stock(product_id, sku)
    if stock is None:
        raise StockUnknown(product_id=product_id, sku=sku)
    movement = _movement(stock, quantity, kind=kind, note=note, by=by)
    enough = Stock.available >= max(0, -quantity)
    with transactions.write() as work:
        work.create(movement)
        work.update(
            stock,
            [Stock.available.set(Stock.available + quantity), Stock.on_hand.set(Stock.on_hand + quantity)],
            when=enough,
            refusal=StockBelowZero(sku=sku, quantity=quantity),
        )
    audit.changed(
        {}, {"sku": sku, "quantity": quantity, "reason": kind, "note": note, "movement_id": movement.movement_id}
    )
    return movement


def _movement(stock: Stock, quantity: int, *, kind: MovementKind, note: str, by: str) -> Movement:
    movement_id = ids.new("mov")
    return Movement.at(
        keys.movement(stock.product_id, movement_id),
        movement_id=movement_id,
        product_id=stock.product_id,
        sku=stock.sku,
        reason=kind,
        quantity=quantity,
        note=note,
        moved_at=clock.as_text(clock.now()),
        moved_by=by,
    )
