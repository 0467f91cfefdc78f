"""What is there to be found in the audit trail? Acts, kept as the queue's function keeps them."""

import json
from typing import Any

from chalicelib.audit.models import AuditEntry
from chalicelib.audit.reactions import audit_trail
from chalicelib.audit.rules import Act
from chalicelib.core import audit, clock
from chalicelib.core.events.event import envelope
from chalicelib.core.storage import connection
from chalicelib.core.storage.table import Item
from tests.core.announcements import queued
from tests.core.shelves import announced

HANA, ABEBE = "usr_hana", "usr_abebe"
COFFEE, GABI = "prd_coffee", "prd_gabi"


def an_act(number: int = 1, **changed: Any) -> Act:
    """An act that differs from others by its number and by what is said."""
    given: dict[str, Any] = {
        "event_id": f"evt_{number}",
        "at": f"2026-11-22T06:00:00.{number:06d}Z",
        "kind": "change_product",
        "outcome": "done",
        "subject": COFFEE,
        "parts": [],
        "actor": HANA,
        "actor_kind": "staff",
        "request_id": f"request-{number}",
        "address": "198.51.100.7",
        "changes": [json.dumps(["status", "draft", "active"])],
    }
    return Act(**{**given, **changed})


def an_event(number: int = 1, **changed: Any) -> dict[str, Any]:
    """The envelope in which the queue gets such an act."""
    data = vars(an_act(number, **changed)).copy()
    head = {"id": data.pop("event_id"), "time": data.pop("at"), "sequence": 1, "type": "audit.recorded"}
    return {**head, "subject": data["subject"], "data": data}


def kept(*events: dict[str, Any]) -> None:
    """Let the queue's function have these events."""
    reply = audit_trail.handler(queued(*events), None)
    assert reply == {"batchItemFailures": []}


def kept_all(count: int, **changed: Any) -> None:
    """Let so many acts be kept, one after the other."""
    for number in range(1, count + 1):
        kept(an_event(number, **changed))


def carry_out_notes() -> None:
    """Do what stream, topic and queue do with every note that there is."""
    kept(*(envelope(event) for event in sorted(announced(), key=lambda event: str(event["time"]))))


def rows() -> list[dict[str, Any]]:
    """Return all rows of the audit trail's table, as they are stored."""
    found: list[dict[str, Any]] = connection.audit_table().scan()["Items"]
    return found


def chain() -> list[AuditEntry]:
    """Return the entries in order of their keys."""
    found = [Item.from_raw_data(row) for row in rows() if row["kind"] == {"S": "audit_entry"}]
    return sorted((each for each in found if isinstance(each, AuditEntry)), key=lambda each: each.key)


def record(subject: str = COFFEE) -> None:
    """Note something, as services do."""
    audit.record("product.blessed", subject=subject, changes={"blessed_at": (None, clock.as_text(clock.now()))})
