"""What can become of a call on the wire?"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum


class Fate(StrEnum):
    """Whether a call takes effect, and what its caller hears of it."""

    PASSED = "passed"
    # It never took effect.
    DROPPED = "dropped"  # the connection closes
    FAILED = "failed"  # a server error
    THROTTLED = "throttled"
    STARVED = "starved"  # the table's provisioned throughput is used up
    CONFLICTED = "conflicted"  # somebody else's transaction has one of the items
    REFUSED = "refused"  # what is asked for is said to be wrong
    DENIED = "denied"  # whoever asks is said to be nobody who may
    NOT_YET = "not yet"  # what is asked about is said not to be there so far
    # It took effect, though its caller may not know.
    UNANSWERED = "unanswered"  # the connection closes
    SILENT = "silent"  # no answer comes until the caller gives up
    TWICE = "twice"  # it arrives again, as retries of something in between do
    DELAYED = "delayed"
    OVERTAKEN = "overtaken"  # whoever makes it is run again meanwhile, and that run is done first
    # The caller is no more: neither does this call get an answer, nor does any later one of its arrive.
    KILLED_BEFORE = "killed before"
    KILLED_AFTER = "killed after"

    @property
    def takes_effect(self) -> bool:
        return self not in _WITHOUT_EFFECT

    @property
    def is_death(self) -> bool:
        return self in (Fate.KILLED_BEFORE, Fate.KILLED_AFTER)


_REFUSALS = frozenset(
    {Fate.FAILED, Fate.THROTTLED, Fate.STARVED, Fate.CONFLICTED, Fate.REFUSED, Fate.DENIED, Fate.NOT_YET}
)
_WITHOUT_EFFECT = _REFUSALS | {Fate.DROPPED, Fate.KILLED_BEFORE}


def _nothing() -> None:
    """Nobody does anything meanwhile."""
    return


@dataclass(frozen=True)
class Decision:
    """What becomes of one call. What others do just before and just after its effect makes a race of it."""

    fate: Fate = Fate.PASSED
    seconds: float = 0
    before: Callable[[], None] = _nothing
    after: Callable[[], None] = _nothing


PASS = Decision()
