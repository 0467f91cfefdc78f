"""The machines keep the rules, and each rule notices its own defect."""

from collections.abc import Callable, Collection
from typing import Any

import pytest

from chalicelib.checkout.steps import checkout
from chalicelib.payments.steps import refund
from infra.docs.machines import MACHINES, placeholders, read_machine
from tests.workflows.asl_lint import RULES, Machine, lint, undoes_in_order

STANDARD = {"checkout", "refund"}
NAMES = sorted(path.name.removesuffix(".asl.json") for path in MACHINES.glob("*.asl.json"))
UNDO_CHAIN = [undo.step.name for undo in checkout.undo_chain()]

Defect = Callable[[dict[str, Any]], object]


def the_machine(name: str) -> Machine:
    return Machine(read_machine(MACHINES / f"{name}.asl.json"), name in STANDARD, _steps_of(name))


def _steps_of(name: str) -> Collection[str]:
    return next(each.steps for each in (checkout, refund) if name.startswith(each.name))


@pytest.mark.parametrize("name", NAMES)
def test_a_machine_keeps_every_rule(name: str) -> None:
    assert lint(the_machine(name)) == []


def test_the_give_back_machine_undoes_in_the_order_of_the_workflow() -> None:
    machine = the_machine("checkout_give_back")

    assert list(undoes_in_order(machine, UNDO_CHAIN)) == []
    assert list(undoes_in_order(machine, UNDO_CHAIN[::-1])) != []


def test_a_template_can_ask_what_it_has_to_substitute() -> None:
    assert placeholders(MACHINES / "checkout_settle.asl.json") == {
        "CheckoutStepsFunctionArn",
        "RetryIntervalSeconds",
        "RetryAttempts",
    }


def task(**changes: Any) -> Defect:
    """Change the first step of a machine."""
    return lambda states: next(s for s in states.values() if s["Type"] == "Task").update(changes)


def in_state(name: str, **changes: Any) -> Defect:
    return lambda states: states[name].update(changes)


def without(name: str, field: str) -> Defect:
    return lambda states: states[name].pop(field)


def sending(name: str, **changes: Any) -> Defect:
    return lambda states: states[name]["Arguments"]["Payload"].update(changes)


def retrying(**changes: Any) -> Defect:
    return lambda states: states["GiveBack"]["Retry"][0].update(changes)


def catching(name: str, **changes: Any) -> Defect:
    return lambda states: states[name]["Catch"][0].update(changes)


RETRY = [{"ErrorEquals": ["States.ALL"], "IntervalSeconds": "${X}", "MaxAttempts": "${Y}"}]
NOT_WAITING = "arn:aws:states:::lambda:invoke"

