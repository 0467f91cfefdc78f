"""What is in a PNG file? Chunks, of which few are needed to show it (W3C PNG, third edition, section 5)."""

from collections.abc import Iterator

from chalicelib.pictures.formats.structure import Structure, unreadable, without_padding

MAGIC = b"\x89PNG\r\n\x1a\n"
_PIXELS = (b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND")
_NEEDED_METADATA = (b"iCCP", b"sRGB", b"gAMA", b"cHRM", b"eXIf")
_ANIMATION = (b"acTL", b"fcTL", b"fdAT")
# Length, type and checksum beside what a chunk holds.
_FRAME_BYTES, _HEADER_BYTES = 12, 13


def read(data: bytes) -> Structure:
    """Go through a file from its start to everything behind its end, without unpacking anything."""
    found, needed, end = Structure(), [MAGIC], len(MAGIC)
    for kind, chunk in _chunks(data):
        end += len(chunk)
        if kind == b"IHDR":
            _read_size(chunk, found)
        found.is_animated |= kind in _ANIMATION
        if kind not in _PIXELS:
            found.metadata.append(chunk)
        if kind in _PIXELS or kind in _NEEDED_METADATA:
            needed.append(chunk)
    if not found.pixels:
        raise unreadable()
    found.needed, found.trailer = b"".join(needed), without_padding(data[end:])
    return found


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    start, kind = len(MAGIC), b""
    while kind != b"IEND":
        kind, size = data[start + 4 : start + 8], int.from_bytes(data[start : start + 4])
        end = start + size + _FRAME_BYTES
        if not kind.isalpha() or end > len(data) or (start == len(MAGIC)) != (kind == b"IHDR"):
            raise unreadable()
        yield kind, data[start:end]
        start = end


def _read_size(chunk: bytes, found: Structure) -> None:
    if len(chunk) != _HEADER_BYTES + _FRAME_BYTES:
        raise unreadable()
    found.width, found.height = int.from_bytes(chunk[8:12]), int.from_bytes(chunk[12:16])
