"""What is in a JPEG file? Segments, scans, and what phones put behind them (ITU-T T.81 annex B).

Behind the end of the image, cameras store further whole JPEGs (MPF: previews, gain maps of HDR photos), a short
film (motion photos) or Samsung's own records. They are let through, looked at, and left out.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from chalicelib.pictures.formats.structure import Structure, unreadable, without_padding

MAGIC = b"\xff\xd8\xff"
_START, _END, _SCAN, _COMMENT, _EXIF, _COLOUR, _ADOBE = 0xD8, 0xD9, 0xDA, 0xFE, 0xE1, 0xE2, 0xEE
_APPLICATION = range(0xE0, 0xF0)
_ALONE = frozenset((0x01, *range(0xD0, 0xD8)))
_FRAME = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
# Within a scan, FF is followed by 00 or a restart marker; anything else ends it.
_MARKER = re.compile(rb"\xff+[^\x00\xff\xd0-\xd7]", re.DOTALL)
# Of what applications write, a decoder needs these. The orientation is in Exif.
_NEEDED = {0xE0: b"JFIF\0", _EXIF: b"Exif\0\0", _COLOUR: b"ICC_PROFILE\0", _ADOBE: b"Adobe"}
# More scans than any encoder makes, each of which a decoder goes through the whole picture for.
_SCANS_LIMIT = 64
_COMPANIONS_LIMIT = 16
_FILM, _SAMSUNG_END = b"ftyp", b"SEFT"


@dataclass(frozen=True)
class _Segment:
    marker: int
    start: int
    end: int

    def content(self, data: bytes) -> bytes:
        return data[self.start + 4 : self.end]


def read(data: bytes) -> Structure:
    """Go through a file from its start to everything behind its end, without decoding anything."""
    found, end = _image(data, 0)
    _read_companions(data[end:], found)
    return found


def _image(data: bytes, start: int) -> tuple[Structure, int]:
    """Return what one image consists of, and where it ends."""
    if data[start : start + 3] != MAGIC:
        raise unreadable()
    found, needed, scans = Structure(), [data[start : start + 2]], 0
    end = start + 2
    for segment in _segments(data, end):
        end, is_needed = segment.end, True
        if segment.marker in _FRAME:
            _read_size(segment.content(data), found)
        elif segment.marker == _SCAN:
            scans += 1
        elif segment.marker in _APPLICATION or segment.marker == _COMMENT:
            content = segment.content(data)
            found.metadata.append(content)
            is_needed = content.startswith(_NEEDED.get(segment.marker, MAGIC))
        if is_needed:
            needed.append(data[segment.start : segment.end])
    if not found.pixels or not 0 < scans <= _SCANS_LIMIT:
        raise unreadable()
    found.needed = b"".join(needed)
    return found, end


def _segments(data: bytes, start: int) -> Iterator[_Segment]:
    """Yield every segment up to the end of the image; a scan's compressed data belong to its segment."""
    while True:
        marker = _MARKER.match(data, start)
        if marker is None:
            raise unreadable()
        start, kind = marker.end() - 2, data[marker.end() - 1]
        if kind == _END:
            yield _Segment(kind, start, marker.end())
            return
        end = marker.end() if kind in _ALONE else _end_of_segment(data, marker.end())
        if kind == _SCAN:
            following = _MARKER.search(data, end)
            if following is None:
                raise unreadable()
            end = following.start()
        yield _Segment(kind, start, end)
        start = end


def _end_of_segment(data: bytes, start: int) -> int:
    length = int.from_bytes(data[start : start + 2])
    if length < 2 or start + length > len(data):
        raise unreadable()
    return start + length


def _read_size(frame: bytes, found: Structure) -> None:
    if found.pixels or len(frame) < 6:
        raise unreadable()
    found.height, found.width = int.from_bytes(frame[1:3]), int.from_bytes(frame[3:5])


def _read_companions(behind: bytes, found: Structure) -> None:
    """Sort what lies behind the image into what cameras put there and what they do not."""
    rest = without_padding(behind)
    for _ in range(_COMPANIONS_LIMIT):
        if not rest.startswith(MAGIC):
            break
        another, end = _image(rest, 0)
        found.companions += another.metadata
        rest = without_padding(rest[end:])
    # The size before it begins with zeros, which look like padding.
    is_film = _FILM in rest[: 2 * len(_FILM)]
    if is_film or rest.endswith(_SAMSUNG_END):
        found.companions.append(rest)
    else:
        found.trailer = rest
