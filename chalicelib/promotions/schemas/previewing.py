"""How do staff ask what a cart would cost, and what are they told?"""

from typing import Annotated

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from chalicelib.core.wire import WHOLE, Currency, Draft, Email, Id, Moment, Sku, View
from chalicelib.pricing.schemas import DeliveryView, QuotedView
from chalicelib.promotions.rules import WhyNot
from chalicelib.promotions.schemas.defining import GivenCode, PromotionDraft
from chalicelib.shipping.rules import Destination, destination_of
from chalicelib.shipping.schemas.areas import AreaDraft

_LINES_LIMIT, _CODES_LIMIT = 90, 10


class PreviewLine(Draft):
    """Some units of one SKU."""

    sku: Sku
    quantity: Annotated[int, Field(ge=1, le=999), WHOLE]


def _of_distinct_skus(lines: list[PreviewLine]) -> list[PreviewLine]:
    if len({line.sku for line in lines}) < len(lines):
        raise PydanticCustomError("repeated", "Give this once.")
    return lines


class PromotionPreviewDraft(Draft):
    """A cart that somebody might have, at a moment: now, unless `at` tells another.

    With `promotion`, one that is not defined yet counts as well, automatic or not. Delivery is told where a
    `destination` is; without `delivery_method_id` it is the cheapest. With `customer_id` or `email`, limits for each
    customer are looked at.
    """

    lines: Annotated[list[PreviewLine], Field(min_length=1, max_length=_LINES_LIMIT), AfterValidator(_of_distinct_skus)]
    codes: Annotated[list[GivenCode], Field(max_length=_CODES_LIMIT)] = []
    destination: AreaDraft | None = None
    delivery_method_id: Id | None = None
    currency: Annotated[Currency | None, Field(description="What is paid in; the shop's own unless told.")] = None
    customer_id: Id | None = None
    email: Email | None = None
    at: Moment | None = None
    promotion: PromotionDraft | None = None

    @property
    def place(self) -> Destination | None:
        """Return where the goods go, if that is told."""
        if self.destination is None or self.destination.country is None:
            return None
        return destination_of(self.destination.country, self.destination.region, self.destination.city)


class PassedOverView(View):
    """A promotion or a code that takes nothing off this cart, and why, for programs and in words.

    `promotion_id` and `name` are null for a code that leads nowhere.
    """

    promotion_id: str | None
    name: str | None
    code: str | None
    reason: WhyNot
    detail: str


class PromotionPreviewView(View):
    """What the cart would cost, in which ways it could go, and which promotions would not count."""

    quote: QuotedView
    delivery_options: list[DeliveryView]
    passed_over: list[PassedOverView]
