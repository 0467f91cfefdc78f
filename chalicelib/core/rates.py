"""How often may something be done? So many times in so long, held by one number (GCRA, ITU-T I.371 annex A).

The number is the arrival: the moment, in milliseconds since 1970, at which the next attempt would be due if
attempts came evenly. Each attempt moves it on by one interval, from now if it lies behind. It may run ahead of now
by the whole quota but no further, so nobody ever gets more than the quota at once, and after that one attempt
per interval.
"""

import re
from dataclasses import dataclass

_TEXT = re.compile(r"([1-9][0-9]{0,8})/([1-9][0-9]{0,8})")
_MS = 1_000


@dataclass(frozen=True)
class Rate:
    """``quota`` attempts in ``window_seconds``."""

    quota: int
    window_seconds: int

    @classmethod
    def from_text(cls, text: str) -> "Rate":
        """Read ``10/900``: 10 in 900 seconds."""
        parts = _TEXT.fullmatch(text)
        if parts is None:
            raise ValueError("not of the form 10/900, which would be 10 in 900 seconds")
        return cls(int(parts[1]), int(parts[2]))

    @property
    def interval_ms(self) -> int:
        """Return how far each attempt moves the arrival; rounded up, so that a second is never too fast."""
        return _rounded_up(self.window_seconds * _MS, self.quota)

    def latest_ms(self, now_ms: int) -> int:
        """Return the latest arrival that lets one more in."""
        return now_ms + (self.quota - 1) * self.interval_ms

    def after_one_more(self, arrival_ms: int | None, now_ms: int) -> int | None:
        """Return the arrival that one more attempt leads to, or ``None`` when it is one too many."""
        if arrival_ms is None or arrival_ms <= now_ms:
            return now_ms + self.interval_ms
        return arrival_ms + self.interval_ms if arrival_ms <= self.latest_ms(now_ms) else None

    def left(self, arrival_ms: int, now_ms: int) -> int:
        """Return how many attempts would be let in at this moment."""
        free = (self.latest_ms(now_ms) + self.interval_ms - arrival_ms) // self.interval_ms
        return min(max(free, 0), self.quota)

    def seconds_to_next(self, arrival_ms: int, now_ms: int) -> int:
        """Return after how many seconds there is one more left than now; 0 when nothing is used up."""
        missing = self.quota - self.left(arrival_ms, now_ms)
        return _rounded_up(max(arrival_ms - now_ms - (missing - 1) * self.interval_ms, 0), _MS) if missing else 0

    def forgotten_at(self, now_ms: int) -> int:
        """Return from when on, in seconds since 1970, an attempt of now makes no difference any more."""
        return _rounded_up(self.latest_ms(now_ms) + self.interval_ms, _MS)


def _rounded_up(dividend: int, divisor: int) -> int:
    return -(-dividend // divisor)
