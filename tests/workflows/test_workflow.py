"""Steps are declared once, run by name, and undone in reverse."""

import pytest
from pydantic import ValidationError

from chalicelib.core.workflows.workflow import UnknownStep, Workflow
from tests.workflows.a_checkout import CheckoutRef, checkout

A_REF = {"checkout_id": "chk_1", "owner": "usr_1", "attempt": 1}


def test_a_step_answers_what_happened() -> None:
    answer = checkout.handler({"step": "reserve_stock", "input": A_REF}, None)

    assert answer == {"outcome": "reserved"}


def test_a_refusal_is_an_outcome_too() -> None:
    answer = checkout.handler({"step": "reserve_stock", "input": A_REF | {"attempt": 2}}, None)

    assert answer == {"outcome": "out_of_stock"}


def test_a_fault_leaves_as_it_is_so_that_the_machine_retries_it() -> None:
    with pytest.raises(ConnectionError):
        checkout.handler({"step": "open_payment", "input": A_REF}, None)


def test_a_step_that_waits_is_given_the_token() -> None:
    answer = checkout.handler({"step": "await_payment", "input": A_REF, "task_token": "AQB8"}, None)

    assert answer == {"outcome": "waiting with AQB8"}


def test_a_step_that_nobody_declared_is_an_error() -> None:
    with pytest.raises(UnknownStep):
        checkout.handler({"step": "gift_wrap", "input": A_REF}, None)


@pytest.mark.parametrize(
    "event",
    [
        {"input": A_REF},
        {"step": "place_order"},
        {"step": "place_order", "input": {"checkout_id": "chk_1"}},
        {"step": "place_order", "input": A_REF | {"attempt": "first"}},
        {"step": "place_order", "input": A_REF | {"cart": {"lines": []}}},
        {"step": "place_order", "input": A_REF, "cart": "crt_1"},
    ],
)
def test_a_malformed_call_is_an_error(event: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        checkout.handler(event, None)


def test_one_line_is_logged_per_step_and_never_the_token(caplog: pytest.LogCaptureFixture) -> None:
    checkout.handler({"step": "reserve_stock", "input": A_REF, "task_token": "AQB8"}, None)

    [record] = caplog.records
    assert vars(record).items() >= {"workflow": "checkout", "step": "reserve_stock", "outcome": "reserved"}.items()
    assert "AQB8" not in str(vars(record))


def test_the_undo_chain_is_everything_done_in_reverse() -> None:
    chain = [undo.step.name for undo in checkout.undo_chain()]

    assert chain == ["refuse_order", "close_payment", "release_stock", "reopen_cart"]


def test_the_undo_chain_runs_from_what_is_stored_alone() -> None:
    assert checkout.run_undo_chain(CheckoutRef(**A_REF)) == "reopened"


def test_an_order_that_exists_ends_the_undo_chain() -> None:
    reference = CheckoutRef("chk_1", "usr_who_has_an_order", 1)

    assert checkout.run_undo_chain(reference) == "already_placed"


def test_a_name_is_declared_once() -> None:
    def reserve_stock(ref: CheckoutRef) -> str:
        return "reserved"

    refund = Workflow("refund")
    refund.step(reserve_stock)

    with pytest.raises(ValueError, match="twice"):
        refund.step(reserve_stock)


def test_a_step_has_one_undo() -> None:
    def restock(ref: CheckoutRef) -> str:
        return "restocked"

    with pytest.raises(ValueError, match="two undos"):
        checkout.steps["reserve_stock"].undo(restock)


def test_a_step_without_one_typed_input_is_refused() -> None:
    def place_order(checkout_id, owner):  # type: ignore[no-untyped-def]
        return "placed"

    with pytest.raises(TypeError, match="exactly one typed input"):
        Workflow("checkout").step(place_order)
