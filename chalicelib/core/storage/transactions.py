"""How is anything written? Guarded, all or nothing, retried on contention, and never half.

    with transactions.write() as work:
        work.save(cart, refusal=CartInCheckout())
        work.create(checkout)

One entry becomes one conditional call, several become one TransactWriteItems. An inner ``write()``
joins the outer one, which commits: so a stored HTTP reply or an event marker is in the same
transaction as the effect without the service knowing.
"""

import random
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, TypeVar

from pynamodb.exceptions import PynamoDBException, TransactWriteError
from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action
from pynamodb.transactions import TransactWrite

from chalicelib.core.errors import Busy
from chalicelib.core.events import event as events
from chalicelib.core.settings import settings
from chalicelib.core.storage import connection, updating
from chalicelib.core.storage.table import Item, VersionedItem

R = TypeVar("R")
# What a failed condition means: known beforehand, or told from the row that failed it (``None``: there is none).
Refusal = Exception | Callable[[Any], Exception]

_REFUSED = "ConditionalCheckFailed"
_CONTENDED = frozenset(
    {
        "TransactionConflict",
        "TransactionConflictException",
        "TransactionInProgressException",
        "ThrottlingError",
        "ThrottlingException",
        "ProvisionedThroughputExceeded",
        "ProvisionedThroughputExceededException",
        "RequestLimitExceeded",
    }
)
_FIRST_PAUSE, _LONGEST_PAUSE = 0.02, 0.5
_ABSENT = Item.pk.does_not_exist()


class StaleItem(Exception):
    """Somebody saved the item after it was read; read again and decide anew."""


class WriteContended(Exception):
    """Conflicts or throttling outlasted the patience of one commit; nothing was written."""


@dataclass
class _Entry:
    verb: str
    item: Item
    condition: Condition | None
    refusal: Refusal
    actions: Sequence[Action] = ()


@dataclass
class Work:
    """What one commit will write. Entries go out in the order DynamoDB reports them in."""

    _entries: list[_Entry] = field(default_factory=list)

    def create(self, item: Item, *, event: "events.Event | None" = None, refusal: Exception | None = None) -> None:
        """Put a new item; refused (``StaleItem`` unless told otherwise) when the key is taken."""
        self._stamp(item, event)
        self._add("put", item, _ABSENT, refusal=refusal)

    def save(
        self,
        item: VersionedItem,
        *,
        event: "events.Event | None" = None,
        when: Condition | None = None,
        refusal: Exception | None = None,
    ) -> None:
        """Put an item, provided nobody saved it since it was read or made (and ``when`` holds)."""
        unchanged = VersionedItem.version == item.version if item.version else _ABSENT
        self._stamp(item, event)
        self._add("put", item, unchanged if when is None else unchanged & when, refusal=refusal)

    def replace(self, item: Item, *, when: Condition | None = None, refusal: Exception | None = None) -> None:
        """Put an item that has no version and announces nothing, whatever was there."""
        if isinstance(item, VersionedItem):
            raise TypeError(f"{type(item).__name__} has a version: save it")
        self._add("put", item, when, refusal=refusal)

    def update(self, item: Item, actions: Sequence[Action], *, when: Condition, refusal: Refusal | None = None) -> None:
        """Change counters in place. Items with a version are saved instead.

        A lone update leaves in ``item`` what is stored now, also when it is refused.
        """
        if isinstance(item, VersionedItem):
            raise TypeError(f"{type(item).__name__} has a version: save it")
        self._add("update", item, when, refusal=refusal, actions=actions)

    def delete(self, item: Item, *, when: Condition | None = None, refusal: Exception | None = None) -> None:
        """Delete an item; nothing reacts to that, so what others must know is a state instead."""
        self._add("delete", item, when, refusal=refusal)

    def check(self, item: Item, *, when: Condition, refusal: Exception | None = None) -> None:
        """Demand something of an item that is not written."""
        self._add("check", item, when, refusal=refusal)

    @contextmanager
    def taken_back_on_failure(self) -> Iterator[None]:
        """Forget what is added inside if that fails, so that whoever catches the failure does not write half of it."""
        before, is_whole = len(self._entries), False
        try:
            yield
            is_whole = True
        finally:
            if not is_whole:
                del self._entries[before:]

    @property
    def entries(self) -> list[_Entry]:
        order = ("check", "delete", "put", "update")
        return sorted(self._entries, key=lambda entry: order.index(entry.verb))

    def _stamp(self, item: Item, event: "events.Event | None") -> None:
        if isinstance(item, VersionedItem):
            item.version += 1
            item.event = None if event is None else events.announcement(event, sequence=item.version)
        elif event is not None:
            raise TypeError(f"{type(item).__name__} has no version, so it cannot announce {event}")

    def _add(
        self,
        verb: str,
        item: Item,
        condition: Condition | None,
        *,
        refusal: Refusal | None,
        actions: Sequence[Action] = (),
    ) -> None:
        refusal = refusal or StaleItem(f"{type(item).__name__} {item.key}")
        self._entries.append(_Entry(verb, item, condition, refusal, actions))


