"""What did a piece of code ask of DynamoDB? Records every call of a client with the units it consumed.

Writes cost what the cloud says, reads what DynamoDB would ask for what was read.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from tests.support.capacity import READS, read_units

CONDITIONS = {"ConditionExpression", "KeyConditionExpression", "FilterExpression"}
# Neither a placeholder (`#name`, `:value`) nor a bare attribute name may hold these signs.
ARITHMETIC = re.compile(r"[+-]")
RECORD = "recorded_call"
SERVED = 200


class ArithmeticInConditionError(AssertionError):
    """A condition calculates, which DynamoDB refuses and the embedded cloud answers wrongly."""


@dataclass
class Call:
    operation: str
    params: dict[str, Any]
    units: float | None = None
    status: int | None = None
    answer: dict[str, Any] | None = None


@dataclass
class Calls:
    """The calls of one recording, in the order in which they were sent."""

    sent: list[Call] = field(default_factory=list)

    @property
    def operations(self) -> list[str]:
        return [call.operation for call in self.sent]

    @property
    def count(self) -> int:
        return len(self.sent)

    @property
    def read_units(self) -> float:
        return sum(call.units or 0 for call in self.sent if call.operation in READS)

    @property
    def write_units(self) -> float:
        return sum(call.units or 0 for call in self.sent if call.operation not in READS)

    @property
    def unmeasured(self) -> list[str]:
        """Operations served without saying their units."""
        return [call.operation for call in self.sent if call.status == SERVED and call.units is None]


@contextmanager
def recording(source: Any) -> Iterator[Calls]:
    """Record the DynamoDB calls of `source`: a client, a session, or an emitter of botocore events.

    A session records the clients that it makes inside the block, since each client copies its session's
    handlers when it is made. A call whose condition calculates raises before it is sent.
    """
    calls = Calls()
    events = _emitter(source)

    def ask(params: dict[str, Any], model: Any, context: dict[str, Any], **_: Any) -> None:
        refuse_arithmetic(params)
        if "ReturnConsumedCapacity" in model.input_shape.members:
            params["ReturnConsumedCapacity"] = "TOTAL"
        call = Call(model.name, dict(params))
        context[RECORD] = call
        calls.sent.append(call)

    def answer(parsed: dict[str, Any], context: dict[str, Any], **_: Any) -> None:
        if RECORD in context:
            call: Call = context[RECORD]
            call.answer = parsed
            call.status = parsed.get("ResponseMetadata", {}).get("HTTPStatusCode")
            call.units = _units(call, parsed)

    events.register_last("before-parameter-build.dynamodb", ask)
    events.register_last("after-call.dynamodb", answer)
    try:
        yield calls
    finally:
        events.unregister("before-parameter-build.dynamodb", ask)
        events.unregister("after-call.dynamodb", answer)


def refuse_arithmetic(params: Any, path: str = "") -> None:
    """Raise `ArithmeticInConditionError` for a `+` or `-` in any condition, however deep in a transaction."""
    if isinstance(params, list | tuple):
        for number, each in enumerate(params):
            refuse_arithmetic(each, f"{path}[{number}]")
    if not isinstance(params, dict):
        return
    for name, value in params.items():
        where = f"{path}.{name}".lstrip(".")
        if name in CONDITIONS and isinstance(value, str):
            _refuse(where, value)
        else:
            refuse_arithmetic(value, where)


def _refuse(where: str, expression: str) -> None:
    if sign := ARITHMETIC.search(expression):
        raise ArithmeticInConditionError(f"{where} calculates at character {sign.start()}: {expression}")


def _emitter(source: Any) -> Any:
    if hasattr(source, "meta"):
        return source.meta.events
    if hasattr(source, "get_component"):
        return source.get_component("event_emitter")
    return getattr(source, "events", source)


def _units(call: Call, answer: dict[str, Any]) -> float | None:
    if call.operation in READS:
        return read_units(call.operation, call.params, answer) if call.status == SERVED else None
    consumed = answer.get("ConsumedCapacity")
    if not consumed:
        return None
    each_table = consumed if isinstance(consumed, list) else [consumed]
    return float(sum(table["CapacityUnits"] for table in each_table))
