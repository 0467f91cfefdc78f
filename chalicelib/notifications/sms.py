"""What must a sender of text messages be able to do? The port that adapters such as Twilio's fill."""

from dataclasses import dataclass
from typing import Protocol

from chalicelib.notifications.outcomes import Refused, Taken


@dataclass(frozen=True)
class Text:
    """One text message. ``message_id`` is ours: reports about it name it, and it names nobody."""

    message_id: str
    to: str
    body: str


class SmsSender(Protocol):
    """Each call may raise ``TextNotSent`` or ``TextSenderNotAccepted``."""

    def send(self, text: Text) -> Taken | Refused:
        """Send a message. It has no key by which the sender would know it again: twice is two messages."""

    def find(self, text: Text, *, since: int) -> Taken | None:
        """Return the same words to the same number, if the sender took any in or after that second."""
