"""What time is it in the ring? What the one clock says that its owner moves; waiting takes no time but its own."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Any

import pytest
from botocore import endpoint

from chalicelib.core import clock, waiting
from chalicelib.core.storage import transactions
from infra.local import remembering


class MovingClock:
    """Stands in for the machine's clock wherever the shop, its vendors or botocore ask it."""

    def __init__(self) -> None:
        self._ahead = timedelta(0)

    def now(self, zone: tzinfo | None = UTC) -> datetime:
        return datetime.now(zone) + self._ahead

    def move(self, seconds: float) -> None:
        self._ahead += timedelta(seconds=seconds)

    def move_to(self, moment: datetime) -> None:
        self._ahead += max(moment - self.now(), timedelta(0))

    def monotonic(self) -> float:
        return time.monotonic() + self._ahead.total_seconds()


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
