"""How does an upload become a picture in every size? The one place that decodes and encodes images.

What comes out was drawn anew from pixels: nothing of the file that came in is in it, no metadata least of all.
"""

import struct
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from PIL import Image, ImageCms, ImageOps, JpegImagePlugin, PngImagePlugin, WebPImagePlugin

from chalicelib.pictures.enums import PictureType, RefusalReason
from chalicelib.pictures.errors import UploadRefused

_FORMATS = {
    PictureType.JPEG: JpegImagePlugin.JpegImageFile.format,
    PictureType.PNG: PngImagePlugin.PngImageFile.format,
    PictureType.WEBP: WebPImagePlugin.WebPImageFile.format,
}
_ENCODED: dict[PictureType, dict[str, Any]] = {
    PictureType.WEBP: {"quality": 80, "method": 4},
    PictureType.JPEG: {"quality": 82, "optimize": True, "progressive": True},
}
_ORIENTATION, _LYING = 0x0112, (5, 6, 7, 8)
# What a decoder raises about a broken file.
_BROKEN = (
    OSError,
    ValueError,
    SyntaxError,
    TypeError,
    IndexError,
    EOFError,
    struct.error,
    Image.DecompressionBombError,
)
_WHITE = (255, 255, 255)


@dataclass(frozen=True)
class Rendition:
    """One size of a picture in one format, ready to be stored."""

    width: int
    height: int
    type: PictureType
    content: bytes


def renditions(
    data: bytes, declared: PictureType, *, widths_for: Callable[[int], Sequence[int]]
) -> Iterator[Rendition]:
    """Draw a picture upright in sRGB in every width, the largest first. Raises ``UploadRefused``."""
    try:
        largest = _drawn(data, declared, widths_for)
    except _BROKEN as broken:
        raise UploadRefused(RefusalReason.UNREADABLE) from broken
    for width in sorted(widths_for(largest.width), reverse=True):
        sized = _resized(largest, width)
        for made in _ENCODED:
            yield Rendition(sized.width, sized.height, made, _encoded(sized, made))


def _drawn(data: bytes, declared: PictureType, widths_for: Callable[[int], Sequence[int]]) -> Image.Image:
    """Return the largest size, as RGB or RGBA. The full picture is in memory once, and for JPEG not even that."""
    with Image.open(BytesIO(data), formats=[_FORMATS[declared]]) as image:
        is_lying = image.getexif().get(_ORIENTATION) in _LYING
        width, height = image.size
        upright = height if is_lying else width
        scale = widths_for(upright)[-1] / upright
        wanted = (max(1, round(width * scale)), max(1, round(height * scale)))
        # A JPEG is decoded at an eighth, a quarter or half of its size, if that is still enough.
        image.draft(image.mode, wanted)
        image.load()
        profile = image.info.get("icc_profile")
        smaller = _with_channels(image).resize(wanted, Image.Resampling.LANCZOS, reducing_gap=3.0)
        smaller.getexif()[_ORIENTATION] = image.getexif().get(_ORIENTATION, 1)
    turned = ImageOps.exif_transpose(smaller)
    turned.info = {}
    return _in_srgb(turned, profile)


def _with_channels(image: Image.Image) -> Image.Image:
    """Return a picture whose pixels can be averaged: no palette, no single bits, no 16-bit greys."""
    if image.mode in ("RGB", "RGBA", "L", "CMYK"):
        return image
    if image.mode.startswith("I"):
        return image.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    return image.convert("RGBA" if image.has_transparency_data else "RGB")


def _in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    mode = "RGBA" if image.mode == "RGBA" else "RGB"
    if profile:
        try:
            meant = ImageCms.ImageCmsProfile(BytesIO(profile))
            converted = ImageCms.profileToProfile(image, meant, ImageCms.createProfile("sRGB"), outputMode=mode)
        except (ImageCms.PyCMSError, OSError, ValueError):
            # A profile that is not one says nothing; the picture is taken for what most are.
            converted = None
        if converted is not None:
            converted.info = {}
            return converted
    return image.convert(mode)


def _resized(image: Image.Image, width: int) -> Image.Image:
    if width == image.width:
        return image
    return image.resize((width, max(1, round(image.height * width / image.width))), Image.Resampling.LANCZOS)


def _encoded(image: Image.Image, made: PictureType) -> bytes:
    if made is PictureType.JPEG and image.mode == "RGBA":
        ground = Image.new("RGB", image.size, _WHITE)
        ground.paste(image, mask=image.getchannel("A"))
        image = ground
    content = BytesIO()
    image.save(content, _FORMATS[made], **_ENCODED[made])
    return content.getvalue()
