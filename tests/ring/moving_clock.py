"""What time is it in the ring? What the one clock says that its owner moves; waiting takes no time but its own."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta, tzinfo
from threading import Lock
from typing import Any

import pytest
from botocore import endpoint

from chalicelib.core import clock, waiting
from chalicelib.core.storage import transactions
from infra.local import remembering

# The embedded cloud has a clock of its own, and must not find that anything has expired.
_BEGINNING = datetime(2040, 1, 2, 6, tzinfo=UTC)
# Nobody sees the same time twice, so that what is made later sorts later.
_LOOK = timedelta(milliseconds=1)


class MovingClock:
    """Stands in for the machine's clock wherever the shop, its vendors or botocore ask it.

    However fast the machine is, time passes when it is moved, and a millisecond whenever somebody looks.
    """

    def __init__(self) -> None:
        self._now, self._lock = _BEGINNING, Lock()

    def begin_anew(self) -> None:
        self._now = _BEGINNING

    def now(self, zone: tzinfo | None = UTC) -> datetime:
        return self._moved(_LOOK).astimezone(zone)

    def move(self, seconds: float) -> None:
        self._moved(timedelta(seconds=seconds))

    def move_to(self, moment: datetime) -> None:
        with self._lock:
            self._now = max(self._now, moment)

    def monotonic(self) -> float:
        return (self._moved(_LOOK) - _BEGINNING).total_seconds()

    def _moved(self, stretch: timedelta) -> datetime:
        with self._lock:
            self._now += stretch
            return self._now


class _Time:
    """The module `time`, except that sleeping moves the clock."""

    def __init__(self, clock: MovingClock) -> None:
        self.sleep, self.monotonic = clock.move, clock.monotonic

    def __getattr__(self, name: str) -> Any:
        return getattr(time, name)


@contextmanager
def moving_clock(patch: pytest.MonkeyPatch) -> Iterator[MovingClock]:
    """Put the clock in the machine's place: where `now` is asked, and where somebody would sleep."""
    moved = MovingClock()

    class Datetime(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
            return moved.now(tz)

    with patch.context() as here:
        for module in (clock, remembering):
            here.setattr(module, "datetime", Datetime)
        for module in (transactions, waiting, endpoint):
            here.setattr(module, "time", _Time(moved))
        yield moved
