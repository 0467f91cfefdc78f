"""What do checkouts look like on the wire?"""

from typing import Annotated

from pydantic import Field, StringConstraints

from chalicelib.checkout.rules import CheckoutStatus
from chalicelib.core.money import Money
from chalicelib.core.wire import NOT_BLANK, Draft, Email, Name, PhoneNumber, View

_Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200, pattern=NOT_BLANK)]
_Optional = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)]
_Url = Annotated[str, StringConstraints(pattern=r"^https?://[^\s\x00-\x1f\x7f\"<>\\^`{|}]+$", max_length=500)]


class AddressDraft(Draft):
    """Where the goods go."""

    name: Name
    phone: PhoneNumber
    line1: _Line
    line2: _Optional = ""
    city: _Line
    region: _Optional = ""
    postal_code: _Optional = ""
    country: Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")] = Field("ET", description="ISO 3166-1 alpha-2.")


class CheckoutDraft(Draft):
    """What a checkout needs. ``accepted_total`` says yes to a total that ``price_changed`` told about."""

    cart_id: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9._-]{1,100}$")]
    email: Email
    shipping_address: AddressDraft
    return_url: _Url
    accepted_total: Money | None = None


class CheckoutTotals(View):
    """``total`` is what will be paid."""

    subtotal: Money
    shipping: Money
    tax: Money
    total: Money


class CheckoutPayment(View):
    """Where to pay, as soon as that is known, and until when."""

    checkout_url: str | None
    pay_by: str


class CheckoutView(View):
    """A purchase under way, or how it ended. ``out_of_stock`` lists what is lacking in ``shortages``."""

    id: str
    status: CheckoutStatus
    cart_id: str
    totals: CheckoutTotals
    payment: CheckoutPayment
    order_id: str | None
    shortages: list[str]
