"""How is something kept in memory for a while, so that not every request reads it?"""

from collections.abc import Callable
from typing import Any, TypeVar

from chalicelib.core import clock

T = TypeVar("T")

_held: dict[str, tuple[float, Any]] = {}


def held(name: str, load: Callable[[], T], *, seconds: int) -> T:
    """Return what goes by a name, read at most so many seconds ago."""
    now = clock.now().timestamp()
    kept_until, value = _held.get(name, (now, None))
    if kept_until <= now:
        value = load()
        _held[name] = (now + seconds, value)
    found: T = value
    return found


def forget(*names: str) -> None:
    """Drop what goes by these names, or everything."""
    for name in names or tuple(_held):
        _held.pop(name, None)