_open: ContextVar[Work | None] = ContextVar("open_work", default=None)


@contextmanager
def write() -> Iterator[Work]:
    """Collect writes and commit them together at the end; inside another ``write()``, join it.

    Raises the refusal of the entry whose condition failed, or ``WriteContended``.
    """
    joined = _open.get()
    if joined is not None:
        with joined.taken_back_on_failure():
            yield joined
        return
    work = Work()
    token = _open.set(work)
    try:
        yield work
    finally:
        _open.reset(token)
    _commit(work.entries)


@contextmanager
def write_apart() -> Iterator[Work]:
    """Collect writes as ``write()`` does, but join nothing: they stand, whatever becomes of the work around them."""
    token = _open.set(None)
    try:
        with write() as work:
            yield work
    finally:
        _open.reset(token)


def settled(attempt: Callable[[], R]) -> R:
    """Run something that reads, decides and writes; run it anew while others change what it read.

    Raises ``Busy`` (503) when contention outlasts ``WRITE_PATIENCE_SECONDS``.
    """
    for pause in _pauses():
        try:
            return attempt()
        except (StaleItem, WriteContended) as contention:
            last = contention
            time.sleep(pause)
    raise Busy() from last


def _commit(entries: list[_Entry]) -> None:
    if not entries:
        return
    send = _send_one if len(entries) == 1 else _send_all
    for pause in _pauses():
        try:
            send(entries)
            return
        except PynamoDBException as failure:
            if _met_itself(failure, entries):
                return
            _raise_unless_contended(failure, entries)
            last = failure
            time.sleep(pause)
    raise WriteContended() from last


def _met_itself(failure: PynamoDBException, entries: list[_Entry]) -> bool:
    """Tell whether a lone put was refused because of itself.

    The client library sends a call again whose answer was lost, and the second one meets what the first wrote.
    Transactions carry a token against that.
    """
    # PynamoDB's own error leaves the number of attempts out; botocore's, which caused it, has it.
    answer = _answer_in(failure.cause and failure.cause.__cause__)
    was_repeated = answer.get("ResponseMetadata", {}).get("RetryAttempts", 0) > 0
    if not was_repeated or len(entries) > 1 or entries[0].verb != "put":
        return False
    item = entries[0].item
    stored = item._get_connection().get_item(item.pk, item.sk, consistent_read=True).get("Item")
    return bool(stored == item.to_dynamodb_dict())


def _raise_unless_contended(failure: PynamoDBException, entries: list[_Entry]) -> None:
    told = _answer_in(failure.cause).get("Error", {}).get("Code")
    if isinstance(failure, TransactWriteError):
        codes = [reason.code if reason else None for reason in failure.cancellation_reasons]
    else:
        codes = [(told or "").removesuffix("Exception")]
    if _REFUSED in codes:
        raise _refused(failure, entries, codes.index(_REFUSED)) from failure
    contended = {code for code in codes if code} | {told}
    if not contended & _CONTENDED:
        raise failure


def _answer_in(error: BaseException | None) -> dict[str, Any]:
    """Return what DynamoDB answered, which an error of the connection names though there is nothing."""
    return getattr(error, "response", None) or {}


def _refused(failure: PynamoDBException, entries: list[_Entry], number: int) -> Exception:
    entry = entries[number]
    if isinstance(entry.refusal, Exception):
        return entry.refusal
    row = updating.row_that_failed(failure, number)
    return entry.refusal(type(entry.item).from_raw_data(row) if row else None)


def _send_one(entries: list[_Entry]) -> None:
    (entry,) = entries
    match entry.verb:
        case "put":
            entry.item.save(condition=entry.condition)
        case "update":
            updating.update(entry.item, entry.actions, entry.condition)
        case "delete":
            entry.item.delete(condition=entry.condition)
        case "check":
            _send_all(entries)


def _send_all(entries: list[_Entry]) -> None:
    with TransactWrite(connection=connection.table().connection) as transaction:
        for entry in entries:
            match entry.verb:
                case "put":
                    transaction.save(entry.item, condition=entry.condition)
                case "update":
                    # Whoever tells a refusal from the row gets the very row that failed, without another read.
                    told = None if isinstance(entry.refusal, Exception) else "ALL_OLD"
                    transaction.update(entry.item, list(entry.actions), entry.condition, told)
                case "delete":
                    transaction.delete(entry.item, condition=entry.condition)
                case "check":
                    transaction.condition_check(
                        type(entry.item), entry.item.pk, entry.item.sk, condition=entry.condition
                    )


def _pauses() -> Iterator[float]:
    """Yield full-jitter pauses until the patience for contended writes is used up."""
    deadline = time.monotonic() + settings.write_patience_seconds
    ceiling = _FIRST_PAUSE
    while True:
        yield random.uniform(0, ceiling)  # noqa: S311 - jitter, not a secret
        if time.monotonic() >= deadline:
            return
        ceiling = min(ceiling * 2, _LONGEST_PAUSE)
