"""What do carts look like on the wire?"""

from datetime import datetime
from typing import Annotated

from pydantic import Field

from chalicelib.carts.rules import CartStatus
from chalicelib.core.money import Money
from chalicelib.core.wire import WHOLE, Draft, Sku, View

Quantity = Annotated[int, Field(ge=1, description="Units of the SKU."), WHOLE]


class CartDraft(Draft):
    """How a cart is opened."""

    guest_token: Annotated[
        str | None,
        Field(max_length=200, description="A guest's cart token; its lines go to the cart of the customer who asks."),
    ] = None


class CartLineDraft(Draft):
    """Units to put in, beside those that are in already."""

    sku: Sku
    quantity: Quantity


class CartLineChange(Draft):
    """How many units the line shall have."""

    quantity: Quantity


class CartLineView(View):
    """Some units of one SKU at the price they were put in at."""

    id: str
    sku: str
    product_id: str
    vendor_id: str
    title: str
    options: dict[str, str]
    quantity: int
    unit_price: Money
    subtotal: Money


class CartView(View):
    """A cart. ``subtotal`` is goods only; a checkout adds tax and delivery."""

    id: str
    status: CartStatus
    checkout_id: Annotated[str | None, Field(description="The checkout that holds the cart, or that ended it.")]
    lines: list[CartLineView]
    subtotal: Money
    expires_at: datetime


class LeftOutView(View):
    """Units of a guest's cart that did not fit."""

    sku: str
    quantity: int


class OpenedCartView(CartView):
    """A cart as it is handed over."""

    token: Annotated[str | None, Field(description="Opens a guest's cart, as bearer token; null for a customer.")]
    left_out: Annotated[list[LeftOutView], Field(description="What the guest's cart held beyond the limits.")]
