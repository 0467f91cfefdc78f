"""Which call meets which fate? Told by where it stands: in which invocation, and as which of its calls."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from infra.local.faults.calls import Call
from infra.local.faults.fates import PASS, Decision, Fate
from infra.local.serving import Answer, Reply

NOBODY = "nobody"


@dataclass(frozen=True, order=True)
class Place:
    """The so-manieth call of the so-manieth invocation of one name, such as the 2nd of the first `place_order`."""

    invocation: str
    turn: int
    number: int

    def __str__(self) -> str:
        return f"{self.invocation}[{self.turn}].{self.number}"


@dataclass
class Heard:
    """One call that came by."""

    place: Place
    call: Call
    decision: Decision
    status: int | None = None

    def __str__(self) -> str:
        fate = "" if self.decision.fate is Fate.PASSED else f"  <- {self.decision.fate}"
        return f"{self.place}: {self.call.name} {self.status or ''}{fate}"


@dataclass
class Invocation:
    """One run of a function, and what befell it."""

    name: str
    turn: int
    calls: int = 0
    is_dead: bool = False
    is_disturbed: bool = False


Rule = Callable[[Place, Call], Decision]


@dataclass
class Plan:
    """Decides by its rule; once a call has killed its invocation, nothing more of that one arrives."""

    rule: Rule = lambda place, call: PASS
    log: list[Heard | str] = field(default_factory=list)
    _running: list[Invocation] = field(default_factory=list)
    _turns: dict[str, int] = field(default_factory=dict)
    _lock: threading.RLock = field(default_factory=threading.RLock)

    @contextmanager
    def invocation(self, name: str) -> Iterator[Invocation]:
        """Let calls belong to an invocation: the innermost that runs."""
        with self._lock:
            self._turns[name] = self._turns.get(name, 0) + 1
            running = Invocation(name, self._turns[name])
            self._running.append(running)
        try:
            yield running
        finally:
            with self._lock:
                self._running.remove(running)

    def decide(self, call: Call) -> Decision:
        """Return what becomes of a call, and write it down."""
        with self._lock:
            running = self._running[-1] if self._running else Invocation(NOBODY, 1)
            running.calls += 1
            place = Place(running.name, running.turn, running.calls)
            decision = Decision(Fate.KILLED_BEFORE) if running.is_dead else self.rule(place, call)
            running.is_dead |= decision.fate.is_death
            running.is_disturbed |= decision is not PASS
            self.log.append(Heard(place, call, decision))
            return decision

    def note(self, text: str) -> None:
        """Write down what happened beside the wire."""
        self.log.append(text)

    @property
    def calls(self) -> list[Heard]:
        """Return the calls alone."""
        return [each for each in self.log if isinstance(each, Heard)]

    @property
    def is_under_way(self) -> bool:
        """Tell whether an invocation runs, whose last call may not have had its effect yet."""
        return bool(self._running)

    def heard(self, call: Call, answer: Answer) -> None:
        """Write down what was answered."""
        entry = next(each for each in reversed(self.log) if isinstance(each, Heard) and each.call is call)
        entry.status = answer.status if isinstance(answer, Reply) else None


def only_at(place: Place, decision: Decision) -> Rule:
    """Return the rule that one call meets its fate and all others pass."""
    return lambda here, call: decision if here == place else PASS
