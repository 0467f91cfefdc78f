"""What happens in a scenario? One thing after the other; whoever plays chooses what comes next."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from types import SimpleNamespace
from typing import Protocol

from infra.local.faults.plan import Plan
from infra.local.remembering import DeliveryState
from tests.ring.blueprint import blueprint
from tests.ring.executing import Executions
from tests.ring.invoking import Invoker
from tests.ring.posting import Post
from tests.ring.ring import Ring
from tests.ring.standing_in import ChapaHere, StepFunctions, Topic
from tests.support.account import CHAPA_KEY

# Shoppers who ask again and again would never end.
_MOST_MEANWHILE = 60


class Actor(Protocol):
    """Somebody who does one thing after the other, and says from when on the next one may be done."""

    name: str

    def moves_from(self) -> datetime | None: ...
    def move(self) -> None: ...


@dataclass(frozen=True)
class Unit:
    """One thing that can happen now."""

    name: str
    key: object
    happen: Callable[[], None]


@dataclass
class World:
    """One scenario: all that is under way, and what is left to happen. `wrongs` are what somebody saw go wrong."""

    ring: Ring
    plan: Plan
    actors: list[Actor] = field(default_factory=list)
    wrongs: set[str] = field(default_factory=set)
    _busy: list[object] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.clock = self.ring.clock
        self.chapa = ChapaHere(CHAPA_KEY)
        self.chapa.state.memory.settings.fee_percent = Decimal(0)
        self.states = StepFunctions(dict(blueprint().machines))
        self.invoker = Invoker(self.plan)
        self.executions = Executions(self.states, self.invoker, self.clock)
        self.post = Post(self.ring, self.invoker)
        self.api = self.invoker.api

    @contextmanager
    def playing(self) -> Iterator[None]:
        """Begin with nothing but goods, and be what stands behind the proxies meanwhile."""
        self.ring.begin_anew()
        wiring = self.ring.wiring
        wiring.judge = self.plan
        topic = Topic(self.post.distribute)
        wiring.services = {"states": self.states.answer, "sns": topic.answer, "chapa": self.chapa.answer}
        try:
            yield
        finally:
            wiring.judge, wiring.services = None, {}

    def ready(self) -> list[Unit]:
        """Return everything that can happen now, in the order in which it usually does."""
        units = [*self._moves(), *self._machines(), *self._events(), *self._news()]
        return [unit for unit in units if unit.key not in self._busy]

    def happens(self, unit: Unit) -> None:
        """Let one thing happen; it cannot happen again while it does."""
        self._busy.append(unit.key)
        try:
            unit.happen()
        finally:
            self._busy.remove(unit.key)

    def all_else(self) -> None:
        """Let everything else happen that can, in the middle of what is happening."""
        self.plan.note("== meanwhile")
        for _ in range(_MOST_MEANWHILE):
            units = self.ready()
            if not units:
                break
            self.plan.note(f"== {units[0].name}")
            self.happens(units[0])
        self.plan.note("== back")

    @property
    def depth(self) -> int:
        """How many things happen now, each in the middle of another."""
        return len(self._busy)

    def next_moment(self) -> datetime | None:
        """Return when something can happen by itself that cannot yet."""
        moments = [*(actor.moves_from() for actor in self.actors), self.chapa.next_refund()]
        letters = [letter.visible_at for letter in self.post.letters]
        return min([*(each for each in moments if each is not None), *letters], default=None)

    def schedule(self, name: str) -> None:
        """Let one schedule do its work."""
        handler = blueprint().schedules[name]
        self.invoker.attempt(f"schedule {name}", lambda: handler({}, SimpleNamespace()))

    def _moves(self) -> Iterator[Unit]:
        now = self.clock.now()
        for actor in self.actors:
            moment = actor.moves_from()
            if moment is not None and moment <= now:
                yield Unit(actor.name, id(actor), actor.move)

    def _machines(self) -> Iterator[Unit]:
        for each in self.executions.awake():
            yield Unit(f"machine {each.name}", id(each), lambda it=each: self.executions.go_on(it))

    def _events(self) -> Iterator[Unit]:
        if self.post.has_records():
            yield Unit("stream", "stream", self.post.publish)
        now = self.clock.now()
        for each in self.post.letters:
            if each.visible_at <= now:
                yield Unit(f"queue {each.queue.name}", id(each), lambda it=each: self.post.hand_over(it))

    def _news(self) -> Iterator[Unit]:
        if (moment := self.chapa.next_refund()) is not None and moment <= self.clock.now():
            yield Unit("Chapa gives back", "refunds", self.chapa.gives_back)
        for each in self.chapa.state.memory.deliveries:
            if each.state is DeliveryState.WAITING:
                yield Unit(f"news of {each.tx_ref}", each.id, lambda it=each: self.post.bring(it))
