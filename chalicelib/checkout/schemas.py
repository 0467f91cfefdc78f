"""What do checkouts look like on the wire?"""

from typing import Annotated, Literal, Self

from pydantic import ConfigDict, Field, model_validator

from chalicelib.addresses.schemas import PlaceDraft, demand_one_of_each, not_both
from chalicelib.checkout.rules import CheckoutStatus
from chalicelib.core.money import Money
from chalicelib.core.wire import Draft, Email, Id, Phone, Url, View
from chalicelib.payments.rules import PaymentMethod, RefundStatus
from chalicelib.pricing.schemas import DeliveryView, TotalsView


class CheckoutDraft(Draft):
    """What a checkout is told; the cart knows what is left out here.

    ``accepted_total`` is what the shopper agrees to pay: that, or ``price_changed``. Addresses are whole ones, or of
    the caller's own book.
    """

    model_config = ConfigDict(json_schema_extra={"allOf": [not_both("shipping"), not_both("billing")]})

    cart_id: Id
    email: Email | None = None
    phone: Phone | None = None
    shipping_address: PlaceDraft | None = None
    shipping_address_id: Annotated[Id | None, Field(description="Of `GET /users/me/addresses`.")] = None
    billing_address: PlaceDraft | None = None
    billing_address_id: Annotated[Id | None, Field(description="Of `GET /users/me/addresses`.")] = None
    delivery_method_id: Id | None = None
    return_url: Url
    payment_method: Literal[PaymentMethod.CHAPA, PaymentMethod.CASH_ON_DELIVERY] = PaymentMethod.CHAPA
    accepted_total: Money | None = None

    @model_validator(mode="after")
    def _says_each_address_once(self) -> Self:
        demand_one_of_each(self.model_fields_set)
        return self


class CheckoutRefund(View):
    """Money that goes back to where it came from. It is there when ``done``; ``needs_attention``: people see to it."""

    amount: Money
    status: RefundStatus
    requested_at: str
    done_at: str | None


class CheckoutPayment(View):
    """How, where and until when to pay; there is no page for what is paid on delivery, or when nothing is due."""

    method: PaymentMethod
    checkout_url: str | None
    pay_by: str
    refunds: list[CheckoutRefund]


class CheckoutView(View):
    """A purchase under way, or how it ended.

    ``out_of_stock`` lists what is lacking in ``shortages``, and ``coupon_used_up`` names the ``coupon_code``.
    """

    id: str
    status: CheckoutStatus
    cart_id: str
    totals: TotalsView
    delivery: Annotated[DeliveryView | None, Field(description="How the goods go, and what was promised.")]
    payment: CheckoutPayment
    order_id: str | None
    shortages: list[str]
    coupon_code: str | None
