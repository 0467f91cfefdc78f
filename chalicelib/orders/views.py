"""How does a stored order become what its reader sees?"""

from dataclasses import asdict

from chalicelib.addresses.rules import Place, names_of_region
from chalicelib.addresses.schemas import PlaceView
from chalicelib.core.i18n import locales
from chalicelib.orders.models import Order, SubOrder
from chalicelib.orders.rules import OrderStatus, Share
from chalicelib.orders.schemas import (
    OrderLineView,
    OrderSummary,
    OrderView,
    SubOrderView,
    TotalsView,
)
from chalicelib.pricing.rules import Quote, QuoteLine


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
        lines=[_line_view(line, locale) for line in order.quote.lines],
        totals=_totals(order.quote),
        shipping_address=_address(order.shipping_address, locale),
        billing_address=_address(order.billing_address, locale) if order.billing_address else None,
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
        lines=[_line_view(line, locale) for line in sub_order.share.lines],
        totals=_totals(sub_order.share),
        shipping_address=_address(sub_order.shipping_address, locale),
    )


def _line_view(line: QuoteLine, locale: str) -> OrderLineView:
    return OrderLineView(
        sku=line.sku,
        product_id=line.product_id,
        vendor_id=line.vendor_id,
        title=locales.in_locale(line.title, locale),
        options=dict(line.options),
        quantity=line.quantity,
        unit_price=line.unit_price,
        subtotal=line.subtotal,
        shipping=line.shipping,
        tax=line.tax,
        total=line.total,
    )


def _totals(part: Quote | Share) -> TotalsView:
    return TotalsView(subtotal=part.subtotal, shipping=part.shipping, tax=part.tax, total=part.total)


def _address(address: Place, locale: str) -> PlaceView:
    return PlaceView(**asdict(address), region_name=locales.in_locale(names_of_region(address), locale))
