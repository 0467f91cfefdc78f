"""Which operations does stock have?"""

from chalicelib.core.http import Caller, Request, Router, paging, staff
from chalicelib.core.wire import Page, PageQuery
from chalicelib.inventory import service as inventory
from chalicelib.inventory import views
from chalicelib.inventory.errors import StockBelowZero, StockUnknown
from chalicelib.inventory.schemas import ProductStockView, StockMovementDraft, StockMovementView

router = Router("inventory")


@router.get("/products/{product_id}/stock", access=staff("stock.manage"), raises=(StockUnknown,))
def read_stock(product_id: str) -> ProductStockView:
    """Read how many units of each SKU may be sold and lie in the shop."""
    return views.product_stock_view(inventory.stock_of_product(product_id))


@router.post(
    "/products/{product_id}/stock_movements", access=staff("stock.manage"), raises=(StockUnknown, StockBelowZero)
)
def move_stock(product_id: str, body: StockMovementDraft, caller: Caller) -> StockMovementView:
    """Record units that came or that a count corrected.

    Units that a checkout holds cannot be adjusted away.
    """
    moved = inventory.move(product_id, body.sku, body.quantity, kind=body.kind, note=body.note, by=caller.id)
    return views.movement_view(moved)


@router.get("/products/{product_id}/stock_movements", access=staff("stock.manage"))
def list_stock_movements(product_id: str, query: PageQuery, request: Request) -> Page[StockMovementView]:
    """List the ledger of a product, newest first."""
    found = inventory.movements_of_product(product_id, after=paging.start(request), limit=query.limit)
    return paging.page(found, request, views.movement_view)
