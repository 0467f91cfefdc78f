"""Which files do tests upload? Photos as phones take them, and such as nobody should take for one."""

import struct
import zlib
from io import BytesIO
from typing import Any

from PIL import Image, ImageCms, ImageDraw

RED, BLUE = (200, 30, 30), (30, 30, 200)
ORIENTATION, MODEL, GPS = 0x0112, 0x0110, 0x8825
SCRIPT = b"<script>alert(1)</script>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n"
FILM = b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom" + b"\x00\x00\x04\x00mdat" + bytes(range(256)) * 4


def drawn(width: int = 800, height: int = 600, mode: str = "RGB") -> Image.Image:
    """Draw a picture whose left half is red and whose right half is blue, with some detail."""
    image = Image.new("RGB", (width, height), RED)
    ImageDraw.Draw(image).rectangle((width // 2, 0, width, height), BLUE)
    for step in range(0, min(width, height), 40):
        ImageDraw.Draw(image).line((0, step, width, height - step), (250, 250, step % 255))
    return image.convert(mode)


def encoded(image: Image.Image, kind: str = "JPEG", **options: Any) -> bytes:
    """Return an image as a file."""
    content = BytesIO()
    image.save(content, kind, **options)
    return content.getvalue()


def a_photo(width: int = 800, height: int = 600, *, orientation: int = 1, **options: Any) -> bytes:
    """Return a JPEG as a phone takes it, with a place and a model in its Exif."""
    return encoded(drawn(width, height), exif=phone_exif(orientation), quality=88, **options)


def phone_exif(orientation: int = 1) -> bytes:
    exif = Image.Exif()
    exif[ORIENTATION], exif[MODEL] = orientation, "Addis Phone 7"
    exif.get_ifd(GPS)[1], exif.get_ifd(GPS)[2] = "N", (9.0, 1.0, 48.0)
    return exif.tobytes()


def a_photo_with_previews() -> bytes:
    """Return a JPEG with a second one behind it, as MPF has previews and gain maps."""
    return encoded(drawn(), "MPO", save_all=True, append_images=[drawn(200, 150)], exif=phone_exif())


def srgb_profile() -> bytes:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def segment(marker: int, content: bytes) -> bytes:
    return bytes((0xFF, marker)) + struct.pack(">H", len(content) + 2) + content


def with_segments(photo: bytes, *segments: bytes) -> bytes:
    """Put segments at the start of a JPEG."""
    return photo[:2] + b"".join(segments) + photo[2:]


def chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def with_chunks(png: bytes, *chunks: bytes) -> bytes:
    """Put chunks behind the head of a PNG."""
    return png[:33] + b"".join(chunks) + png[33:]


def a_bomb(width: int = 60_000, height: int = 60_000) -> bytes:
    """Return a PNG of a few hundred bytes that promises billions of pixels."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = zlib.compress(b"\0" * 100_000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def an_archive() -> bytes:
    """Return a ZIP file with one member."""
    import zipfile

    content = BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("index.html", "gotcha")
    return content.getvalue()


def with_riff_chunk(webp: bytes, kind: bytes, content: bytes) -> bytes:
    """Put a chunk at the end of a WebP and count it in."""
    padded = content + b"\0" * (len(content) % 2)
    body = webp[8:] + kind + struct.pack("<I", len(content)) + padded
    return b"RIFF" + struct.pack("<I", len(body)) + body


def opened(content: bytes) -> Image.Image:
    image = Image.open(BytesIO(content))
    image.load()
    return image
