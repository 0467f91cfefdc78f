"""How is the audit trail searched?"""

from functools import reduce
from operator import and_

from chalicelib.audit import rules
from chalicelib.audit.models import AuditEntry, AuditGuard
from chalicelib.audit.rules import Search
from chalicelib.core.storage import trail_keys
from chalicelib.core.storage.attributes import Condition, UnicodeAttribute
from chalicelib.core.storage.table import Slice, index_slice, page


def last_entry(chain: str) -> AuditEntry | None:
    """Return the end of a chain."""
    found = page(AuditEntry, trail_keys.audit_chain(chain), after=None, limit=1, newest_first=True, consistent=True)
    return found.items[0] if found.items else None


def entry_of_event(event_id: str) -> AuditEntry:
    """Return the entry that an event has. Whoever may query only has no other way to read one item."""
    guards = page(AuditGuard, trail_keys.audit_guard(event_id).pk, after=None, limit=1, consistent=True)
    guard = guards.items[0]
    key = trail_keys.audit_entry(guard.chain, rules.place(guard.number))
    return page(AuditEntry, key.pk, prefix=key.sk, after=None, limit=1, consistent=True).items[0]


def entries(wanted: Search, *, after: str | None, limit: int) -> Slice[AuditEntry]:
    """Return a page of the entries that are wanted, newest first.

    The first of three indexes that fits is read, or else the chain; what else is wanted makes the page shorter.
    """
    fitting = {name: pk for name, pk in _partitions(wanted).items() if pk is not None}
    if not fitting:
        chain = trail_keys.audit_chain(rules.CHAIN)
        where = _within(AuditEntry.gsi1sk, wanted)
        return page(AuditEntry, chain, after=after, limit=limit, newest_first=True, where=where)
    index, pk = next(iter(fitting.items()))
    return index_slice(
        AuditEntry,
        index,
        pk,
        within=_within(getattr(AuditEntry, f"{index}sk"), wanted),
        where=_all_of([getattr(AuditEntry, f"{name}pk") == fitting[name] for name in fitting if name != index]),
        after=after,
        row_of=lambda rank: trail_keys.audit_entry(*rules.place_in(rank)),
        limit=limit,
        newest_first=True,
    )


def _partitions(wanted: Search) -> dict[str, str | None]:
    """Return where each index has what is wanted, the index first that is likely to hold least."""
    return {
        "gsi1": None if wanted.subject is None else trail_keys.audit_subject(wanted.subject),
        "gsi2": None if wanted.actor is None else trail_keys.audit_actor(wanted.actor),
        "gsi3": None if wanted.kind is None else trail_keys.audit_kind(wanted.kind),
    }


def _within(rank: UnicodeAttribute, wanted: Search) -> Condition | None:
    """Demand a time: from ``since`` on, and before ``until``, since a rank goes on where a time ends."""
    if wanted.since is not None and wanted.until is not None:
        return rank.between(wanted.since, wanted.until)
    if wanted.since is not None:
        return rank >= wanted.since
    return None if wanted.until is None else rank <= wanted.until


def _all_of(conditions: list[Condition]) -> Condition | None:
    return reduce(and_, conditions) if conditions else None
