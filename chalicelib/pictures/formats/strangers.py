"""Does something else hide in an image? Signs of other formats and of script, where no image has them.

Nothing of an upload is ever handed on as it came, so this does not keep shoppers safe: that is done by drawing every
picture anew. It tells a seller that a file was tampered with, and keeps such files out of the bucket.
"""

import re

_SIGNS = re.compile(
    rb"<script|<\?php|<!doctype|<!entity|<html|<svg|<iframe|<object|<embed|javascript:|vbscript:"
    rb"|%PDF-\d|GIF8[79]a|\x89PNG\r\n\x1a\n|Rar!\x1a\x07|7z\xbc\xaf\x27\x1c|\x7fELF[\x01\x02]|#!/(?:bin|usr)/",
    re.IGNORECASE,
)
# Four bytes come up by chance in a film of some megabytes, so the rest of the record must make sense too.
_ARCHIVE_STARTS = b"PK\x03\x04"
_ARCHIVE_END = re.compile(rb"PK\x05\x06\0\0\0\0(..)\1", re.DOTALL)


def is_inside(piece: bytes) -> bool:
    """Tell whether a piece of metadata, or what lies behind an image, is or holds another kind of file."""
    return bool(piece.startswith(_ARCHIVE_STARTS) or _SIGNS.search(piece) or _ARCHIVE_END.search(piece))
