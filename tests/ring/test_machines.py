"""Does the ring enter states as Step Functions does? The real service's semantics, in small definitions."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.ring.blueprint import Machine
from tests.ring.machines import STEP, WAIT, Execution, Surroundings, TaskFailed, UnknownToTheRing, Waiting, run

NOW = datetime(2026, 11, 25, tzinfo=UTC)
CALL = {"Type": "Task", "Resource": STEP, "Arguments": {"FunctionName": "steps", "Payload": {"step": "reserve"}}}
OUTCOME = {"outcome": "{% $states.result.Payload.outcome %}"}
CHOICE = {
    "Type": "Choice",
    "Choices": [{"Condition": "{% $states.input.outcome = 'ready' %}", "Next": "Done"}],
    "Default": "Sorry",
}
ENDS = {"Done": {"Type": "Succeed"}, "Sorry": {"Type": "Fail", "Error": "Sorry"}}


class Steps:
    """Answers what is scripted; an exception is a fault."""

    def __init__(self, *answers: str | Exception) -> None:
        self.answers, self.calls = list(answers), 0

    def __call__(self, function: str, payload: Mapping[str, Any]) -> dict[str, str]:
        self.calls += 1
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return {"outcome": answer}


def played(steps: Steps, **states: Any) -> tuple[Execution, Any]:
    """Run a definition to its end; what sleeps is answered with `paid`."""
    machine = Machine("small", "arn:small", {"StartAt": next(iter(states)), "States": states})
    execution = Execution(machine, "small-1", {"checkout_id": "chk_1"})
    around = Surroundings(steps, _no_child, after=lambda seconds: NOW + timedelta(seconds=seconds), token=lambda: "tok")
    going = run(execution, around)
    while True:
        try:
            asleep = next(going)
        except StopIteration as ended:
            return execution, ended.value
        if isinstance(asleep, Waiting) and asleep.token:
            asleep.answer = json.dumps({"outcome": "paid"})


def _no_child(arn: str, name: str, given: Any) -> Any:
    raise UnknownToTheRing(arn)


def test_an_outcome_chooses_the_way() -> None:
    states = {"Reserve": {**CALL, "Output": OUTCOME, "Next": "Ready?"}, "Ready?": CHOICE, **ENDS}

    execution, output = played(Steps("ready"), **states)

    assert (execution.entered, output) == (["Reserve", "Ready?", "Done"], {"outcome": "ready"})
    with pytest.raises(TaskFailed, match="Sorry"):
        played(Steps("anything else"), **states)


def test_a_fault_is_tried_again_as_often_as_it_says_and_then_caught() -> None:
    caught = {"ErrorEquals": ["States.ALL"], "Output": {"outcome": "fault"}, "Next": "Done"}
    state = {**CALL, "Output": OUTCOME, "Retry": [{"MaxAttempts": 2}], "Catch": [caught], "End": True}
    steps, broken = Steps(TaskFailed(), TaskFailed(), "late"), Steps(TaskFailed(), TaskFailed(), TaskFailed())

    assert played(steps, Reserve=state, **ENDS)[1] == {"outcome": "late"}
    assert played(broken, Reserve=state, **ENDS)[1] == {"outcome": "fault"}
    assert (steps.calls, broken.calls) == (3, 3)


def test_a_wait_ends_with_what_its_token_was_answered() -> None:
    state = {**CALL, "Resource": WAIT, "TimeoutSeconds": 5, "Output": {"outcome": "{% $states.result.outcome %}"}}

    execution, output = played(Steps("waiting"), Await={**state, "End": True})

    assert (output, execution.waits) == ({"outcome": "paid"}, None)


def test_what_the_ring_does_not_know_is_an_error() -> None:
    with pytest.raises(UnknownToTheRing, match="Parallel"):
        played(Steps(), Both={"Type": "Parallel", "Branches": [], "End": True})
    with pytest.raises(UnknownToTheRing, match="sqs"):
        played(Steps(), Send={**CALL, "Resource": "arn:aws:states:::sqs:sendMessage", "End": True})
