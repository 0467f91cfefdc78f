"""When is a service that fails left alone for a while? A circuit breaker per process and service.

    circuit = circuits.circuit(url, limit=Rate(5, 60), pause_seconds=30)
    if wait := circuit.seconds_to_wait():
        raise ...
    circuit.failed()  # or circuit.answered()

Closed, everything passes. After ``limit`` failures it is open, and nothing passes for ``pause_seconds``. Then it is
half open: one call passes and the others wait for what comes of it. An answer closes it, a failure opens it again.
"""

import math
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock

from chalicelib.core import clock
from chalicelib.core.observability import count
from chalicelib.core.rates import Rate


@dataclass
class Circuit:
    """What this process knows of a service."""

    limit: Rate
    pause_seconds: int
    _failures: list[datetime] = field(default_factory=list)
    _open_until: datetime | None = None
    _lock: Lock = field(default_factory=Lock)

    def seconds_to_wait(self) -> int:
        """Return 0 if a call may be made now, else in how many seconds. Whoever is let through says what came of it."""
        with self._lock:
            if self._open_until is None:
                return 0
            left = (self._open_until - clock.now()).total_seconds()
            if left > 0:
                return math.ceil(left)
            # Half open: this caller is let through, and the next one not before its answer, or another pause.
            self._open_until = clock.after(self.pause_seconds)
            return 0

    def answered(self) -> None:
        """Note an answer, whatever it said."""
        with self._lock:
            self._failures, self._open_until = [], None

    def failed(self) -> None:
        """Note that no sensible answer came."""
        with self._lock:
            now = clock.now()
            since = now - timedelta(seconds=self.limit.window_seconds)
            self._failures = [each for each in self._failures if each > since] + [now]
            if self._open_until is not None or len(self._failures) >= self.limit.quota:
                self._open_until = clock.after(self.pause_seconds)
                count("CircuitsOpened")


_circuits: dict[str, Circuit] = {}


def circuit(name: str, *, limit: Rate, pause_seconds: int) -> Circuit:
    """Return this process's circuit of a service, with the limits of now."""
    found = _circuits.setdefault(name, Circuit(limit, pause_seconds))
    found.limit, found.pause_seconds = limit, pause_seconds
    return found


def forget() -> None:
    """Know nothing of any service, as a new process does."""
    _circuits.clear()
