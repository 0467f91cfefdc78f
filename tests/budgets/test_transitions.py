"""Does a paid order stay within its Standard transitions?"""

import pytest

from infra.bench.budgets import TRANSITIONS_PER_ORDER
from infra.bench.transitions import path_when_well, transitions_of_a_paid_order
from infra.docs.machines import MACHINES, read_machine


def test_a_paid_order_takes_no_more_transitions_than_its_budget() -> None:
    assert transitions_of_a_paid_order() <= TRANSITIONS_PER_ORDER


def test_the_way_that_is_counted_leads_to_a_placed_order() -> None:
    path = path_when_well(read_machine(MACHINES / "checkout.asl.json"))

    assert path[0] == "Prepare"
    assert path[-1] == "Settle"
    assert "GiveBack" not in path


def test_a_state_more_is_counted() -> None:
    machine = read_machine(MACHINES / "checkout.asl.json")
    before = len(path_when_well(machine))

    machine["States"]["Prepare"]["Next"] = "Announce"
    machine["States"]["Announce"] = {"Type": "Pass", "Next": "Prepared?"}

    assert len(path_when_well(machine)) == before + 1


def test_a_way_in_a_circle_is_noticed() -> None:
    machine = {"StartAt": "A", "States": {"A": {"Type": "Pass", "Next": "B"}, "B": {"Type": "Pass", "Next": "A"}}}

    with pytest.raises(ValueError, match="comes back to A"):
        path_when_well(machine)
