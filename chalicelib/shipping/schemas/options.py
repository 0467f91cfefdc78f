"""How are the options for a parcel asked for and told?"""

from datetime import date
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from chalicelib.core.money import Money
from chalicelib.core.wire import View
from chalicelib.shipping.rules import MethodKind, NoDeliveryReason
from chalicelib.shipping.schemas.areas import Country, PlaceTold, RegionTold


class OptionsQuery(BaseModel):
    """Where a parcel goes, what it weighs, and what is in it worth after discounts."""

    model_config = ConfigDict(extra="forbid", defer_build=True)

    country: Country = "ET"
    region: RegionTold = ""
    city: PlaceTold = ""
    weight_grams: Annotated[int, Field(ge=0, le=1_000_000_000)] = 0
    value_minor: Annotated[int, Field(ge=0, le=10**15, description="In minor units of the shop's currency.")] = 0


class DeliveryOptionView(View):
    """A way in which a parcel can go, in the reader's language."""

    method_id: str
    kind: MethodKind
    name: str
    charge: Annotated[Money, Field(description="Like prices, with or without tax.")]
    earliest_on: Annotated[date | None, Field(description="The days between which it arrives; null: none is promised.")]
    latest_on: date | None
    place: Annotated[str | None, Field(description="Where a buyer picks it up.")]
    free_over: Annotated[Money | None, Field(description="From this value of the goods on it would cost nothing.")]


class DeliveryOptionsView(View):
    """The options for a parcel, the cheapest first, or why there are none."""

    items: list[DeliveryOptionView]
    no_delivery_reason: NoDeliveryReason | None
    next_cursor: None = None
