"""What if it were another time?"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest

from chalicelib.core import clock


@contextmanager
def later(seconds: float) -> Iterator[None]:
    """Let it be later by so many seconds."""
    now = clock.now
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(clock, "now", lambda: now() + timedelta(seconds=seconds))
        yield
