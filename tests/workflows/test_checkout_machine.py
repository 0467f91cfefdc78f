"""What becomes of a checkout, on the real machines with scripted steps."""

import json

import pytest

from tests.workflows.machines import Machines, Run

LARGEST_STATE_BYTES = 4096
UNDO_CHAIN = ["refuse_order", "close_payment", "release_stock", "reopen_cart"]


def everything_was_given_back(run: Run) -> bool:
    return run.steps()[-len(UNDO_CHAIN) :] == UNDO_CHAIN


def test_a_paid_checkout_becomes_an_order(machines: Machines) -> None:
    run = machines.start()

    end = run.ends(payment="paid")

    assert (end.status, end.outcome) == ("SUCCEEDED", "placed")
    assert run.steps() == ["reserve_stock", "open_payment", "await_payment", "place_order"]


def test_a_paid_order_costs_five_transitions(machines: Machines) -> None:
    end = machines.start().ends(payment="paid")

    assert end.states() == ["Prepare", "Prepared?", "AwaitPayment", "Paid?", "Settle"]


def test_a_checkout_that_waits_for_no_money_settles_at_once(machines: Machines) -> None:
    run = machines.start(open_payment=["settled"])

    end = run.ends()

    assert (end.status, end.outcome) == ("SUCCEEDED", "placed")
    assert run.steps() == ["reserve_stock", "open_payment", "place_order"]
    assert end.states() == ["Prepare", "Prepared?", "Settle"]


def test_states_pass_on_ids_and_outcomes_only(machines: Machines) -> None:
    end = machines.start(place_order=["stock_gone"]).ends(payment="paid")

    assert all(passed.keys() <= {"checkout_id", "owner", "attempt", "outcome"} for passed in end.passed_on())
    assert max(len(json.dumps(passed)) for passed in end.passed_on()) <= LARGEST_STATE_BYTES


def test_every_step_is_called_with_the_ids_of_its_checkout(machines: Machines) -> None:
    run = machines.start(place_order=["stock_gone"])

    run.ends(payment="paid")

    assert all(call["input"] == run.input for call in run.calls())
    assert [call["step"] for call in run.calls() if "task_token" in call] == ["await_payment"]


@pytest.mark.parametrize(("step", "refusal"), [("reserve_stock", "out_of_stock"), ("open_payment", "payment_refused")])
def test_a_refusal_before_the_payment_gives_everything_back(machines: Machines, step: str, refusal: str) -> None:
    run = machines.start(**{step: [refusal]})

    end = run.ends()

    assert (end.status, end.outcome) == ("SUCCEEDED", "closed")
    assert run.steps().count(step) == 1
    assert "await_payment" not in run.steps()
    assert everything_was_given_back(run)


@pytest.mark.parametrize("payment", ["expired", "declined"])
def test_an_unpaid_checkout_gives_everything_back(machines: Machines, payment: str) -> None:
    run = machines.start()

    end = run.ends(payment=payment)

    assert (end.status, end.outcome) == ("SUCCEEDED", "closed")
    assert "place_order" not in run.steps()
    assert everything_was_given_back(run)


def test_stock_that_is_gone_after_the_payment_gives_everything_back(machines: Machines) -> None:
    run = machines.start(place_order=["stock_gone"])

    end = run.ends(payment="paid")

    assert (end.status, end.outcome) == ("SUCCEEDED", "closed")
    assert run.steps().count("place_order") == 1
    assert everything_was_given_back(run)


def test_a_fault_that_passes_is_not_noticed(machines: Machines) -> None:
    run = machines.start(open_payment=["raise", "ready"])

    end = run.ends(payment="paid")

    assert end.outcome == "placed"
    assert run.steps().count("open_payment") == 2


@pytest.mark.parametrize("step", ["reserve_stock", "open_payment", "place_order"])
def test_a_fault_that_stays_runs_the_whole_undo_chain(machines: Machines, step: str) -> None:
    run = machines.start(**{step: ["raise"]})

    end = run.ends(payment="paid" if step == "place_order" else None)

    assert (end.status, end.outcome) == ("SUCCEEDED", "closed")
    assert everything_was_given_back(run)


def test_an_outcome_that_nobody_foresaw_runs_the_whole_undo_chain(machines: Machines) -> None:
    run = machines.start(open_payment=["perhaps"])

    end = run.ends()

    assert end.outcome == "closed"
    assert everything_was_given_back(run)


def test_an_order_whose_answer_was_lost_stays_placed(machines: Machines) -> None:
    run = machines.start(place_order=["raise"], refuse_order=["already_placed"])

    end = run.ends(payment="paid")

    assert (end.status, end.outcome) == ("SUCCEEDED", "placed")
    assert run.steps()[-1] == "refuse_order"


@pytest.mark.parametrize(("child", "payment"), [("CheckoutPrepare", None), ("CheckoutSettle", "paid")])
def test_a_chain_that_cannot_be_started_gives_everything_back(
    breakable_machines: Machines, child: str, payment: str | None
) -> None:
    breakable_machines.lose(child)
    run = breakable_machines.start()

    end = run.ends(payment=payment)

    assert (end.status, end.outcome) == ("SUCCEEDED", "closed")
    assert everything_was_given_back(run)


def test_an_undo_chain_that_cannot_be_started_is_tried_again_and_then_needs_attention(
    breakable_machines: Machines,
) -> None:
    breakable_machines.lose("CheckoutGiveBack")

    end = breakable_machines.start(reserve_stock=["out_of_stock"]).ends()

    assert (end.status, end.description["error"]) == ("FAILED", "NeedsAttention")
    assert [event["type"] for event in end.history].count("TaskFailed") == 2


@pytest.mark.parametrize("undo", UNDO_CHAIN)
def test_an_undo_that_fails_needs_attention(machines: Machines, undo: str) -> None:
    run = machines.start(reserve_stock=["out_of_stock"], **{undo: ["raise"]})

    end = run.ends()

    assert (end.status, end.description["error"]) == ("FAILED", "NeedsAttention")
    assert end.description["cause"] == f"Checkout {run.checkout_id} was not given back"
    assert run.steps()[-1] == undo


def test_an_undo_that_answers_nonsense_needs_attention(machines: Machines) -> None:
    end = machines.start(reserve_stock=["out_of_stock"], refuse_order=["perhaps"]).ends()

    assert (end.status, end.description["error"]) == ("FAILED", "NeedsAttention")


def test_a_payment_that_nobody_reports_ends_by_itself(impatient_machines: Machines) -> None:
    run = impatient_machines.start()

    end = run.ends()

    assert (end.status, end.outcome) == ("SUCCEEDED", "closed")
    assert everything_was_given_back(run)


def test_a_wait_that_cannot_begin_is_not_repeated(impatient_machines: Machines) -> None:
    """AWS ends this wait at once; the embedded cloud overlooks the fault until the time-out."""
    run = impatient_machines.start(await_payment=["raise"])

    end = run.ends()

    assert end.outcome == "closed"
    assert run.steps().count("await_payment") == 1
    assert everything_was_given_back(run)
