"""How does the audit trail grow, and how is it searched?"""

from chalicelib.audit import archive, rules, store
from chalicelib.audit.models import AuditEntry, AuditGuard
from chalicelib.audit.rules import Act, Link, Search
from chalicelib.core.observability import logger
from chalicelib.core.storage import trail_keys, transactions
from chalicelib.core.storage.table import Slice

__all__ = ["AuditEntry", "keep", "search"]


class _Kept(Exception):
    """The event has its entry already."""


def keep(act: Act) -> None:
    """Put an act at the end of its chain, once for each event, and into the archive if there is one.

    1 Query, and 1 transaction of two puts. Raises ``StaleItem`` if another act was put there meanwhile; read again,
    and put this one behind it.
    """
    link = _linked(act)
    if not archive.is_kept():
        return
    # Whoever died before this point is called again, and finds the entry there.
    archive.put(*rules.archived(link or store.entry_of_event(act.event_id).link))


def _linked(act: Act) -> Link | None:
    """Return the new link of an act, or nothing if it has one already."""
    last = store.last_entry(rules.CHAIN)
    link = rules.following(last.link if last else None, act, chain=rules.CHAIN)
    guard = AuditGuard.at(trail_keys.audit_guard(act.event_id), chain=link.chain, number=link.number)
    try:
        with transactions.write() as work:
            work.create(guard, refusal=_Kept())
            work.create(AuditEntry.of(link))
    except _Kept:
        logger.info("act kept before", event=act.event_id)
        return None
    return link


def search(wanted: Search, *, after: str | None, limit: int) -> Slice[AuditEntry]:
    """Return a page of the entries that are wanted, newest first; there are none before the time that they begin."""
    if wanted.since is not None and wanted.until is not None and wanted.since > wanted.until:
        return Slice([], None)
    return store.entries(wanted, after=after, limit=limit)
