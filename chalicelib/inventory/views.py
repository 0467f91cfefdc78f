"""How does stored stock become what sellers see?"""

from collections.abc import Iterable

from chalicelib.inventory.models import Movement, Stock
from chalicelib.inventory.rules import AdjustmentReason, MovementKind
from chalicelib.inventory.schemas import ProductStockView, StockMovementView, StockView, WatchedStockView
from chalicelib.inventory.service import WatchedStock


def product_stock_view(stock: Iterable[Stock]) -> ProductStockView:
    """Show the units of every SKU."""
    items = [StockView(sku=each.sku, available=each.available, on_hand=each.on_hand) for each in stock]
    return ProductStockView(items=items)


def watched_stock_view(watched: WatchedStock) -> WatchedStockView:
    """Show the units of one SKU with its threshold."""
    return WatchedStockView(
        sku=watched.stock.sku,
        available=watched.stock.available,
        on_hand=watched.stock.on_hand,
        low_at=watched.low_at,
        is_own_threshold=watched.is_own_threshold,
        level=watched.level,
    )


def movement_view(movement: Movement) -> StockMovementView:
    """Show a ledger row."""
    return StockMovementView(
        id=movement.movement_id,
        sku=movement.sku,
        kind=MovementKind(movement.cause),
        quantity=movement.quantity,
        reason=None if movement.reason is None else AdjustmentReason(movement.reason),
        order_id=movement.order_id,
        note=movement.note,
        moved_at=movement.moved_at,
        moved_by=movement.moved_by,
    )
