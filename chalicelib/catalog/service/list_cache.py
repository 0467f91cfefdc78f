"""How are public lists read without asking the table each time? A process keeps what it read until something changes.

Whatever changes a list, the tree or a collection also writes one of a few marks, in the same transaction. A process
looks at the marks every ``LISTS_POLLED_SECONDS`` at most, and forgets all it kept when one of them is another. What is
kept was read consistently and after the marks, so it is never older than they are.
"""

import zlib
from collections.abc import Callable, Hashable
from typing import TypeVar

from chalicelib.catalog import store
from chalicelib.catalog.models import ListMark
from chalicelib.core import clock, ids
from chalicelib.core.kept import Kept
from chalicelib.core.settings import settings
from chalicelib.core.storage import list_keys, transactions

T = TypeVar("T")

# Changes of different products seldom meet at one mark, and all marks are read at once.
_MARKS = 8


class _Held:
    answers = Kept()
    marks: frozenset[str] = frozenset()
    polled_at: float = 0.0


def kept(key: Hashable, read: Callable[[], T], *, weigh: Callable[[T], int]) -> T:
    """Return what is kept under a key, or else read it and keep it. It weighs as much as it holds cards.

    No call when it is kept, and 1 Query before either when the marks were not looked at for a while.
    """
    if settings.lists_cached_seconds <= 0:
        return read()
    marks = _current_marks()
    found: T | None = _Held.answers.find(key)
    if found is not None:
        return found
    value = read()
    # Another thread may have seen a change since.
    if marks is _Held.marks:
        _Held.answers.keep(
            key,
            value,
            weight=1 + weigh(value),
            limit=settings.lists_cached_cards,
            for_seconds=settings.lists_cached_seconds,
        )
    return value


def changed(about: str) -> None:
    """Let every process forget what it keeps of lists, as part of the open transaction; ``about`` is what changed."""
    number = zlib.crc32(about.encode()) % _MARKS
    with transactions.write() as work:
        work.replace(ListMark.at(list_keys.list_mark(number), mark=ids.new("chg")))


def forget() -> None:
    """Let go of everything, as a new process would start."""
    _Held.answers.forget()
    _Held.marks, _Held.polled_at = frozenset(), 0.0


def _current_marks() -> frozenset[str]:
    """Return the marks as they were lately; forget what was kept when they are others than before."""
    now = clock.now().timestamp()
    if now - _Held.polled_at >= settings.lists_polled_seconds:
        marks = frozenset(store.list_marks())
        if marks != _Held.marks:
            _Held.marks = marks
            _Held.answers.forget()
        _Held.polled_at = now
    return _Held.marks
