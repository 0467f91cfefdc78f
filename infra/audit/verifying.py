"""Does every entry fit to the one before it, and is none gone? Walks the chain, then compares it with its guards."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pynamodb.exceptions import AttributeDeserializationError

from chalicelib.audit import rules
from chalicelib.audit.models import AuditEntry, AuditGuard
from chalicelib.audit.rules import Link
from chalicelib.core.storage import trail_keys
from chalicelib.core.storage.table import Item
from infra.audit.reading import Archive, AuditTable, Raw


@dataclass(frozen=True)
class Head:
    """Where a chain ends. Whoever keeps one elsewhere can show later that nothing before it was rewritten."""

    chain: str
    number: int
    hash: str

    def __str__(self) -> str:
        return f"{self.chain}:{self.number}:{self.hash}"

    @classmethod
    def read(cls, text: str) -> "Head":
        """Read what was printed; raises ``ValueError`` for anything else."""
        chain, number, digest = text.split(":")
        return cls(chain, int(number), digest)


@dataclass(frozen=True)
class Verdict:
    """How far the chain holds, and the first thing that does not fit, if there is one."""

    head: Head
    trouble: str | None = None


def verify(table: AuditTable, earlier: Iterable[Head] = (), archive: Archive | None = None) -> Verdict:
    """Return how far the audit trail holds, also by ends that were kept earlier and by the archive.

    Guards are read first, so that an entry that is written meanwhile is never missed. Each is put with its entry,
    so a guard without one tells that the end of the chain was cut off.
    """
    beside = _Beside(table, _guards_of(table), {head.number: head for head in earlier}, archive)
    last: Link | None = None
    for raw in table.entries():
        trouble = _trouble_in(raw, last) or beside.trouble_with(_entry_of(raw).link)
        if trouble is not None:
            return Verdict(_head_of(last), f"{raw['pk']['S']} {raw['sk']['S']}: {trouble}")
        last = _entry_of(raw).link
    head = _head_of(last)
    return Verdict(head, beside.trouble_behind(head))


@dataclass(frozen=True)
class _Beside:
    """All that the chain is compared with."""

    table: AuditTable
    guards: Mapping[int, AuditGuard]
    known: Mapping[int, Head]
    archive: Archive | None

    def trouble_with(self, link: Link) -> str | None:
        if self.archive is not None and self.archive.contradicts(*rules.archived(link)):
            return "it is not what the archive has"
        if link.number in self.known and self.known[link.number].hash != link.hash:
            return "it had another hash when it was written down"
        key = trail_keys.audit_guard(link.act.event_id)
        if link.number in self.guards:
            return None if self.guards[link.number].key == key else "its guard is of another event"
        return None if self.table.has(key) else "its guard is gone"

    def trouble_behind(self, head: Head) -> str | None:
        gone = [number for number in (*self.guards, *self.known) if number > head.number]
        if gone:
            return f"entries from number {head.number + 1} to {max(gone)} are gone"
        return "the archive has more entries than these" if self._archive_goes_on_behind(head) else None

    def _archive_goes_on_behind(self, head: Head) -> bool:
        if self.archive is None:
            return False
        beyond = self.archive.first(after=rules.archive_name(head.chain, head.number))
        # What was written while the chain was read is in both.
        return beyond is not None and not self.table.has(
            trail_keys.audit_entry(head.chain, rules.place(head.number + 1))
        )


def _trouble_in(raw: Raw, last: Link | None) -> str | None:
    """Compare an entry with the one before it, and with all of its own row that a search relies on."""
    try:
        entry = _entry_of(raw)
        trouble = rules.trouble_with(entry.link, after=last)
        return trouble or ("its keys are not its own" if _differs(raw, AuditEntry.of(entry.link)) else None)
    except (AttributeDeserializationError, ValueError, KeyError, TypeError):
        return "it cannot be read"


def _differs(raw: Raw, wanted: AuditEntry) -> bool:
    told = wanted.serialize()
    return any(raw.get(name) != value for name, value in told.items() if name.endswith(("pk", "sk")))


def _entry_of(raw: Raw) -> AuditEntry:
    return AuditEntry.from_raw_data(dict(raw))


def _guards_of(table: AuditTable) -> dict[int, AuditGuard]:
    """Return the guards by number of entry; what cannot be read guards nothing."""
    guards = [Item.from_raw_data(dict(raw)) for raw in table.guards()]
    return {guard.number: guard for guard in guards if isinstance(guard, AuditGuard) and guard.number is not None}


def _head_of(last: Link | None) -> Head:
    return Head(rules.CHAIN, 0, rules.BEGINNING) if last is None else Head(last.chain, last.number, last.hash)