DEFECTS: dict[str, tuple[str, Defect, str]] = {
    "next": ("checkout", in_state("Prepare", Next="Prepaid?"), "Prepare: there is no state Prepaid?"),
    "default": ("checkout", in_state("Paid?", Default="Undo"), "Paid?: there is no state Undo"),
    "catch": ("checkout", catching("Settle", Next="Undo"), "Settle: there is no state Undo"),
    "unreached": ("checkout", in_state("Prepared?", Choices=[]), "AwaitPayment: no way leads here"),
    "endless": ("checkout_give_back", in_state("ReopenCart", End=False, Next="ReleaseStock"), "no end can be reached"),
    "no default": ("checkout", without("GivenBack?", "Default"), "GivenBack?: an outcome that nobody foresaw"),
    "no next": ("checkout_settle", without("PlaceOrder", "End"), "PlaceOrder: needs either Next or End"),
    "next and end": ("checkout", in_state("Prepare", End=True), "Prepare: needs either Next or End"),
    "query language": ("checkout", in_state("Paid?", QueryLanguage="JSONPath"), "Paid?: speaks JSONPath"),
    "jsonpath": ("checkout", in_state("Done", OutputPath="$"), "Done: OutputPath belongs to JSONPath"),
    "kind": ("checkout", in_state("Done", Type="Parallel"), "Done: is a Parallel state"),
    "integration": ("checkout", task(Resource="arn:aws:states:::sqs:sendMessage"), "Prepare: calls arn:aws"),
    "express waits": ("checkout_settle", task(Resource=f"{NOT_WAITING}.waitForTaskToken"), "PlaceOrder: calls arn:aws"),
    "no catch": ("checkout", without("Settle", "Catch"), "Settle: must catch States.ALL"),
    "narrow catch": ("checkout", catching("Settle", ErrorEquals=["States.Timeout"]), "Settle: must catch States.ALL"),
    "catch elsewhere": ("checkout", catching("Settle", Next="Closed"), "Settle: a fault leads to Closed"),
    "undo loops": ("checkout", catching("GiveBack", Next="GiveBack"), "GiveBack: a fault leads to GiveBack"),
    "wait retries": ("checkout", in_state("AwaitPayment", Retry=RETRY), "AwaitPayment: a second wait"),
    "waits for ever": ("checkout", without("AwaitPayment", "TimeoutSeconds"), "AwaitPayment: waits for ever"),
    "no retry": ("checkout_settle", without("PlaceOrder", "Retry"), "PlaceOrder: a fault is not retried"),
    "retries refusals": ("checkout", retrying(ErrorEquals=["OutOfStock"]), "GiveBack: retries OutOfStock"),
    "default interval": ("checkout", in_state("GiveBack", Retry=[{"ErrorEquals": []}]), "GiveBack: a Retry needs"),
    "timeout": ("checkout", in_state("AwaitPayment", TimeoutSeconds=900), "TimeoutSeconds is written down as 900"),
    "expression": ("checkout", retrying(IntervalSeconds="{% 2 %}"), "IntervalSeconds is written down as {% 2 %}"),
    "delay": ("checkout", retrying(MaxDelaySeconds=60), "MaxDelaySeconds is written down as 60"),
    "other step": ("checkout_settle", sending("PlaceOrder", step="refuse_order"), "PlaceOrder: calls the step refuse"),
    "facts": ("checkout_settle", sending("PlaceOrder", cart={}), "PlaceOrder: sends cart"),
    "stray token": ("checkout_settle", sending("PlaceOrder", task_token="x"), "PlaceOrder: a task token"),
    "no token": ("checkout", sending("AwaitPayment", task_token=None), "AwaitPayment: a task token"),
    "e-mail": ("checkout_settle", sending("PlaceOrder", input={"email": "{% 1 %}"}), "PlaceOrder: sends email as"),
    "wrong id": ("checkout_settle", sending("PlaceOrder", input={"owner": "{% $x %}"}), "PlaceOrder: sends owner as"),
    "child input": ("checkout", in_state("Settle", Arguments={"Input": "{}"}), "Settle: a child takes"),
    "assign": ("checkout", in_state("Paid?", Assign={"x": 1}), "Paid?: Assign keeps state"),
    "raw result": ("checkout_settle", without("PlaceOrder", "Output"), "PlaceOrder: its output is more or less"),
    "error text": ("checkout", lambda states: states["Settle"]["Catch"][0].pop("Output"), "Settle: its output is more"),
    "whole result": ("checkout_settle", task(Output="{% $states.result %}"), "PlaceOrder: its output is more or less"),
    "long": ("checkout_settle", task(Output={"outcome": "x" * 300}), "PlaceOrder: its output is too long"),
    "believed": ("checkout", task(Output={"outcome": "{% $states.result.Output %}"}), "Prepare: reads the child's"),
}


@pytest.mark.parametrize("title", DEFECTS)
def test_a_planted_defect_is_noticed(title: str) -> None:
    name, plant, expected = DEFECTS[title]
    machine = the_machine(name)

    plant(machine.definition["States"])

    assert any(expected in defect for defect in lint(machine)), lint(machine)


def test_a_step_that_no_workflow_declares_is_noticed() -> None:
    machine = Machine(the_machine("checkout_settle").definition, False, {"reserve_stock"})

    assert lint(machine) == ["PlaceOrder: no workflow declares the step place_order"]


def test_a_machine_without_a_query_language_is_noticed() -> None:
    machine = the_machine("checkout_settle")

    del machine.definition["QueryLanguage"]  # type: ignore[attr-defined]

    assert lint(machine) == ["the machine does not say QueryLanguage JSONata"]


def test_a_start_that_does_not_exist_is_noticed() -> None:
    machine = Machine({**the_machine("checkout_settle").definition, "StartAt": "Order"}, False, checkout.steps)

    assert lint(machine) == ["StartAt: there is no state Order"]


def test_a_time_limit_of_a_whole_machine_is_noticed() -> None:
    machine = Machine({**the_machine("checkout_settle").definition, "TimeoutSeconds": 60}, False, checkout.steps)

    assert lint(machine) == ["the machine: TimeoutSeconds is written down as 60"]


def test_an_express_child_that_hides_its_fault_is_noticed() -> None:
    machine = the_machine("checkout_settle")

    machine.states["PlaceOrder"]["Catch"] = [  # type: ignore[index]
        {"ErrorEquals": ["States.ALL"], "Output": {"outcome": "fault"}, "Next": "PlaceOrder"}
    ]

    assert "PlaceOrder: an Express child must let its fault out" in lint(machine)


def test_every_rule_has_a_planted_defect() -> None:
    noticed = set()
    for name, plant, _ in DEFECTS.values():
        machine = the_machine(name)
        plant(machine.definition["States"])
        if any("there is no state" in defect for defect in lint(machine)):
            continue
        noticed |= {rule.__name__ for rule in RULES if list(rule(machine))}

    assert noticed == {rule.__name__ for rule in RULES}
