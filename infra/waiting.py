"""How is something awaited without guessing how long it takes?"""

import time
from collections.abc import Callable


class WaitedTooLong(Exception):
    """What was awaited did not come true in the time allowed."""


def wait_until(is_true: Callable[[], bool], *, within_seconds: float, what: str, every_seconds: float = 0.05) -> None:
    """Poll a condition until it holds; raise `WaitedTooLong` naming what was awaited."""
    end = time.monotonic() + within_seconds
    while not is_true():
        if time.monotonic() > end:
            raise WaitedTooLong(f"Waited {within_seconds:g} s for {what}")
        time.sleep(every_seconds)
