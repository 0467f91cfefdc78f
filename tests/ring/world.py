"""What happens in a scenario, and in which order? One thing after the other; whoever plays chooses what comes next."""

import json
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from importlib import import_module
from pkgutil import iter_modules
from types import SimpleNamespace
from typing import Any, Protocol, TypeVar

import functions.api
from chalicelib.core.http import Api
from chalicelib.core.workflows.executions import Status
from infra.local.chapa import webhooks
from infra.local.chapa.records import Delivery
from infra.local.faults.calls import Call
from infra.local.faults.fates import Decision, Fate
from infra.local.faults.plan import Plan
from infra.local.remembering import DeliveryState
from infra.local.serving import Request
from tests.ring.blueprint import Queue, blueprint
from tests.ring.machines import Execution, Run, Surroundings, TaskFailed, Waiting, run
from tests.ring.ring import Ring, forget_memory
from tests.ring.standing_in import ChapaHere, StepFunctions, Topic
from tests.support.account import CHAPA_KEY, CHAPA_WEBHOOK_SECRET
from tests.support.calling import Client, Response

T = TypeVar("T")

_AFTER_FAILURE_SECONDS = 30
_WEBHOOK_TRIES = 5


class Lost(Exception):
    """Whoever invoked something heard no answer; what it did is unknown."""


