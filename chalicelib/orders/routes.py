"""Which operations do orders have?"""

from chalicelib.core.http import Answer, Caller, Request, Router, owner_of, paging, vendor
from chalicelib.core.wire import Page, PageQuery
from chalicelib.orders import service, views
from chalicelib.orders.errors import OrderNotFound
from chalicelib.orders.schemas import OrderSummary, OrderView, SubOrderView

router = Router("orders")


@router.get("/orders", access=owner_of("order"))
def list_orders(query: PageQuery, caller: Caller, request: Request) -> Page[OrderSummary]:
    """List your orders, newest first. A guest's cart token lists what was bought with that cart."""
    found = service.orders_of(caller.id, after=paging.start(request), limit=query.limit)
    return paging.page(found, request, views.order_summary)


@router.get("/orders/{order_id}", access=owner_of("order"), raises=(OrderNotFound,))
def read_order(order_id: str, caller: Caller, request: Request) -> Answer[OrderView]:
    """Read one of your orders."""
    order = service.get_order(caller.id, order_id)
    return Answer(views.order_view(order, request.locale), version=order.version)


@router.get("/vendor/orders", access=vendor)
def list_vendor_orders(query: PageQuery, caller: Caller, request: Request) -> Page[SubOrderView]:
    """List what your shop has to deliver, newest first."""
    found = service.sub_orders_of(str(caller.vendor_id), after=paging.start(request), limit=query.limit)
    return paging.page(found, request, lambda sub_order: views.sub_order_view(sub_order, request.locale))
