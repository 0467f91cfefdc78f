"""What may a process keep in its memory? As much as it has room for; what was not asked for the longest goes first."""

from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass
from threading import Lock
from typing import Any

from chalicelib.core import clock


@dataclass(frozen=True)
class _Entry:
    value: Any
    weight: int
    until: float


class Kept:
    """Values by key, each for a time, and together of no more than a weight."""

    def __init__(self) -> None:
        self._entries: OrderedDict[Hashable, _Entry] = OrderedDict()
        self._lock = Lock()
        self.weight = 0

    def find(self, key: Hashable) -> Any | None:
        """Return what is kept under a key, unless its time is over."""
        with self._lock:
            entry = self._entries.get(key)
            if entry is None:
                return None
            if entry.until <= clock.now().timestamp():
                self._drop(key)
                return None
            self._entries.move_to_end(key)
            return entry.value

    def keep(self, key: Hashable, value: Any, *, weight: int, limit: int, for_seconds: float) -> None:
        """Keep a value for a time, and let go of others until no more than ``limit`` is kept."""
        with self._lock:
            self._drop(key)
            if weight > limit:
                return
            self._entries[key] = _Entry(value, weight, clock.now().timestamp() + for_seconds)
            self.weight += weight
            while self.weight > limit:
                self._drop(next(iter(self._entries)))

    def forget(self) -> None:
        """Let go of everything."""
        with self._lock:
            self._entries.clear()
            self.weight = 0

    def _drop(self, key: Hashable) -> None:
        gone = self._entries.pop(key, None)
        self.weight -= gone.weight if gone else 0
