"""How does the shop wait for something? By looking again and again, never longer than told."""

import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")

_PAUSE = 0.1


def until(read: Callable[[], T], is_enough: Callable[[T], bool], *, seconds: float) -> T:
    """Read until it is enough or the time is over, and return what was read last."""
    deadline = time.monotonic() + seconds
    found = read()
    while not is_enough(found) and time.monotonic() < deadline:
        time.sleep(_PAUSE)
        found = read()
    return found
