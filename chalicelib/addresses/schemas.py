"""What do addresses look like on the wire?"""

from typing import Annotated, Any

from pydantic import Field, StringConstraints
from pydantic_core import PydanticCustomError

from chalicelib.addresses.enums import AddressUse, Region
from chalicelib.core.wire import UNCHANGED, Draft, Name, Trimmed, View, text

_Line = Annotated[str, text(200)]
_Optional = Annotated[str, Trimmed(max_length=200)]
_Phone = Annotated[str, StringConstraints(pattern=r"^\+?[0-9 ()-]{7,20}$")]
_Country = Annotated[
    str, StringConstraints(pattern=r"^[A-Z]{2}$"), Field(description="ISO 3166-1 alpha-2.", examples=["ET"])
]
_Region = Annotated[_Optional, Field(description="In Ethiopia a code of `GET /regions`; free text anywhere else.")]
_Default = Annotated[bool, Field(description="The one default of the book: naming another one takes its place.")]


def not_both(kind: str) -> dict[str, Any]:
    """Describe that an address is given whole or by its id in a book, and may be left out."""
    return {"not": {"required": [f"{kind}_address", f"{kind}_address_id"]}}


def demand_one_of_each(named: set[str]) -> None:
    """Refuse an address that is given twice, whole and by its id."""
    for kind in AddressUse:
        if {f"{kind}_address", f"{kind}_address_id"} <= named:
            raise PydanticCustomError("address_and_id", "Give an address or an address's id, not both.")


class PlaceDraft(Draft):
    """Where something or somebody can be reached."""

    name: Name
    phone: _Phone
    line1: _Line
    line2: _Optional = ""
    city: _Line
    region: _Optional = ""
    postal_code: _Optional = ""
    country: _Country = "ET"


class AddressDraft(PlaceDraft):
    """A new address. Where the book has no default yet, it becomes the default unless that is denied."""

    region: _Region = ""
    is_default_shipping: _Default = UNCHANGED
    is_default_billing: _Default = UNCHANGED


class AddressChange(Draft):
    """What changes about an address; what is left out stays."""

    name: Name = UNCHANGED
    phone: _Phone = UNCHANGED
    line1: _Line = UNCHANGED
    line2: _Optional = UNCHANGED
    city: _Line = UNCHANGED
    region: _Region = UNCHANGED
    postal_code: _Optional = UNCHANGED
    country: _Country = UNCHANGED
    is_default_shipping: _Default = UNCHANGED
    is_default_billing: _Default = UNCHANGED


class PlacePatch(Draft):
    """What changes about a place that is part of something; null takes a member away."""

    name: Name | None = UNCHANGED
    phone: _Phone | None = UNCHANGED
    line1: _Line | None = UNCHANGED
    line2: _Optional | None = UNCHANGED
    city: _Line | None = UNCHANGED
    region: _Region | None = UNCHANGED
    postal_code: _Optional | None = UNCHANGED
    country: _Country | None = UNCHANGED


class PlaceView(View):
    """Where something goes; ``phone`` in E.164, ``region_name`` in the reader's language."""

    name: str
    phone: str
    line1: str
    line2: str
    city: str
    region: str
    region_name: str
    postal_code: str
    country: str


class AddressView(View):
    """An address as its owner sees it; ``phone`` in E.164, ``region_name`` in the reader's language."""

    id: str
    name: str
    phone: str
    line1: str
    line2: str
    city: str
    region: str
    region_name: str
    postal_code: str
    country: str
    is_default_shipping: bool
    is_default_billing: bool


class RegionView(View):
    """A region of Ethiopia, named in the reader's language."""

    code: Region
    name: str
