"""How are orders found?"""

from chalicelib.core.storage import keys
from chalicelib.core.storage.table import Slice, find, page
from chalicelib.orders.errors import OrderNotFound
from chalicelib.orders.models import Order, SubOrder


def get_order(owner: str, order_id: str) -> Order:
    """Return an owner's order; somebody else's is not found."""
    order = find(Order, keys.order(owner, order_id))
    if order is None:
        raise OrderNotFound()
    return order


def orders_of(owner: str, *, after: str | None, limit: int) -> Slice[Order]:
    """Return an owner's orders, newest first."""
    return page(Order, keys.owner(owner), prefix=keys.ORDER_PREFIX, after=after, limit=limit, newest_first=True)


def sub_orders_of(vendor_id: str, *, after: str | None, limit: int) -> Slice[SubOrder]:
    """Return what a vendor has to deliver, newest first."""
    partition = keys.vendor_orders(vendor_id)
    return page(SubOrder, partition, prefix=keys.SUB_ORDER_PREFIX, after=after, limit=limit, newest_first=True)
