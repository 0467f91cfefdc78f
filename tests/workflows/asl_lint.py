"""What must hold for every state machine of the shop, and what a checker says when it does not?

The embedded cloud accepts any definition, a broken one too, so this is the only thing that reads a machine
before AWS does. Each rule takes a machine and yields one sentence per defect.
"""

import json
import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from infra.docs.machines import arrows

State = Mapping[str, Any]

STEP = "arn:aws:states:::lambda:invoke"
WAIT = "arn:aws:states:::lambda:invoke.waitForTaskToken"
CHILD = "arn:aws:states:::aws-sdk:sfn:startSyncExecution"
# Where faults lead: it ends whatever had been done, in any order.
LAST_RESORTS = ("GiveBack", "CloseRefund")

DURATIONS = {"TimeoutSeconds", "HeartbeatSeconds", "IntervalSeconds", "MaxDelaySeconds", "Seconds", "Timestamp"}
IDS = {"checkout_id", "refund_id", "order_id", "owner", "attempt"}
PAYLOAD = {"step", "input", "task_token"}
RETRIED_ERRORS = re.compile(r"States\.ALL|Lambda\.\w+")
PLACEHOLDER = re.compile(r"\$\{\w+\}")
ID_OF_INPUT = "{{% $states.context.Execution.Input.{} %}}"
WHOLE_INPUT = "{% $string($states.context.Execution.Input) %}"
TOKEN = "{% $states.context.Task.Token %}"
LARGEST_STATE_CHARACTERS = 256


@dataclass(frozen=True)
class Machine:
    """A definition, whether it is a STANDARD one, and the steps its workflow declares."""

    definition: Mapping[str, Any]
    is_standard: bool
    known_steps: Collection[str]

    @property
    def states(self) -> Mapping[str, State]:
        return self.definition["States"]

    def tasks(self) -> Iterator[tuple[str, State]]:
        return ((name, state) for name, state in self.states.items() if state["Type"] == "Task")


def lint(machine: Machine) -> list[str]:
    """Return every defect; the later rules presume that all states that are named exist."""
    return list(every_state_named_exists(machine)) or [defect for rule in RULES for defect in rule(machine)]


def every_state_named_exists(machine: Machine) -> Iterator[str]:
    named = [("StartAt", machine.definition["StartAt"])]
    named += [(source, target) for source, target, _ in arrows(machine.definition)]
    for source, target in named:
        if target not in machine.states:
            yield f"{source}: there is no state {target}"


def every_state_is_reached(machine: Machine) -> Iterator[str]:
    ahead = _ways(machine)
    reached = _from([machine.definition["StartAt"]], ahead)
    yield from (f"{name}: no way leads here" for name in machine.states if name not in reached)


def every_way_ends(machine: Machine) -> Iterator[str]:
    back: dict[str, list[str]] = {name: [] for name in machine.states}
    for source, targets in _ways(machine).items():
        for target in targets:
            back[target].append(source)
    ending = _from([name for name, state in machine.states.items() if _is_end(state)], back)
    yield from (f"{name}: no end can be reached from here" for name in machine.states if name not in ending)


def every_state_says_what_follows(machine: Machine) -> Iterator[str]:
    for name, state in machine.states.items():
        if state["Type"] == "Choice" and "Default" not in state:
            yield f"{name}: an outcome that nobody foresaw has no Default"
        if state["Type"] == "Task" and ("Next" in state) == bool(state.get("End")):
            yield f"{name}: needs either Next or End"


def only_jsonata(machine: Machine) -> Iterator[str]:
    if machine.definition.get("QueryLanguage") != "JSONata":
        yield "the machine does not say QueryLanguage JSONata"
    for name, state in machine.states.items():
        if state.get("QueryLanguage", "JSONata") != "JSONata":
            yield f"{name}: speaks {state['QueryLanguage']}"
        for key in _keys(state):
            if key.endswith(("Path", ".$")) or key in ("Parameters", "ResultSelector"):
                yield f"{name}: {key} belongs to JSONPath"


def only_known_kinds(machine: Machine) -> Iterator[str]:
    """Other kinds of state are not forbidden: these rules just do not know them yet."""
    for name, state in machine.states.items():
        if state["Type"] not in ("Task", "Choice", "Succeed", "Fail"):
            yield f"{name}: is a {state['Type']} state"
    allowed = {STEP, WAIT, CHILD} if machine.is_standard else {STEP}
    for name, state in machine.tasks():
        if state["Resource"] not in allowed:
            yield f"{name}: calls {state['Resource']}"


def faults_lead_to_the_last_resort(machine: Machine) -> Iterator[str]:
    """In an Express child nothing is caught: its failure is caught by the machine that started it."""
    for name, state in machine.tasks():
        catchers = state.get("Catch", [])
        if not machine.is_standard:
            if catchers:
                yield f"{name}: an Express child must let its fault out"
            continue
        if [catcher["ErrorEquals"] for catcher in catchers] != [["States.ALL"]]:
            yield f"{name}: must catch States.ALL, and that alone"
            continue
        target = catchers[0]["Next"]
        is_right = machine.states[target]["Type"] == "Fail" if name in LAST_RESORTS else target in LAST_RESORTS
        if not is_right:
            yield f"{name}: a fault leads to {target}"


def a_wait_is_never_retried(machine: Machine) -> Iterator[str]:
    for name, state in machine.tasks():
        if state["Resource"] != WAIT:
            continue
        if "Retry" in state:
            yield f"{name}: a second wait has another token, so a wait has no Retry"
        if "TimeoutSeconds" not in state:
            yield f"{name}: waits for ever"


