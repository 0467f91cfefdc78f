"""Which operations does stock have? A vendor's members see and move what that vendor sells, and nothing else."""

from chalicelib.core.http import Answer, Caller, IfMatch, Request, Router, paging, seller
from chalicelib.core.wire import Page, PageQuery
from chalicelib.inventory import service as inventory
from chalicelib.inventory import views
from chalicelib.inventory.errors import StockBelowZero, StockUnknown
from chalicelib.inventory.schemas import (
    ProductStockView,
    StockMovementDraft,
    StockMovementView,
    ThresholdChange,
    WatchedStockView,
)

router = Router("inventory")

_keeper = seller("stock.manage")


@router.get("/products/{product_id}/stock", access=_keeper, raises=(StockUnknown,))
def read_stock(product_id: str, caller: Caller) -> ProductStockView:
    """Read how many units of each SKU may be sold and lie in the shop."""
    return views.product_stock_view(inventory.stock_of_product(product_id, limited_to=caller.limited_to))


@router.get("/products/{product_id}/stock/{sku}", access=_keeper, raises=(StockUnknown,))
def read_stock_of_sku(product_id: str, sku: str, caller: Caller) -> Answer[WatchedStockView]:
    """Read the units of one SKU, and at how many somebody is told that it is low."""
    watched = inventory.watched_stock(product_id, sku, limited_to=caller.limited_to)
    return Answer(views.watched_stock_view(watched), version=watched.version)


@router.patch("/products/{product_id}/stock/{sku}", access=_keeper, if_match=IfMatch.REQUIRED, raises=(StockUnknown,))
def change_stock_threshold(
    product_id: str, sku: str, *, body: ThresholdChange, caller: Caller, request: Request
) -> Answer[WatchedStockView]:
    """Set at how many units a SKU counts as low; null is the shop's own threshold.

    Vendor and staff get a mail when the units in the shop fall to it, and another when none is left.
    """
    watched = inventory.set_low_at(
        product_id, sku, body.low_at, if_version=request.if_version, limited_to=caller.limited_to
    )
    return Answer(views.watched_stock_view(watched), version=watched.version)


@router.post("/products/{product_id}/stock_movements", access=_keeper, raises=(StockUnknown, StockBelowZero))
def move_stock(product_id: str, body: StockMovementDraft, caller: Caller) -> StockMovementView:
    """Record units that came, that came back from an order, or that a count corrected. Sales are booked by the shop.

    Units that a checkout holds cannot be adjusted away.
    """
    told = body.model_dump(include={"kind", "reason", "order_id", "note"})
    moved = inventory.move(product_id, body.sku, body.quantity, by=caller.id, limited_to=caller.limited_to, **told)
    return views.movement_view(moved)


@router.get("/products/{product_id}/stock_movements", access=_keeper, raises=(StockUnknown,))
def list_stock_movements(
    product_id: str, *, query: PageQuery, caller: Caller, request: Request
) -> Page[StockMovementView]:
    """List the ledger of a product, newest first."""
    found = inventory.movements_of_product(
        product_id, after=paging.start(request), limit=query.limit, limited_to=caller.limited_to
    )
    return paging.page(found, request, views.movement_view)