@dataclass
class Letter:
    """One message in one queue."""

    queue: Queue
    body: str
    visible_at: datetime
    receives: int = 0


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
    """One scenario: all that is under way, and what is left to happen."""

    ring: Ring
    plan: Plan
    letters: list[Letter] = field(default_factory=list)
    dead_letters: list[Letter] = field(default_factory=list)
    surprises: list[str] = field(default_factory=list)
    actors: list[Actor] = field(default_factory=list)
    _runs: dict[int, Run] = field(default_factory=dict)
    _asleep: dict[int, Waiting | None] = field(default_factory=dict)
    _unpublished: list[dict[str, Any]] = field(default_factory=list)
    _seen: int = 0
    _busy: list[object] = field(default_factory=list)
    _apps: list[Api] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.states = StepFunctions(dict(blueprint().machines))
        self.chapa = ChapaHere(CHAPA_KEY)
        self.chapa.state.memory.settings.fee_percent = 0
        self.topic = Topic(self._distribute)
        self.clock = self.ring.clock

    @contextmanager
    def playing(self) -> Iterator["World"]:
        """Begin with nothing but goods, and be what stands behind the proxies meanwhile."""
        self.ring.begin_anew()
        wiring = self.ring.wiring
        wiring.judge = self.plan
        wiring.services = {"states": self.states.answer, "sns": self.topic.answer, "chapa": self.chapa.answer}
        try:
            yield self
        finally:
            wiring.judge, wiring.services = None, {}

    # What can happen

    def ready(self) -> list[Unit]:
        """Return everything that can happen now, in the order in which it usually does."""
        now = self.clock.now()
        units = [
            Unit(actor.name, actor, actor.move)
            for actor in self.actors
            if (moment := actor.moves_from()) is not None and moment <= now
        ]
        for execution in self.states.running():
            asleep = self._asleep.get(id(execution))
            if asleep is None or asleep.is_over(now):
                units.append(Unit(f"machine {execution.name}", id(execution), lambda it=execution: self._go_on(it)))
        if self._has_records():
            units.append(Unit("stream", "stream", self._publish))
        units += [
            Unit(f"queue {letter.queue.name}", id(letter), lambda it=letter: self._hand_over(it))
            for letter in self.letters
            if letter.visible_at <= now
        ]
        units += [
            Unit(f"news of {each.tx_ref}", each.id, lambda it=each: self._bring(it))
            for each in self.chapa.state.memory.deliveries
            if each.state is DeliveryState.WAITING
        ]
        return [unit for unit in units if unit.key not in self._busy]

    def happens(self, unit: Unit) -> None:
        """Let one thing happen; it cannot happen again while it does."""
        self._busy.append(unit.key)
        try:
            unit.happen()
        finally:
            self._busy.remove(unit.key)

    def next_moment(self) -> datetime | None:
        """Return when something can happen by itself that cannot yet."""
        moments = [moment for actor in self.actors if (moment := actor.moves_from()) is not None]
        return min([*moments, *(letter.visible_at for letter in self.letters)], default=None)

    def timeouts(self) -> list[datetime]:
        """Return when executions stop waiting."""
        return [asleep.until for each in self.states.running() if (asleep := self._asleep.get(id(each)))]

    def schedule(self, name: str) -> None:
        """Let one schedule do its work."""
        handler = blueprint().schedules[name]
        self._attempt(f"schedule {name}", lambda: handler({}, SimpleNamespace()))

    # Invocations

    def invoke(self, name: str, function: Callable[[], T]) -> T:
        """Run a handler; being invoked is a call too, that may be lost, repeated or answered to nobody."""
        with self.plan.invocation(name) as running:
            decision = self._about("lambda", "Invoke")
            if not decision.fate.takes_effect:
                raise Lost(name)
            decision.before()
            try:
                result = function()
                if decision.fate is Fate.TWICE:
                    result = function()
            except Exception as failure:
                if not running.is_disturbed:
                    self.surprises.append(f"{name}: {type(failure).__name__}: {failure}")
                raise
            finally:
                if running.is_dead:
                    forget_memory()
            decision.after()
            if running.is_dead or decision.fate in (Fate.UNANSWERED, Fate.SILENT):
                raise Lost(name)
            return result

    def api(self, method: str, path: str, body: Any = None, **headers: str) -> Response | None:
        """Call the API as the gateway does; `None` when no answer came."""
        name = f"{method} {'/'.join('{id}' if '_' in part else part for part in path.partition('?')[0].split('/'))}"
        client = Client(self._app())
        answer = self._attempt(name, lambda: client.call(method, path, body, **headers))
        self.plan.note(f"   {name}: {answer.status if answer else 'no answer'}")
        return answer

    def _app(self) -> Api:
        """Return an app of its own for each call within a call: it keeps one current request."""
        depth = len(self._busy)
        while len(self._apps) <= depth:
            names = [module.name for module in iter_modules(functions.api.__path__) if module.name != "preflight"]
            routers = [import_module(f"functions.api.{name}").router for name in names]
            self._apps.append(Api("ring", *routers))
        return self._apps[depth]

    def _attempt(self, name: str, function: Callable[[], T]) -> T | None:
        try:
            return self.invoke(name, function)
        except Exception as failure:
            self.plan.note(f"   {name}: {type(failure).__name__}")
            return None

    def _about(self, service: str, operation: str) -> Decision:
        return self.plan.decide(Call(service, operation, Request("POST", "/", {}, {}, b"")))

    # Machines

    def _go_on(self, execution: Execution) -> None:
        going = self._runs.setdefault(id(execution), run(execution, self._surroundings()))
        try:
            self._asleep[id(execution)] = next(going)
        except StopIteration as ended:
            execution.status, execution.output = Status.SUCCEEDED, ended.value
            self.plan.note(f"   machine {execution.name}: {execution.output}")
        except TaskFailed as failure:
            execution.status = Status.FAILED
            self.plan.note(f"   machine {execution.name} failed: {failure}")

    def _surroundings(self) -> Surroundings:
        return Surroundings(
            invoke=self._step,
            child=self._child,
            after=lambda seconds: self.clock.now() + timedelta(seconds=seconds),
            token=lambda: uuid.uuid4().hex,
        )

    def _step(self, function: str, payload: Any) -> Any:
        sent, handler = json.loads(json.dumps(payload)), blueprint().functions[function]
        try:
            return self.invoke(f"step {payload['step']}", lambda: handler(sent, None))
        except Exception as failure:
            self.plan.note(f"   step {payload['step']}: {type(failure).__name__}: {failure}")
            raise TaskFailed(type(failure).__name__) from failure

    def _child(self, arn: str, name: str, given: str) -> Run:
        machine = blueprint().machines[arn]
        with self.plan.invocation(f"machine {machine.name}"):
            decision = self._about("states", "StartSyncExecution")
        if not decision.fate.takes_effect:
            raise TaskFailed("StepFunctions.ServiceException")
        for _ in range(2 if decision.fate is Fate.TWICE else 1):
            try:
                output = yield from run(Execution(machine, name, json.loads(given)), self._surroundings())
            except TaskFailed as failure:
                return {"Status": "FAILED", "Error": str(failure)}
        if decision.fate.is_death or decision.fate in (Fate.UNANSWERED, Fate.SILENT):
            raise TaskFailed("StepFunctions.ServiceException")
        return {"Status": "SUCCEEDED", "Output": json.dumps(output)}

    # Events

    def _has_records(self) -> bool:
        calls = self.plan.calls
        written = any(each.call.service == "dynamodb" and not each.call.is_read for each in calls[self._seen :])
        self._seen = len(calls)
        if written:
            self._unpublished += [each for each in self.ring.new_records() if _announces(each)]
        return bool(self._unpublished)

    def _publish(self) -> None:
        batch = list(self._unpublished)
        # A batch that failed comes again, its beginning for the second time.
        if self._attempt("stream", lambda: blueprint().publish({"Records": batch}, None) or True):
            del self._unpublished[: len(batch)]

    def _distribute(self, kind: str, message: str) -> None:
        self.letters += [
            Letter(queue, message, self.clock.now()) for queue in blueprint().queues if kind in queue.types
        ]

    def _hand_over(self, letter: Letter) -> None:
        letter.receives += 1
        record = {"messageId": str(id(letter)), "body": letter.body, "attributes": {}}
        answer = self._attempt(f"queue {letter.queue.name}", lambda: letter.queue.handler({"Records": [record]}, None))
        if answer is not None and not answer["batchItemFailures"]:
            self.letters.remove(letter)
        elif letter.receives >= letter.queue.receives:
            self.letters.remove(letter)
            self.dead_letters.append(letter)
        else:
            letter.visible_at = self.clock.now() + timedelta(seconds=_AFTER_FAILURE_SECONDS)

    def _bring(self, delivery: Delivery) -> None:
        if delivery.kind == "callback":
            _, _, query = str(delivery.url).partition("?")
            answer = self.api("GET", f"/webhooks/chapa?{query}")
        else:
            headers = webhooks.signature_headers(delivery, CHAPA_WEBHOOK_SECRET)
            answer = self.api("POST", "/webhooks/chapa", delivery.body, **headers)
        delivery.tries.append(None)  # type: ignore[arg-type]
        if answer is not None and answer.status == 200:
            delivery.state = DeliveryState.DELIVERED
        elif len(delivery.tries) >= (1 if delivery.kind == "callback" else _WEBHOOK_TRIES):
            delivery.state = DeliveryState.GIVEN_UP


def _announces(record: dict[str, Any]) -> bool:
    return "event" in record["dynamodb"].get("NewImage", {})
