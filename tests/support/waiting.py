"""How tests wait: for a condition, up to a deadline, never for a fixed time."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")

_FIRST_PAUSE_SECONDS = 0.02
_LONGEST_PAUSE_SECONDS = 0.25


def eventually(predicate: Callable[[], T | None], within_seconds: float, what: str) -> T:
    """Return the first truthy answer of the predicate; fail by saying what never happened."""
    deadline = time.monotonic() + within_seconds
    pause = _FIRST_PAUSE_SECONDS
    while not (answer := predicate()):
        if time.monotonic() >= deadline:
            raise AssertionError(f"not within {within_seconds:g} s: {what}; last answer: {answer!r}")
        time.sleep(pause)
        pause = min(pause * 1.5, _LONGEST_PAUSE_SECONDS)
    return answer
