"""Who did what to what? Notes for the audit trail, each written together with what it tells of.

    with transactions.write() as work:
        work.save(user)
        audit.record("user.blocked", subject=user.user_id, changes={"status": ("active", "blocked")})

Operations of staff are recorded by ``core.http`` itself; their services only tell what ``changed``.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from chalicelib.core import clock, ids, masking
from chalicelib.core.events.audit_recorded import AuditRecorded
from chalicelib.core.events.event import DATA_LIMIT_BYTES, size_of
from chalicelib.core.settings import settings
from chalicelib.core.storage import keys, transactions
from chalicelib.core.storage.table import VersionedItem

Changes = Mapping[str, tuple[Any, Any]]
Outcome = Literal["done", "refused"]


@dataclass(frozen=True)
class Doer:
    """Who acts, in which capacity, and by which request from where."""

    id: str = ""
    kind: str = "system"
    request_id: str = ""
    address: str = ""


SYSTEM = Doer()


@dataclass
class Recording:
    """What will be recorded once the work inside is done."""

    kind: str
    subject: str = ""
    parts: Sequence[str] = ()
    changes: dict[str, tuple[Any, Any]] = field(default_factory=dict)


class AuditNote(VersionedItem, discriminator="audit_note"):
    """Carries ``audit.recorded`` out of a transaction. It is kept as long as events may be announced again."""


class _Noted(Exception):
    """The same refusal has a note already."""


_doer: ContextVar[Doer] = ContextVar("audit_doer", default=SYSTEM)
_recording: ContextVar[Recording | None] = ContextVar("audit_recording", default=None)


@contextmanager
def acting(doer: Doer) -> Iterator[None]:
    """Say on whose behalf everything inside is done; outside, the shop acts by itself."""
    token = _doer.set(doer)
    try:
        yield
    finally:
        _doer.reset(token)


def record(
    kind: str, *, subject: str, parts: Sequence[str] = (), changes: Changes | None = None, outcome: Outcome = "done"
) -> None:
    """Add a note to the transaction that is open: 1 more put. Without one it is a write of its own.

    ``parts`` names what of the subject is meant. Secrets among the changes are masked, and long ones cut. What is
    refused must be noted outside the transaction that the refusal undoes.
    """
    _put(ids.new("aud"), _noted(kind, subject, parts=parts, changes=changes or {}, outcome=outcome))


def record_refusal(kind: str, *, subject: str, parts: Sequence[str] = ()) -> None:
    """Note that the doer may not do this: 1 conditional put, in a transaction of its own.

    Whoever keeps trying is noted once for as long as an access token lives, so nobody can fill the table.
    """
    now = clock.epoch_seconds() // settings.access_token_seconds
    same = hashlib.sha256("\x00".join((_doer.get().id, kind, str(now))).encode()).hexdigest()
    with suppress(_Noted):
        _put(same, _noted("access.refused", subject, parts=(kind, *parts), changes={}, outcome="refused"))


@contextmanager
def recording(kind: str) -> Iterator[Recording]:
    """Record what is done inside, with all that it says to have ``changed``; nothing if it fails."""
    open_one = Recording(kind)
    token = _recording.set(open_one)
    try:
        yield open_one
    finally:
        _recording.reset(token)
    record(open_one.kind, subject=open_one.subject, parts=open_one.parts, changes=open_one.changes)


def changed(before: Mapping[str, Any], after: Mapping[str, Any]) -> None:
    """Tell the record that is being made, if one is, which fields are not what they were.

    A field that one side lacks counts as null there: new things have nothing before, and gone ones nothing after.
    """
    open_one = _recording.get()
    if open_one is None:
        return
    for name in [*before, *(name for name in after if name not in before)]:
        was, now = before.get(name), after.get(name)
        if was != now:
            open_one.changes[name] = (open_one.changes.get(name, (was,))[0], now)


def _noted(kind: str, subject: str, *, parts: Sequence[str], changes: Changes, outcome: Outcome) -> AuditRecorded:
    if not subject:
        raise ValueError(f"{kind} was done to nothing")
    doer = _doer.get()
    bare = AuditRecorded(
        subject=masking.cut(subject),
        kind=kind,
        outcome=outcome,
        actor=masking.cut(doer.id),
        actor_kind=doer.kind,
        request_id=doer.request_id,
        address=masking.cut(doer.address),
        parts=[masking.cut(part) for part in parts],
        changes=[],
    )
    return replace(bare, changes=_fitting(changes, DATA_LIMIT_BYTES - size_of(vars(bare))))


def _fitting(changes: Changes, room: int) -> list[str]:
    """Return as many changes as there is room for; what is left out is counted in the last one."""
    told = [masking.as_change(name, was, now) for name, (was, now) in changes.items()]
    if size_of(told) <= room:
        return told
    for kept in range(len(told) - 1, -1, -1):
        some = [*told[:kept], masking.as_change("…", None, f"{len(told) - kept} more")]
        if size_of(some) <= room:
            return some
    return []


def _put(note_id: str, event: AuditRecorded) -> None:
    note = AuditNote.at(keys.audit_note(note_id), expires_at=clock.epoch_seconds() + settings.event_marker_kept_seconds)
    with transactions.write() as work:
        work.create(note, event=event, refusal=_Noted())
