"""What does the audit trail hear of? One kind of event, whatever was done and in whichever domain."""

from dataclasses import dataclass
from typing import ClassVar

from chalicelib.core.events.event import Event


@dataclass(frozen=True)
class AuditRecorded(Event):
    """Somebody did something that the audit trail must keep, or was kept from doing it.

    Each change is the JSON text of `[field, before, after]`, of texts that are null where there was nothing.
    """

    TYPE: ClassVar[str] = "audit.recorded"

    subject: str
    kind: str
    outcome: str
    actor: str
    actor_kind: str
    request_id: str
    address: str
    parts: list[str]
    changes: list[str]
