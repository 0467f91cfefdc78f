"""What does whoever is to send a message say about it?"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Taken:
    """The sender has the message and goes on with it; ``reference`` is its name for it."""

    reference: str


@dataclass(frozen=True)
class Refused:
    """The sender will never send this message to this reader, and says why by a code of its own."""

    code: str
