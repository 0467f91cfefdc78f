"""Is an uploaded file the image that it says it is, and nothing else? Found out before anything is decoded."""

from chalicelib.core.settings import settings
from chalicelib.pictures.enums import PictureType, RefusalReason
from chalicelib.pictures.errors import UploadRefused
from chalicelib.pictures.formats import jpeg, png, strangers, webp
from chalicelib.pictures.formats.structure import Structure

__all__ = ["Structure", "inspected"]

_READERS = {PictureType.JPEG: jpeg.read, PictureType.PNG: png.read, PictureType.WEBP: webp.read}


def inspected(data: bytes, declared: PictureType) -> Structure:
    """Return what a file consists of; raise ``UploadRefused`` when it cannot become a picture."""
    _demand(bool(data), RefusalReason.EMPTY)
    _demand(len(data) <= settings.upload_limit_bytes, RefusalReason.TOO_LARGE)
    _demand(_is_of(declared, data), RefusalReason.WRONG_TYPE)
    found = _READERS[declared](data)
    _demand(not found.is_animated, RefusalReason.ANIMATED)
    _demand(found.pixels <= settings.picture_pixels_limit, RefusalReason.TOO_MANY_PIXELS)
    _demand(found.metadata_bytes <= settings.picture_metadata_limit_bytes, RefusalReason.TOO_MUCH_METADATA)
    has_stranger = found.trailer or any(map(strangers.is_inside, [*found.metadata, *found.companions]))
    _demand(not has_stranger, RefusalReason.SOMETHING_ELSE_INSIDE)
    return found


def _is_of(declared: PictureType, data: bytes) -> bool:
    match declared:
        case PictureType.JPEG:
            return data.startswith(jpeg.MAGIC)
        case PictureType.PNG:
            return data.startswith(png.MAGIC)
        case PictureType.WEBP:
            return data.startswith(webp.MAGIC) and data[8:12] == webp.FORM


def _demand(holds: bool, reason: RefusalReason) -> None:
    if not holds:
        raise UploadRefused(reason)
