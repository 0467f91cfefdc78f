"""How does a state machine run in the ring? State by state from its own definition, others in between."""

import json
from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any

from jsonata import JException, Jsonata  # comes with the embedded cloud, which evaluates by it too

from chalicelib.core.workflows.executions import Status
from tests.ring.blueprint import Machine

STEP = "arn:aws:states:::lambda:invoke"
WAIT = "arn:aws:states:::lambda:invoke.waitForTaskToken"
CHILD = "arn:aws:states:::aws-sdk:sfn:startSyncExecution"


class UnknownToTheRing(Exception):
    """A definition says something that the ring cannot play."""


class TaskFailed(Exception):
    """A task ended with an error; a Retry or a Catch may answer it."""


@dataclass
class Waiting:
    """A state sleeps: till somebody answers with the token, or till its time is over."""

    until: datetime
    token: str | None = None
    answer: str | None = None

    def is_over(self, now: datetime) -> bool:
        return self.answer is not None or now >= self.until


@dataclass
class Execution:
    """One run of a machine by its name."""

    machine: Machine
    name: str
    input: Mapping[str, Any]
    status: Status = Status.RUNNING
    output: Any = None
    waits: Waiting | None = None
    entered: list[str] = field(default_factory=list)


Run = Generator[Waiting | None, None, Any]


@dataclass(frozen=True)
class Surroundings:
    """What a machine needs: functions to invoke, children to start, a clock and tokens."""

    invoke: Callable[[str, Mapping[str, Any]], Any]
    child: Callable[[str, str, Any], Run]
    after: Callable[[float], datetime]
    token: Callable[[], str]


def run(execution: Execution, around: Surroundings) -> Run:
    """Enter state after state, yielding before each and while one sleeps; return the output.

    Raises `TaskFailed` when it fails, as a Fail state or a fault that nobody caught.
    """
    states = execution.machine.definition["States"]
    name, given = execution.machine.definition["StartAt"], execution.input
    while True:
        execution.entered.append(name)
        yield None
        state = states[name]
        match state["Type"]:
            case "Task":
                given, name = yield from _task(execution, state, given, around=around)
            case "Choice":
                given, name = _choice(execution, state, given)
            case "Wait":
                yield Waiting(around.after(float(state["Seconds"])))
                name = state.get("Next")
            case "Succeed":
                return given
            case "Fail":
                raise TaskFailed(state.get("Error", "Fail"))
            case kind:
                raise UnknownToTheRing(f"{name} is a {kind} state")
        if name is None:
            return given


def _task(execution: Execution, state: Mapping[str, Any], given: Any, *, around: Surroundings) -> Run:
    attempts = 1 + sum(int(retry["MaxAttempts"]) for retry in state.get("Retry", ()))
    for attempt in range(attempts):
        try:
            result = yield from _tried(execution, state, given, around=around)
            output = state.get("Output")
            told = evaluated(output, execution, given, result=result) if output else result
        except TaskFailed:
            yield None
            if attempt + 1 < attempts:
                continue
            if not state.get("Catch"):
                raise
            catcher = state["Catch"][0]
            return evaluated(catcher.get("Output"), execution, given), catcher["Next"]
        return told, state.get("Next")
    raise UnknownToTheRing("a task without attempts")


def _tried(execution: Execution, state: Mapping[str, Any], given: Any, *, around: Surroundings) -> Run:
    token = around.token()
    arguments = evaluated(state["Arguments"], execution, given, token=token)
    match state["Resource"]:
        case resource if resource == STEP:
            return {"Payload": around.invoke(arguments["FunctionName"], arguments["Payload"])}
        case resource if resource == WAIT:
            sleep = Waiting(around.after(float(state["TimeoutSeconds"])), token)
            # Somebody may answer before the function that was told the token has returned.
            execution.waits = sleep
            try:
                around.invoke(arguments["FunctionName"], arguments["Payload"])
                yield sleep
            finally:
                execution.waits = None
            if sleep.answer is None:
                raise TaskFailed("States.Timeout")
            return json.loads(sleep.answer)
        case resource if resource == CHILD:
            return (yield from around.child(arguments["StateMachineArn"], arguments["Name"], arguments["Input"]))
        case resource:
            raise UnknownToTheRing(f"a task calls {resource}")


def _choice(execution: Execution, state: Mapping[str, Any], given: Any) -> tuple[Any, str]:
    for choice in state["Choices"]:
        if evaluated(choice["Condition"], execution, given) is True:
            output = choice.get("Output")
            return (evaluated(output, execution, given) if output else given), choice["Next"]
    return given, state["Default"]


def evaluated(value: Any, execution: Execution, given: Any, *, result: Any = None, token: str = "") -> Any:
    """Return a member of a state with every `{% expression %}` in it worked out."""
    if isinstance(value, dict):
        return {name: evaluated(each, execution, given, result=result, token=token) for name, each in value.items()}
    if isinstance(value, list):
        return [evaluated(each, execution, given, result=result, token=token) for each in value]
    if not (isinstance(value, str) and value.startswith("{%")):
        return value
    expression = _parsed(value.removeprefix("{%").removesuffix("%}").strip())
    frame = expression.create_frame()
    context = {"Execution": {"Name": execution.name, "Input": dict(execution.input)}, "Task": {"Token": token}}
    frame.bind("states", {"input": given, "result": result, "context": context})
    try:
        return expression.evaluate(None, frame)
    except JException as problem:
        raise TaskFailed(f"States.QueryEvaluationError: {problem}") from None


@cache
def _parsed(text: str) -> Jsonata:
    """Read an expression; `$parse` is what Step Functions adds to JSONata."""
    expression = Jsonata(text)
    expression.register_lambda("parse", json.loads)
    return expression
