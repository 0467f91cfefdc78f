"""How does a stored order become what its reader sees?"""

from dataclasses import asdict

from chalicelib.addresses.rules import Place, names_of_region
from chalicelib.addresses.schemas import PlaceView
from chalicelib.core.i18n import locales
from chalicelib.orders.models import Order, SubOrder
from chalicelib.orders.rules import OrderStatus
from chalicelib.orders.schemas import OrderSummary, OrderView, SubOrderView
from chalicelib.pricing import views as pricing


def order_view(order: Order, locale: str) -> OrderView:
    """Show an order to its owner."""
    return OrderView(
        id=order.order_id,
        number=order.number,
        status=OrderStatus(order.status),
        placed_at=order.placed_at,
        checkout_id=order.checkout_id,
        email=order.email,
        phone=order.phone,
        shipping_address=_address(order.shipping_address, locale),
        billing_address=_address(order.billing_address, locale) if order.billing_address else None,
        **pricing.quoted_members(order.quote, locale),
    )


def order_summary(order: Order) -> OrderSummary:
    """Show an order in a list."""
    return OrderSummary(
        id=order.order_id,
        number=order.number,
        status=OrderStatus(order.status),
        placed_at=order.placed_at,
        total=order.quote.total,
        quantity=sum(line.quantity for line in order.quote.lines),
    )


def sub_order_view(sub_order: SubOrder, locale: str) -> SubOrderView:
    """Show a vendor its part of an order."""
    return SubOrderView(
        order_id=sub_order.order_id,
        number=sub_order.number,
        status=OrderStatus(sub_order.status),
        placed_at=sub_order.placed_at,
        lines=[pricing.line_view(line, locale) for line in sub_order.share.lines],
        totals=pricing.totals_view(sub_order.share),
        shipping_address=_address(sub_order.shipping_address, locale),
    )


def _address(address: Place, locale: str) -> PlaceView:
    return PlaceView(**asdict(address), region_name=locales.in_locale(names_of_region(address), locale))
