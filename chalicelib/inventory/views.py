"""How does stored stock become what staff see?"""

from collections.abc import Iterable

from chalicelib.inventory.models import Movement, Stock
from chalicelib.inventory.rules import MovementKind
from chalicelib.inventory.schemas import ProductStockView, StockMovementView, StockView


def product_stock_view(stock: Iterable[Stock]) -> ProductStockView:
    """Show the units of every SKU."""
    items = [StockView(sku=each.sku, available=each.available, on_hand=each.on_hand) for each in stock]
    return ProductStockView(items=items)


def movement_view(movement: Movement) -> StockMovementView:
    """Show a ledger row."""
    return StockMovementView(
        id=movement.movement_id,
        sku=movement.sku,
        kind=MovementKind(movement.reason),
        quantity=movement.quantity,
        note=movement.note,
        moved_at=movement.moved_at,
        moved_by=movement.moved_by,
    )
