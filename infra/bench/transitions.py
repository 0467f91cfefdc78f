"""How many Standard transitions does a paid order take? Counted along the way through the checkout machine."""

from collections.abc import Mapping
from typing import Any

from infra.docs.machines import MACHINES, read_machine

# What each Choice of the machine hears when everything goes well.
_WELL = ("ready", "paid", "placed")


def transitions_of_a_paid_order() -> int:
    """Count the states entered from start to end of an execution that places an order.

    Step Functions counts a transition for each state that is entered; the EXPRESS children are paid by
    request and duration instead.
    """
    return len(path_when_well(read_machine(MACHINES / "checkout.asl.json")))


def path_when_well(machine: Mapping[str, Any]) -> list[str]:
    """Return the states of a machine in the order in which a purchase without trouble enters them."""
    states = machine["States"]
    path = [machine["StartAt"]]
    while (following := _next(states[path[-1]])) is not None:
        if following in path:
            raise ValueError(f"the machine comes back to {following}")
        path.append(following)
    return path


def _next(state: Mapping[str, Any]) -> str | None:
    for choice in state.get("Choices", ()):
        if any(f"outcome = '{outcome}'" in choice["Condition"] for outcome in _WELL):
            return str(choice["Next"])
    return state.get("Default") or state.get("Next")
