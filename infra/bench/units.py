"""How many units did calls cost? What writes cost is what the cloud says; reads go by the size of what was read."""

from collections.abc import Iterable
from dataclasses import dataclass

from tests.support.capacity import READS
from tests.support.recorded_calls import Call


@dataclass(frozen=True)
class Cost:
    """What some calls cost."""

    calls: tuple[str, ...]
    read_units: float
    write_units: float

    def __add__(self, other: "Cost") -> "Cost":
        return Cost(self.calls + other.calls, self.read_units + other.read_units, self.write_units + other.write_units)


def cost_of(calls: Iterable[Call]) -> Cost:
    """Add up what was sent."""
    total = Cost((), 0, 0)
    for call in calls:
        units, is_read = call.units or 0, call.operation in READS
        total += Cost((call.operation,), units if is_read else 0, 0 if is_read else units)
    return total
