"""How is an area named? By country and region, in Ethiopia by the region's code."""

from typing import Annotated, Self

from pydantic import Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from chalicelib.addresses.rules import ETHIOPIA, REGION_NAMES
from chalicelib.core.wire import Draft, Trimmed
from chalicelib.shipping.rules import Area

Country = Annotated[
    str, StringConstraints(pattern=r"^[A-Z]{2}$"), Field(description="ISO 3166-1 alpha-2.", examples=["ET"])
]
# As buyers type it, and as it is kept: the latter is read by each checkout.
PlaceTold = Annotated[str, Trimmed(max_length=200)]
PlaceName = Annotated[str, Trimmed(max_length=80, pattern=r"^[^\x00-\x1f\x7f-\x9f]*$")]
_REGION = "In Ethiopia a code of `GET /regions`; free text anywhere else."
RegionTold = Annotated[PlaceTold, Field(description=_REGION)]
Region = Annotated[PlaceName, Field(description=_REGION)]


class RegionDraft(Draft):
    """A country or one of its regions; everywhere when empty."""

    country: Country | None = None
    region: Region = ""

    @model_validator(mode="after")
    def _is_somewhere(self) -> Self:
        if self.country is None and self.area != Area():
            raise PydanticCustomError("area_without_country", "Say in which country that is.")
        if self.country == ETHIOPIA and self.region and self.region not in REGION_NAMES:
            raise PydanticCustomError("region_unknown", "Use a code of `GET /regions`.")
        return self

    @property
    def area(self) -> Area:
        """Return the area as areas are compared."""
        return Area(self.country or "", self.region).folded


class AreaDraft(RegionDraft):
    """A country, one of its regions or a city of it; everywhere when empty."""

    city: PlaceName = ""

    @property
    def area(self) -> Area:
        """Return the area as areas are compared."""
        return Area(self.country or "", self.region, self.city).folded
