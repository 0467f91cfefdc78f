"""How do pictures look on the wire?"""

from datetime import datetime
from typing import Annotated

from pydantic import Field, StringConstraints

from chalicelib.core.wire import Draft, Locale, View, text
from chalicelib.pictures.enums import PictureStatus, PictureType, RefusalReason
from chalicelib.pictures.rules import PICTURES_LIMIT

AltText = Annotated[str, text(200)]
Alt = Annotated[dict[Locale, AltText], Field(description="What the picture shows, for those who do not see it.")]
PictureId = Annotated[str, StringConstraints(min_length=1, max_length=100)]


class PictureDraft(Draft):
    """A picture that is about to be uploaded."""

    content_type: PictureType
    alt: Alt = {}


class PicturesChange(Draft):
    """What shall be different; what is absent stays. ``order`` names every picture, the main one first."""

    order: Annotated[list[PictureId] | None, Field(max_length=PICTURES_LIMIT)] = None
    alt: Annotated[dict[PictureId, Alt] | None, Field(max_length=PICTURES_LIMIT)] = None


class SourceView(View):
    """One size of a picture in one format. The address may be kept for ever: another picture has another one."""

    url: str
    width: int
    type: PictureType


class PictureView(View):
    """A picture as shoppers see it; ``width`` and ``height`` are those of the largest size."""

    id: str
    alt: str
    width: int
    height: int
    sources: list[SourceView]


class SellerPictureView(View):
    """A picture as its sellers see it: also before it is ready, when it was refused, and in every language.

    ``proposed_alt`` is shown instead of ``alt`` once somebody has approved it.
    """

    id: str
    status: PictureStatus
    reason: RefusalReason | None
    is_approved: bool
    alt: dict[str, str]
    proposed_alt: dict[str, str] | None
    width: int | None
    height: int | None
    sources: list[SourceView]
    requested_at: str


class GalleryView(View):
    """Every picture of a product in order, the main one first."""

    items: list[SellerPictureView]
    next_cursor: None = None


class UploadView(View):
    """Where the file goes: a form of these fields, then a field ``file``, is sent to ``url`` as multipart/form-data."""

    url: str
    fields: dict[str, str]
    expires_at: datetime
    max_bytes: int


class RequestedPictureView(View):
    """A picture that is awaited, and how to upload it."""

    picture: SellerPictureView
    upload: UploadView
