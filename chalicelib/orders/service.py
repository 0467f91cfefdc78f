"""How do orders come to be, and who reads them?"""

from dataclasses import dataclass

from chalicelib.addresses.rules import Place
from chalicelib.core import clock, ids
from chalicelib.core.storage import keys, transactions
from chalicelib.core.storage.table import Slice
from chalicelib.orders import store
from chalicelib.orders.events import OrderPlaced
from chalicelib.orders.models import Order, OrderNumber, SubOrder
from chalicelib.orders.rules import new_number, shares
from chalicelib.pricing.rules import Quote

ID_PREFIX = "ord"


@dataclass(frozen=True)
class Purchase:
    """Everything that an order is made of, frozen when the shopper checked out."""

    owner: str
    checkout_id: str
    payment_id: str
    reservation_id: str
    email: str
    locale: str
    quote: Quote
    shipping_address: Place
    cart_id: str = ""
    phone: str | None = None
    billing_address: Place | None = None


def order_id_for(checkout_id: str) -> str:
    """Return the id that this checkout's order has, and no other: so there can be only one."""
    return ids.sibling(checkout_id, ID_PREFIX)


def place(purchase: Purchase) -> Order:
    """Write an order, its number and a sub-order per vendor; joins the transaction that makes it all true.

    Announces ``order.placed``. A second order for the checkout, or a number that is taken, is a stale write.
    """
    order = _order(purchase)
    placed = _announced(order, purchase)
    guard = OrderNumber.at(keys.order_number(order.number), order_id=order.order_id, owner=order.owner)
    with transactions.write() as work:
        work.create(order, event=placed)
        work.create(guard)
        for sub_order in _sub_orders(order):
            work.create(sub_order)
    return order


def get_order(owner: str, order_id: str) -> Order:
    """Return an owner's order."""
    return store.get_order(owner, order_id)


def orders_of(owner: str, *, after: str | None, limit: int) -> Slice[Order]:
    """Return a page of an owner's orders, newest first."""
    return store.orders_of(owner, after=after, limit=limit)


def sub_orders_of(vendor_id: str, *, after: str | None, limit: int) -> Slice[SubOrder]:
    """Return a page of a vendor's orders, newest first."""
    return store.sub_orders_of(vendor_id, after=after, limit=limit)


def _announced(order: Order, purchase: Purchase) -> OrderPlaced:
    total = order.quote.total
    return OrderPlaced(
        order.order_id,
        order.owner,
        order.checkout_id,
        purchase.reservation_id,
        cart_id=purchase.cart_id,
        total_minor=total.minor,
        currency=total.currency,
    )


def _order(purchase: Purchase) -> Order:
    order_id = order_id_for(purchase.checkout_id)
    return Order.at(
        keys.order(purchase.owner, order_id),
        order_id=order_id,
        number=new_number(),
        owner=purchase.owner,
        checkout_id=purchase.checkout_id,
        payment_id=purchase.payment_id,
        email=purchase.email,
        locale=purchase.locale,
        placed_at=clock.as_text(clock.now()),
        quote=purchase.quote,
        shipping_address=purchase.shipping_address,
        phone=purchase.phone,
        billing_address=purchase.billing_address,
    )


def _sub_orders(order: Order) -> list[SubOrder]:
    return [
        SubOrder.at(
            keys.sub_order(share.vendor_id, order.order_id),
            order_id=order.order_id,
            number=order.number,
            owner=order.owner,
            vendor_id=share.vendor_id,
            placed_at=order.placed_at,
            share=share,
            shipping_address=order.shipping_address,
        )
        for share in shares(order.quote)
    ]
