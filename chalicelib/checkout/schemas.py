"""What do checkouts look like on the wire?"""

from typing import Annotated, Any, Literal, Self

from pydantic import ConfigDict, Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from chalicelib.addresses.schemas import PlaceDraft
from chalicelib.checkout.rules import CheckoutStatus
from chalicelib.core.money import Money
from chalicelib.core.wire import Draft, Email, View
from chalicelib.payments.rules import PaymentMethod
from chalicelib.pricing.schemas import TotalsView

_Id = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9._-]{1,100}$")]
_Url = Annotated[str, StringConstraints(pattern=r"^https?://[^\s\x00-\x1f\x7f\"<>\\^`{|}]+$", max_length=500)]


def _sent_to(member: str, kind: str) -> dict[str, Any]:
    return {"required": [member], "properties": {member: {"type": kind}}}


class CheckoutDraft(Draft):
    """What a checkout needs. ``accepted_total`` says yes to a total that ``price_changed`` told about.

    The goods go to a whole address, or to one of the caller's own book.
    """

    model_config = ConfigDict(
        json_schema_extra={"oneOf": [_sent_to("shipping_address", "object"), _sent_to("shipping_address_id", "string")]}
    )

    cart_id: _Id
    email: Email
    shipping_address: PlaceDraft | None = None
    shipping_address_id: Annotated[_Id | None, Field(description="Of `GET /users/me/addresses`.")] = None
    return_url: _Url
    payment_method: Literal[PaymentMethod.CHAPA, PaymentMethod.CASH_ON_DELIVERY] = PaymentMethod.CHAPA
    accepted_total: Money | None = None

    @model_validator(mode="after")
    def _goes_to_one_place(self) -> Self:
        if (self.shipping_address is None) == (self.shipping_address_id is None):
            raise PydanticCustomError("address_or_id", "Give either shipping_address or shipping_address_id.")
        return self


class CheckoutPayment(View):
    """How, where and until when to pay; there is no page for what is paid on delivery, or when nothing is due."""

    method: PaymentMethod
    checkout_url: str | None
    pay_by: str


class CheckoutView(View):
    """A purchase under way, or how it ended. ``out_of_stock`` lists what is lacking in ``shortages``."""

    id: str
    status: CheckoutStatus
    cart_id: str
    totals: TotalsView
    payment: CheckoutPayment
    order_id: str | None
    shortages: list[str]
