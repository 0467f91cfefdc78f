"""Which steps does a workflow have, and what undoes each of them?

A step is declared once, its undo directly below it:

    checkout = Workflow("checkout")

    @checkout.step
    def reserve_stock(ref: CheckoutRef) -> Reservation: ...

    @reserve_stock.undo
    def release_stock(ref: CheckoutRef) -> Release: ...

The state ``ReserveStock`` of a machine calls the step ``reserve_stock`` through the workflow's one
Lambda. A step returns its outcome, refusals included; it raises only for faults, which the machine
retries. A do has an unknown effect until proved, so a machine that fails runs the whole undo chain.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, get_type_hints

from pydantic import BaseModel, ConfigDict, TypeAdapter

from chalicelib.core.observability import logger
from chalicelib.core.storage import transactions

StepFunction = Callable[[Any], str]


class UnknownStep(LookupError):
    """A machine asked for a step that its workflow does not declare."""


class StepCall(BaseModel):
    """What a state sends: the step, the ids that it needs and, when it waits, the token to resume with."""

    model_config = ConfigDict(extra="forbid")

    step: str
    input: dict[str, str | int]
    task_token: str | None = None


@dataclass(frozen=True)
class Step:
    """One declared step; calling it is calling its function."""

    name: str
    workflow: Workflow
    function: StepFunction
    input_type: type

    def __call__(self, reference: Any) -> str:
        return self.function(reference)

    def undo(self, function: StepFunction) -> Step:
        """Declare the undo of this step."""
        return self.workflow.add_undo(function, undoes=self)

    def undo_unless(self, *outcomes: str) -> Callable[[StepFunction], Step]:
        """Declare the undo of this step; when it answers one of these outcomes nothing more is undone."""
        return lambda function: self.workflow.add_undo(function, undoes=self, last_when=outcomes)


@dataclass(frozen=True)
class Undo:
    """A link of the undo chain; ``undoes`` is None for what was done before the workflow began."""

    step: Step
    undoes: Step | None
    last_when: tuple[str, ...] = ()


@dataclass
class Workflow:
    """A registry of steps by name, and the Lambda entry that runs them."""

    name: str
    steps: dict[str, Step] = field(default_factory=dict)
    _undos: list[Undo] = field(default_factory=list)

    def step(self, function: StepFunction) -> Step:
        """Declare a step under its function's name."""
        if function.__name__ in self.steps:
            raise ValueError(f"{self.name} declares the step {function.__name__} twice")
        step = Step(function.__name__, self, function, _input_type(function))
        self.steps[step.name] = step
        return step

    def undo(self, function: StepFunction) -> Step:
        """Declare the undo of something that was done before the workflow began."""
        return self.add_undo(function, undoes=None)

    def add_undo(self, function: StepFunction, *, undoes: Step | None, last_when: tuple[str, ...] = ()) -> Step:
        """Register an undo; a step has at most one."""
        if undoes and any(undo.undoes is undoes for undo in self._undos):
            raise ValueError(f"{self.name} declares two undos of {undoes.name}")
        step = self.step(function)
        self._undos.append(Undo(step, undoes, last_when))
        return step

    def undo_chain(self) -> tuple[Undo, ...]:
        """Return every undo, the last thing done being undone first."""
        return tuple(reversed(self._undos))

    def run_undo_chain(self, reference: Any) -> str:
        """Undo everything, knowing only what is stored; return the last outcome.

        Safe to repeat and to run before, without or during any do. A fault ends it: call it again.
        """
        outcome = ""
        for undo in self.undo_chain():
            outcome = str(undo.step(reference))
            logger.info("undone", extra=_facts(undo.step, outcome))
            if outcome in undo.last_when:
                break
        return outcome

    def handler(self, event: Mapping[str, Any], context: object) -> dict[str, str]:
        """Run the step that a state names; this is the Lambda entry."""
        call = StepCall.model_validate(event)
        step = self._find(call.step)
        try:
            reference = _reference(step, call)
            outcome = str(transactions.settled(lambda: step(reference)))
        except Exception:
            logger.exception("step failed", extra=_facts(step, "fault"))
            raise
        logger.info("step done", extra=_facts(step, outcome))
        return {"outcome": outcome}

    def _find(self, name: str) -> Step:
        if name not in self.steps:
            raise UnknownStep(f"{self.name} has no step {name}")
        return self.steps[name]


def _reference(step: Step, call: StepCall) -> Any:
    token = {"task_token": call.task_token} if call.task_token else {}
    return _validator(step.input_type).validate_python({**call.input, **token})


@cache
def _validator(input_type: type) -> TypeAdapter[Any]:
    return TypeAdapter(input_type)


def _input_type(function: StepFunction) -> type:
    parameters = list(inspect.signature(function).parameters)
    hints = get_type_hints(function)
    if len(parameters) != 1 or parameters[0] not in hints:
        raise TypeError(f"the step {function.__name__} must take exactly one typed input")
    declared: type = hints[parameters[0]]
    return declared


def _facts(step: Step, outcome: str) -> dict[str, str]:
    return {"workflow": step.workflow.name, "step": step.name, "outcome": outcome}
