"""What do orders look like on the wire?"""

from typing import Annotated

from pydantic import Field

from chalicelib.addresses.schemas import PlaceView
from chalicelib.core.money import Money
from chalicelib.core.wire import View
from chalicelib.orders.rules import OrderStatus
from chalicelib.pricing.schemas import QuotedView, QuoteLineView, TotalsView


class OrderView(QuotedView):
    """An order as its owner sees it."""

    id: str
    number: str
    status: OrderStatus
    placed_at: str
    checkout_id: str
    email: str
    phone: Annotated[str | None, Field(description="In E.164; where it is not the shipping address's.")]
    shipping_address: PlaceView
    billing_address: Annotated[PlaceView | None, Field(description="Where it is not the shipping address.")]


class OrderSummary(View):
    """An order in a list."""

    id: str
    number: str
    status: OrderStatus
    placed_at: str
    total: Money
    quantity: int


class SubOrderView(View):
    """The part of an order that the calling vendor delivers."""

    order_id: str
    number: str
    status: OrderStatus
    placed_at: str
    lines: list[QuoteLineView]
    totals: TotalsView
    shipping_address: PlaceView
