"""What is known of an image file before anything of it is decoded?"""

from dataclasses import dataclass, field

from chalicelib.pictures.enums import RefusalReason
from chalicelib.pictures.errors import UploadRefused


@dataclass
class Structure:
    """The size that a file promises, what it holds beside pixels, and what lies behind its end.

    ``needed`` is the file without anything that showing it does not need. ``trailer`` are bytes behind the end
    that no camera is known to put there; ``companions`` are those that cameras do.
    """

    width: int = 0
    height: int = 0
    is_animated: bool = False
    needed: bytes = b""
    metadata: list[bytes] = field(default_factory=list)
    companions: list[bytes] = field(default_factory=list)
    trailer: bytes = b""

    @property
    def pixels(self) -> int:
        return self.width * self.height

    @property
    def metadata_bytes(self) -> int:
        return sum(map(len, self.metadata))


def unreadable() -> UploadRefused:
    """Return the refusal of a file that breaks its own format."""
    return UploadRefused(RefusalReason.UNREADABLE)


def without_padding(data: bytes) -> bytes:
    """Return what follows a file's end beside zeros and white space."""
    return data.strip(b"\0 \t\r\n")
