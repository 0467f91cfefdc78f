"""What did a read cost? DynamoDB's rule for what was read; the embedded cloud bills each read as one small item.

A read unit covers a started 4 KB, half of one does when the read may be stale. Items that were asked for by
key are rounded up one by one, and cost a step when they are not there; those of a Query are added up first.
The size of an item is that of its names and values.
"""

from collections.abc import Iterable, Mapping
from typing import Any

READS = {"GetItem", "BatchGetItem", "Query", "Scan"}
_STEP_BYTES = 4_096
_CONTAINER_BYTES = 3

Row = Mapping[str, Mapping[str, Any]]


def read_units(operation: str, params: Mapping[str, Any], answer: Mapping[str, Any]) -> float:
    """Return the units of one answered read."""
    match operation:
        case "GetItem":
            return _steps([answer.get("Item")]) * _per_step(params)
        case "BatchGetItem":
            return sum(
                _steps(_each_asked_for(request, answer["Responses"].get(table, []))) * _per_step(request)
                for table, request in params["RequestItems"].items()
            )
        case "Query" | "Scan":
            return max(1, -(-_scanned_bytes(answer) // _STEP_BYTES)) * _per_step(params)
    raise ValueError(f"nobody has said what {operation} costs")


def item_bytes(item: Row) -> int:
    """Return the size of an item as DynamoDB counts it, within a few bytes for numbers."""
    return sum(len(name.encode()) + _value_bytes(value) for name, value in item.items())


def _per_step(params: Mapping[str, Any]) -> float:
    return 1 if params.get("ConsistentRead") else 0.5


def _steps(items: Iterable[Row | None]) -> int:
    return sum(1 if item is None else -(-item_bytes(item) // _STEP_BYTES) for item in items)


def _each_asked_for(request: Mapping[str, Any], found: list[Row]) -> list[Row | None]:
    return [*found, *[None] * (len(request["Keys"]) - len(found))]


def _scanned_bytes(answer: Mapping[str, Any]) -> int:
    """Return the size of all that was gone through; what a filter left out counts like the rest."""
    items, gone_through = answer["Items"], int(answer["ScannedCount"])
    if not items:
        return _STEP_BYTES * gone_through
    return sum(map(item_bytes, items)) * gone_through // len(items)


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
