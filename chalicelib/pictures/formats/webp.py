"""What is in a WebP file? RIFF chunks, one of which has the pixels (RFC 9649)."""

from collections.abc import Iterator

from chalicelib.pictures.formats.structure import Structure, unreadable, without_padding

MAGIC = b"RIFF"
FORM = b"WEBP"
_HEAD_BYTES, _CHUNK_HEAD_BYTES = 12, 8
_LOSSY, _LOSSLESS, _EXTENDED, _ALPHA = b"VP8 ", b"VP8L", b"VP8X", b"ALPH"
_ANIMATION = (b"ANIM", b"ANMF")
_LOSSY_START, _LOSSLESS_START = b"\x9d\x01\x2a", b"\x2f"
_FOURTEEN_BITS = (1 << 14) - 1


def read(data: bytes) -> Structure:
    """Go through a file from its start to everything behind its end, without decoding anything."""
    end = int.from_bytes(data[4:8], "little") + 8
    if data[8:12] != FORM or not _HEAD_BYTES < end <= len(data):
        raise unreadable()
    found = Structure(needed=data[:end], trailer=without_padding(data[end:]))
    canvas: tuple[int, int] | None = None
    for kind, content in _chunks(data[:end]):
        if kind in (_LOSSY, _LOSSLESS) and not found.pixels:
            found.width, found.height = _lossy_size(content) if kind == _LOSSY else _lossless_size(content)
        elif kind == _EXTENDED:
            canvas = (_three_bytes(content[4:7]) + 1, _three_bytes(content[7:10]) + 1)
        elif kind in _ANIMATION:
            found.is_animated = True
        elif kind != _ALPHA:
            found.metadata.append(content)
    if found.is_animated:
        return found
    if not found.pixels or canvas not in (None, (found.width, found.height)):
        raise unreadable()
    return found


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    start = _HEAD_BYTES
    while start < len(data):
        size = int.from_bytes(data[start + 4 : start + 8], "little")
        content = start + _CHUNK_HEAD_BYTES
        if content + size > len(data):
            raise unreadable()
        yield data[start : start + 4], data[content : content + size]
        start = content + size + size % 2


def _lossy_size(content: bytes) -> tuple[int, int]:
    if content[3:6] != _LOSSY_START:
        raise unreadable()
    width, height = (int.from_bytes(content[at : at + 2], "little") & _FOURTEEN_BITS for at in (6, 8))
    return width, height


def _lossless_size(content: bytes) -> tuple[int, int]:
    if content[:1] != _LOSSLESS_START or len(content) < 5:
        raise unreadable()
    bits = int.from_bytes(content[1:5], "little")
    return (bits & _FOURTEEN_BITS) + 1, (bits >> 14 & _FOURTEEN_BITS) + 1


def _three_bytes(data: bytes) -> int:
    return int.from_bytes(data, "little")
