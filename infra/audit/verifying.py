"""Does every entry fit to the one before it, and is none gone? Walks the chain, then compares it with its guards."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pynamodb.exceptions import AttributeDeserializationError

from chalicelib.audit import rules
from chalicelib.audit.models import AuditEntry, AuditGuard
from chalicelib.audit.rules import Link
from chalicelib.core.storage import keys
from chalicelib.core.storage.keys import Key
from chalicelib.core.storage.table import Item
from infra.clouds import Cloud

Raw = Mapping[str, Any]


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


@dataclass
class AuditTable:
    """The audit trail's table, read and never written."""

    cloud: Cloud
    name: str

    def entries(self) -> Iterator[Raw]:
        """Read the chain in order, consistently: 1 Query per megabyte."""
        partition = {":chain": {"S": keys.audit_chain(rules.CHAIN)}}
        return self._rows("query", KeyConditionExpression="pk = :chain", ExpressionAttributeValues=partition)

    def guards(self) -> Iterator[Raw]:
        """Read every guard: a scan of the whole table."""
        wanted = {"FilterExpression": "sk = :guard", "ExpressionAttributeValues": {":guard": {"S": "GUARD"}}}
        return self._rows("scan", **wanted)

    def has(self, key: Key) -> bool:
        """Tell whether there is a row at this key."""
        place = {"pk": {"S": key.pk}, "sk": {"S": key.sk}}
        return "Item" in self.cloud.client("dynamodb").get_item(TableName=self.name, Key=place, ConsistentRead=True)

    def _rows(self, operation: str, **wanted: Any) -> Iterator[Raw]:
        pages = self.cloud.client("dynamodb").get_paginator(operation)
        for page in pages.paginate(TableName=self.name, ConsistentRead=True, **wanted):
            yield from page["Items"]


def verify(table: AuditTable, earlier: Iterable[Head] = ()) -> Verdict:
    """Return how far the audit trail holds.

    Guards are read first, so that an entry that is written meanwhile is never missed. Each is put with its entry,
    so a guard without one tells that the end of the chain was cut off.
    """
    guards = {guard.number: guard for guard in map(_guard_of, table.guards())}
    known = {head.number: head for head in earlier}
    last: Link | None = None
    for raw in table.entries():
        trouble = _trouble_in(raw, last) or _trouble_outside(table, raw, guards, known)
        if trouble is not None:
            return Verdict(_head_of(last), f"{raw['pk']['S']} {raw['sk']['S']}: {trouble}")
        last = _entry_of(raw).link
    head = _head_of(last)
    gone = sorted(number for number in {*guards, *known} if number > head.number)
    return Verdict(head, f"entries from number {head.number + 1} to {gone[-1]} are gone" if gone else None)


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


def _trouble_outside(
    table: AuditTable, raw: Raw, guards: Mapping[int, AuditGuard], known: Mapping[int, Head]
) -> str | None:
    """Compare an entry with its guard, and with what somebody wrote down of it earlier."""
    link = _entry_of(raw).link
    if link.number in known and known[link.number].hash != link.hash:
        return "it had another hash when it was written down"
    key = keys.audit_guard(link.act.event_id)
    if link.number in guards:
        return None if guards[link.number].key == key else "its guard is of another event"
    return None if table.has(key) else "its guard is gone"


def _entry_of(raw: Raw) -> AuditEntry:
    return AuditEntry.from_raw_data(dict(raw))


def _guard_of(raw: Raw) -> AuditGuard:
    guard = Item.from_raw_data(dict(raw))
    if not isinstance(guard, AuditGuard):
        raise TypeError(f"{guard.key} is no guard")
    return guard


def _head_of(last: Link | None) -> Head:
    return Head(rules.CHAIN, 0, rules.BEGINNING) if last is None else Head(last.chain, last.number, last.hash)
