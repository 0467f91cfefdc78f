"""What becomes of money that goes back, on the real machine with scripted steps."""

import pytest

from infra.template import read_template
from tests.workflows.machines import Machines

HOUR = 3600
STEPS = ["ask_refund", "await_refund", "close_refund"]


def test_money_that_is_back_ends_the_execution_after_five_transitions(machines: Machines) -> None:
    run = machines.start_refund()

    end = run.ends("done")

    assert (end.status, end.outcome) == ("SUCCEEDED", "done")
    assert run.steps() == STEPS
    assert end.states() == ["AskRefund", "AwaitRefund", "CloseRefund", "Closed?", "Done"]


def test_every_step_is_called_with_the_ids_of_its_refund(machines: Machines) -> None:
    run = machines.start_refund()

    end = run.ends("done")

    assert all(call["input"] == run.input for call in run.calls())
    assert [call["step"] for call in run.calls() if "task_token" in call] == ["await_refund"]
    assert all(passed.keys() <= {"refund_id", "attempt", "outcome"} for passed in end.passed_on())


def test_what_needs_attention_fails_the_execution(machines: Machines) -> None:
    end = machines.start_refund(ask_refund=["needs_attention"], close_refund=["needs_attention"]).ends(
        "needs_attention"
    )

    assert (end.status, end.states()[-1]) == ("FAILED", "NeedsAttention")


@pytest.mark.parametrize("outcome", ["asked", "superseded"])
def test_what_somebody_else_looks_after_is_left_alone(machines: Machines, outcome: str) -> None:
    end = machines.start_refund(close_refund=[outcome]).ends(outcome)

    assert (end.status, end.states()[-1]) == ("SUCCEEDED", "LeftAlone")


def test_a_fault_is_retried_more_often_than_elsewhere_before_anybody_is_called(machines: Machines) -> None:
    run = machines.start_refund(ask_refund=["raise", "raise", "asked"])

    assert run.ends("done").status == "SUCCEEDED"
    assert run.steps() == ["ask_refund", "ask_refund", *STEPS]


def test_a_fault_that_stays_leads_to_the_end_without_waiting(machines: Machines) -> None:
    run = machines.start_refund(ask_refund=["raise"], close_refund=["needs_attention"])

    end = run.ends()

    assert end.status == "FAILED"
    assert run.steps() == ["ask_refund", "ask_refund", "ask_refund", "close_refund"]


def test_a_wait_that_is_too_long_ends(impatient_machines: Machines) -> None:
    run = impatient_machines.start_refund(close_refund=["asked"])

    end = run.ends()

    assert (end.status, end.states()[-1]) == ("SUCCEEDED", "LeftAlone")
    assert run.steps() == STEPS


def test_an_outage_of_an_hour_is_outlived() -> None:
    parameters = read_template()["Parameters"]
    first, attempts = (parameters[f"RefundRetry{name}"]["Default"] for name in ("IntervalSeconds", "Attempts"))

    # With full jitter each pause is half as long on average.
    assert first * (2**attempts - 1) / 2 >= HOUR
