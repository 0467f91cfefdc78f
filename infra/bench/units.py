"""How many units did calls cost? As DynamoDB said; where the embedded cloud says nothing, computed from item sizes.

The rule is AWS's: a read unit per started 4 KB of each item, half of that when the read may be stale, and
at least one step for an item that is not there. The size of an item is that of its names and values.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from tests.support.recorded_calls import READS, Call

_READ_STEP_BYTES = 4_096
_CONTAINER_BYTES = 3


@dataclass(frozen=True)
class Cost:
    """What some calls cost. ``computed`` names those whose units are ours, not the cloud's."""

    calls: tuple[str, ...]
    read_units: float
    write_units: float
    computed: tuple[str, ...] = ()

    def __add__(self, other: "Cost") -> "Cost":
        return Cost(
            self.calls + other.calls,
            self.read_units + other.read_units,
            self.write_units + other.write_units,
            self.computed + other.computed,
        )


def cost_of(calls: Iterable[Call]) -> Cost:
    """Add up what was sent."""
    total = Cost((), 0, 0)
    for call in calls:
        is_computed = call.units is None and call.operation == "BatchGetItem"
        units = batch_read_units(call) if is_computed else call.units or 0
        is_read = call.operation in READS
        total += Cost(
            (call.operation,),
            units if is_read else 0,
            0 if is_read else units,
            (call.operation,) if is_computed else (),
        )
    return total


def batch_read_units(call: Call) -> float:
    """Compute what a BatchGetItem cost: each item is read, and rounded up, for itself."""
    found = (call.answer or {}).get("Responses", {})
    units = 0.0
    for table, request in call.params["RequestItems"].items():
        items = found.get(table, [])
        absent = len(request["Keys"]) - len(items)
        steps = absent + sum(-(-item_bytes(item) // _READ_STEP_BYTES) for item in items)
        units += steps * (1 if request.get("ConsistentRead") else 0.5)
    return units


def item_bytes(item: Mapping[str, Mapping[str, Any]]) -> int:
    """Return the size of an item as DynamoDB counts it, within a few bytes for numbers."""
    return sum(len(name.encode()) + _value_bytes(value) for name, value in item.items())


def _value_bytes(typed: Mapping[str, Any]) -> int:
    ((kind, value),) = typed.items()
    match kind:
        case "S":
            return len(value.encode())
        case "N":
            return len(value.strip("-").replace(".", "")) // 2 + 1
        case "B":
            return len(value)
        case "L":
            return _CONTAINER_BYTES + sum(1 + _value_bytes(each) for each in value)
        case "M":
            return _CONTAINER_BYTES + sum(1 + len(name.encode()) + _value_bytes(each) for name, each in value.items())
        case "SS" | "NS" | "BS":
            return sum(len(each) for each in value)
        case _:
            return 1
