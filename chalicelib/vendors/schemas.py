"""What do vendors look like on the wire?"""

from typing import Annotated, Any, Self

from pydantic import AfterValidator, ConfigDict, Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from chalicelib.core.wire import UNCHANGED, Draft, Email, Locale, Name, PageQuery, View, text
from chalicelib.vendors.rules import ApplicationStatus, Reach

VendorId = Annotated[str, StringConstraints(pattern=r"^ven_[A-Za-z0-9_]{1,60}$")]
Names = Annotated[dict[Locale, Name], Field(description="What readers of each language see.")]


Text = Annotated[str, text(2_000)]
Reason = Annotated[str, text(500)]
# A business may be reached by a landline, whereas an account is known by a mobile number.
_Phone = Annotated[str, StringConstraints(pattern=r"^\+?[0-9 ()-]{7,20}$")]
_Number = Annotated[str, text(60)]


def _distinct(shown: list[Reach]) -> list[Reach]:
    if len(set(shown)) < len(shown):
        raise PydanticCustomError("repeated", "Give this once.")
    return shown


_ONCE = AfterValidator(_distinct)


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


class VendorProfileChange(Draft):
    """What a vendor changes about itself; what is left out stays.

    ``names`` replaces the names of the languages it holds, ``about`` all that is told, and ``shows`` which ways to
    reach it everybody is told.
    """

    names: Names = {}
    email: Email = UNCHANGED
    phone: _Phone = UNCHANGED
    about: dict[Locale, Text] = UNCHANGED
    shows: Annotated[list[Reach], Field(max_length=2, json_schema_extra={"uniqueItems": True}), _ONCE] = UNCHANGED


class VendorView(View):
    """A vendor as everybody sees it."""

    id: str
    name: str


class VendorPageView(VendorView):
    """A vendor's storefront: what it tells about itself, in the reader's language, and where its goods are listed."""

    about: str
    since: Annotated[str, Field(description="The day on which it came to the marketplace.")]
    email: Annotated[str | None, Field(description="Where to write, if it wants to be written to.")]
    phone: Annotated[str | None, Field(description="Where to call, if it wants to be called.")]
    products_url: Annotated[str, Field(description="The list of what it sells.")]


class VendorRecord(View):
    """A vendor as staff and its members see it."""

    id: str
    name: str
    names: dict[str, str]
    email: str
    phone: str | None
    about: dict[str, str]
    shows: list[Reach]


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


class VendorApplicationDraft(Draft):
    """A business that wants to sell."""

    name: Name
    names: Names = {}
    email: Email
    phone: _Phone
    description: Annotated[Text, Field(description="What is sold, and where it comes from.")]
    tax_id: _Number | None = None
    licence_number: _Number | None = None


class RejectionDraft(Draft):
    """Why an application is turned down; the applicant reads it."""

    reasons: Annotated[list[Reason], Field(min_length=1, max_length=10)]


class VendorApplicationFilter(PageQuery):
    """Which applications are listed."""

    status: ApplicationStatus = ApplicationStatus.OPEN


class VendorApplicationView(View):
    """An application as its applicant sees it. ``vendor_id`` is there once it is approved."""

    id: str
    status: ApplicationStatus
    name: str
    names: dict[str, str]
    email: str
    phone: str
    description: str
    tax_id: str | None
    licence_number: str | None
    applied_at: str
    closed_at: str | None
    reasons: list[str]
    vendor_id: str | None


class VendorApplicationRecord(VendorApplicationView):
    """An application as staff see it."""

    applicant_id: str
    decided_by: str | None


class VendorApplicationEntryView(View):
    """An application in the list of staff."""

    id: str
    status: ApplicationStatus
    name: str
    applicant_id: str
    applied_at: str
