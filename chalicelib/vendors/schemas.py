"""What do vendors look like on the wire?"""

from typing import Annotated, Any, Self

from pydantic import ConfigDict, Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from chalicelib.core.wire import UNCHANGED, Draft, Email, Locale, Name, View

VendorId = Annotated[str, StringConstraints(pattern=r"^ven_[A-Za-z0-9_]{1,60}$")]
Names = Annotated[dict[Locale, Name], Field(description="What readers of each language see.")]


class VendorDraft(Draft):
    """A new vendor."""

    id: Annotated[VendorId | None, Field(description="Chosen by the shop unless given.")] = None
    name: Name
    names: Names = {}
    email: Email


class VendorChange(Draft):
    """What changes about a vendor; what is left out stays. ``names`` replaces the names of the languages it holds."""

    name: Name = UNCHANGED
    names: Names = {}
    email: Email = UNCHANGED


class VendorView(View):
    """A vendor as everybody sees it."""

    id: str
    name: str


class VendorRecord(View):
    """A vendor as staff see it."""

    id: str
    name: str
    names: dict[str, str]
    email: str


def _named_by(member: str) -> dict[str, Any]:
    return {"required": [member], "properties": {member: {"type": "string"}}}


class MemberDraft(Draft):
    """A user who shall sell for a vendor, named by id or by address."""

    model_config = ConfigDict(json_schema_extra={"oneOf": [_named_by("user_id"), _named_by("email")]})

    user_id: Annotated[str | None, Field(min_length=1, max_length=100)] = None
    email: Email | None = None

    @model_validator(mode="after")
    def _names_one(self) -> Self:
        if (self.user_id is None) == (self.email is None):
            raise PydanticCustomError("user_or_email", "Give either user_id or email.")
        return self


class MemberView(View):
    """Who sells for which vendor."""

    vendor_id: str
    user_id: str