def retry_is_for_faults(machine: Machine) -> Iterator[str]:
    for name, state in machine.tasks():
        if state["Resource"] == STEP and "Retry" not in state:
            yield f"{name}: a fault is not retried"
        for retrier in state.get("Retry", []):
            if not {"IntervalSeconds", "MaxAttempts"} <= retrier.keys():
                yield f"{name}: a Retry needs IntervalSeconds and MaxAttempts"
            for error in retrier["ErrorEquals"]:
                if not RETRIED_ERRORS.fullmatch(error):
                    yield f"{name}: retries {error}"


def durations_are_parameters(machine: Machine) -> Iterator[str]:
    """Bare placeholders only: neither AWS nor the embedded cloud takes an expression in a Retry."""
    for name, value in [("the machine", machine.definition.get("TimeoutSeconds")), *machine.states.items()]:
        found = _values(value, DURATIONS) if isinstance(value, Mapping) else iter([("TimeoutSeconds", value)])
        for key, duration in found:
            if duration is not None and not PLACEHOLDER.fullmatch(str(duration)):
                yield f"{name}: {key} is written down as {duration}"


def a_state_calls_the_step_of_its_name(machine: Machine) -> Iterator[str]:
    for name, state in machine.tasks():
        if state["Resource"] == CHILD:
            continue
        step = _payload(state).get("step")
        if step != _snake_case(name):
            yield f"{name}: calls the step {step}"
        elif step not in machine.known_steps:
            yield f"{name}: no workflow declares the step {step}"


def only_ids_go_in(machine: Machine) -> Iterator[str]:
    for name, state in machine.tasks():
        if state["Resource"] == CHILD:
            if state.get("Arguments", {}).get("Input") != WHOLE_INPUT:
                yield f"{name}: a child takes the execution's own input as a string"
            continue
        payload = _payload(state)
        yield from (f"{name}: sends {key}" for key in payload.keys() - PAYLOAD)
        if payload.get("task_token") != (TOKEN if state["Resource"] == WAIT else None):
            yield f"{name}: a task token goes to a step that waits, and to no other"
        for key, value in payload.get("input", {}).items():
            if key not in IDS or value != ID_OF_INPUT.format(key):
                yield f"{name}: sends {key} as {value}"


def only_outcomes_come_out(machine: Machine) -> Iterator[str]:
    for name, state in machine.states.items():
        if "Assign" in set(_keys(state)):
            yield f"{name}: Assign keeps state that is not in the output"
        for owner in (state, *state.get("Choices", []), *state.get("Catch", [])):
            must = (owner is state and state["Type"] == "Task") or "ErrorEquals" in owner
            output = owner.get("Output")
            if output is None and not must:
                continue
            if not isinstance(output, dict) or output.keys() != {"outcome"}:
                yield f"{name}: its output is more or less than an outcome"
            elif len(json.dumps(output)) > LARGEST_STATE_CHARACTERS:
                yield f"{name}: its output is too long"


def a_failed_child_is_not_believed(machine: Machine) -> Iterator[str]:
    """startSyncExecution succeeds for a child that failed, with an Output that means nothing."""
    for name, state in machine.tasks():
        outcome = str(state.get("Output", {}).get("outcome")) if state["Resource"] == CHILD else "'SUCCEEDED' ?"
        if "'SUCCEEDED' ?" not in outcome:
            yield f"{name}: reads the child's output without asking its Status"


def undoes_in_order(machine: Machine, undo_chain: Sequence[str]) -> Iterator[str]:
    """Compare a give-back machine with the workflow's own chain, which a repair job runs in Python."""
    steps = [_snake_case(name) for name, _ in machine.tasks()]
    if steps != list(undo_chain):
        yield f"undoes {steps}, where the workflow undoes {list(undo_chain)}"


RULES: list[Callable[[Machine], Iterator[str]]] = [
    every_state_is_reached,
    every_way_ends,
    every_state_says_what_follows,
    only_jsonata,
    only_known_kinds,
    faults_lead_to_the_last_resort,
    a_wait_is_never_retried,
    retry_is_for_faults,
    durations_are_parameters,
    a_state_calls_the_step_of_its_name,
    only_ids_go_in,
    only_outcomes_come_out,
    a_failed_child_is_not_believed,
]


def _payload(state: State) -> Mapping[str, Any]:
    payload: Mapping[str, Any] = state.get("Arguments", {}).get("Payload", {})
    return payload


def _is_end(state: State) -> bool:
    return bool(state.get("End")) or state["Type"] in ("Succeed", "Fail")


def _ways(machine: Machine) -> dict[str, list[str]]:
    ways: dict[str, list[str]] = {name: [] for name in machine.states}
    for source, target, _ in arrows(machine.definition):
        ways[source].append(target)
    return ways


def _from(starts: Sequence[str], ways: Mapping[str, Sequence[str]]) -> set[str]:
    reached: set[str] = set()
    ahead = list(starts)
    while ahead:
        name = ahead.pop()
        if name not in reached:
            reached.add(name)
            ahead += ways[name]
    return reached


def _keys(value: object) -> Iterator[str]:
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield key
            yield from _keys(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _keys(inner)


def _values(value: object, wanted: Collection[str]) -> Iterator[tuple[str, Any]]:
    if isinstance(value, Mapping):
        for key, inner in value.items():
            if key in wanted:
                yield key, inner
            yield from _values(inner, wanted)
    elif isinstance(value, list):
        for inner in value:
            yield from _values(inner, wanted)


def _snake_case(name: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()
