"""Which kinds of pictures, states and refusals are there?"""

from enum import StrEnum


class PictureType(StrEnum):
    """What may be uploaded."""

    JPEG = "image/jpeg"
    PNG = "image/png"
    WEBP = "image/webp"


class PictureStatus(StrEnum):
    """A picture moves once: from awaited to ready or to refused."""

    AWAITED = "awaited"
    READY = "ready"
    REFUSED = "refused"


class RefusalReason(StrEnum):
    """Why an upload did not become a picture."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    WRONG_TYPE = "wrong_type"
    TOO_MANY_PIXELS = "too_many_pixels"
    TOO_MUCH_METADATA = "too_much_metadata"
    SOMETHING_ELSE_INSIDE = "something_else_inside"
    ANIMATED = "animated"
    UNREADABLE = "unreadable"
