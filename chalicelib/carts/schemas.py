"""What do carts look like on the wire?"""

from datetime import datetime
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from chalicelib.addresses.schemas import PlacePatch, PlaceView, demand_one_of_each, not_both
from chalicelib.carts.rules import CartStatus, ChangeKind, Missing
from chalicelib.core.money import Money
from chalicelib.core.wire import UNCHANGED, WHOLE, Currency, Draft, Email, Id, Phone, Sku, View
from chalicelib.pricing.schemas import DeliveryView, QuotedView
from chalicelib.promotions.rules import WhyNot
from chalicelib.promotions.schemas import GivenCode

_Token = Annotated[str, StringConstraints(min_length=1, max_length=200)]
_Month = Annotated[str, StringConstraints(pattern=r"^[0-9]{4}-(0[1-9]|1[0-2])$")]
_BookId = Annotated[Id | None, Field(description="Of `GET /users/me/addresses`; what it says is copied.")]
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


class CartChange(Draft):
    """What a purchase needs besides goods, as a merge patch (RFC 7396): absent stays, null takes away.

    An address is given whole, in part when there is one, or by an id of the caller's own book.
    """

    model_config = ConfigDict(json_schema_extra={"allOf": [not_both("shipping"), not_both("billing")]})

    email: Email | None = UNCHANGED
    phone: Annotated[Phone | None, Field(description="Where the shopper is called or texted.")] = UNCHANGED
    shipping_address: PlacePatch | None = UNCHANGED
    shipping_address_id: _BookId = UNCHANGED
    billing_address: PlacePatch | None = UNCHANGED
    billing_address_id: _BookId = UNCHANGED
    delivery_method_id: Id | None = UNCHANGED
    coupon_codes: Annotated[list[GivenCode] | None, Field(max_length=20, description="All of them.")] = UNCHANGED
    currency: Annotated[Currency | None, Field(description="To pay in.")] = UNCHANGED
    reminders: Annotated[bool | None, Field(description="Whether the shopper may be reminded of the cart by mail.")] = (
        UNCHANGED
    )

    @model_validator(mode="after")
    def _says_each_address_once(self) -> Self:
        demand_one_of_each(self.model_fields_set)
        return self


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
    email: str | None
    phone: Annotated[str | None, Field(description="In E.164.")]
    shipping_address: PlaceView | None
    billing_address: Annotated[PlaceView | None, Field(description="Where it is not the shipping address.")]
    delivery_method_id: str | None
    coupon_codes: list[str]
    currency: Annotated[str, Field(description="What is paid in.")]
    reminders: Annotated[bool, Field(description="Whether the shopper may be reminded of the cart by mail.")]
    expires_at: datetime


class LineChangeView(View):
    """What is otherwise about a line than when it was put in. Touching the line brings it to today's price."""

    kind: ChangeKind
    line_id: str
    sku: str
    was: Annotated[Money | None, Field(description="Its price in the cart, where that moved.")]
    now: Money | None
    left: Annotated[int | None, Field(description="Units that can still be bought, where they do not suffice.")]


class CheckedCartView(CartView):
    """A cart and what has become of its goods since they were put in."""

    changes: list[LineChangeView]


class RefusedCodeView(View):
    """A code that takes nothing off, and why, in the reader's language."""

    code: str
    why: WhyNot
    detail: str


class CartQuoteView(View):
    """What a purchase would cost now. There is no ``quote`` while nothing in the cart can be bought."""

    cart_id: str
    currency: str
    quote: QuotedView | None
    delivery_options: Annotated[
        list[DeliveryView],
        Field(description="The cheapest first. Unless one is chosen, the cheapest that is no pickup is taken."),
    ]
    refused_codes: list[RefusedCodeView]
    changes: list[LineChangeView]
    missing: Annotated[list[Missing], Field(description="What has to be said before a checkout can begin.")]


class LeftOutView(View):
    """Units of a guest's cart that did not fit."""

    sku: str
    quantity: int


class OpenedCartView(CartView):
    """A cart as it is handed over."""

    token: Annotated[str | None, Field(description="Opens a guest's cart, as bearer token; null for a customer.")]
    left_out: Annotated[list[LeftOutView], Field(description="What the guest's cart held beyond the limits.")]


class CartRecoveryDraft(Draft):
    """The token that stands in the link of a reminder, behind ``#``."""

    token: _Token


class ReminderOptOutView(View):
    """Nobody is reminded any more by mail to the address that the link was sent to."""

    opted_out: bool


class RecoveryQuery(BaseModel):
    """Which month is wanted."""

    model_config = ConfigDict(extra="forbid", defer_build=True)

    month: Annotated[_Month, Field(description="In UTC, as `2026-11`.")]


class CurrencyRecoveryView(View):
    """What reminders did in one currency."""

    currency: str
    sent: Annotated[
        int, Field(description="Reminders that were decided on; each is mailed next, where mail can reach.")
    ]
    recovered: Annotated[int, Field(description="Carts that were bought after a reminder.")]
    revenue: Annotated[Money, Field(description="What was paid for them.")]


class CartRecoveriesView(View):
    """What reminders of carts did in a month, by currency."""

    month: str
    items: list[CurrencyRecoveryView]
