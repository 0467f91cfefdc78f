"""How do executions go on in the ring? One state at a time, whenever somebody lets them."""

import json
import uuid
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from chalicelib.core.workflows.executions import Status
from infra.local.faults.fates import Fate
from tests.ring.blueprint import blueprint
from tests.ring.invoking import UNHEARD, Invoker
from tests.ring.machines import Execution, Run, Surroundings, TaskFailed, Waiting, run
from tests.ring.moving_clock import MovingClock
from tests.ring.standing_in import StepFunctions


@dataclass
class Executions:
    """All that were started, each where it stands."""

    states: StepFunctions
    invoker: Invoker
    clock: MovingClock
    _runs: dict[int, Run] = field(default_factory=dict)
    _asleep: dict[int, Waiting | None] = field(default_factory=dict)

    def awake(self) -> list[Execution]:
        """Return those that can go on now."""
        now = self.clock.now()
        return [
            each
            for each in self.states.running()
            if (asleep := self._asleep.get(id(each))) is None or asleep.is_over(now)
        ]

    def timeouts(self) -> list[datetime]:
        """Return when those that sleep stop waiting."""
        return [asleep.until for each in self.states.running() if (asleep := self._asleep.get(id(each)))]

    def go_on(self, execution: Execution) -> None:
        """Let an execution enter its next state, or end."""
        going = self._runs.setdefault(id(execution), run(execution, self._surroundings()))
        try:
            self._asleep[id(execution)] = next(going)
        except StopIteration as ended:
            execution.status, execution.output = Status.SUCCEEDED, ended.value
            self.invoker.plan.note(f"   machine {execution.name}: {execution.output}")
        except TaskFailed as failure:
            execution.status = Status.FAILED
            self.invoker.plan.note(f"   machine {execution.name} failed: {failure}")

    def _surroundings(self) -> Surroundings:
        return Surroundings(
            invoke=self._step,
            child=self._child,
            after=lambda seconds: self.clock.now() + timedelta(seconds=seconds),
            token=lambda: uuid.uuid4().hex,
        )

    def _step(self, function: str, payload: Any) -> Any:
        sent, handler, name = json.loads(json.dumps(payload)), blueprint().functions[function], payload["step"]
        try:
            return self.invoker.invoke(f"step {name}", lambda: handler(sent, None))
        except Exception as failure:
            self.invoker.plan.note(f"   step {name}: {type(failure).__name__}: {failure}")
            raise TaskFailed(type(failure).__name__) from failure

    def _child(self, arn: str, name: str, given: str) -> Run:
        machine = blueprint().machines[arn]
        with self.invoker.plan.invocation(f"machine {machine.name}"):
            decision = self.invoker.decided("states", "StartSyncExecution")
        if not decision.fate.takes_effect:
            raise TaskFailed("StepFunctions.ServiceException")
        output = None
        for _ in range(2 if decision.fate is Fate.TWICE else 1):
            try:
                output = yield from run(Execution(machine, name, json.loads(given)), self._surroundings())
            except TaskFailed as failure:
                return {"Status": "FAILED", "Error": str(failure)}
        if decision.fate.is_death or decision.fate in UNHEARD:
            raise TaskFailed("StepFunctions.ServiceException")
        return {"Status": "SUCCEEDED", "Output": json.dumps(output)}
