"""What is an event? A frozen record in the past tense, declared beside the service that announces it."""

import dataclasses
import json
from dataclasses import dataclass
from typing import Any, ClassVar, Self

from chalicelib.core import clock, ids
from chalicelib.core.observability import traceparent
from chalicelib.core.settings import settings

DATA_LIMIT_BYTES = 2_048


@dataclass(frozen=True)
class Event:
    """Ids and facts only. The first field is the subject; fields are text, whole numbers or lists of those.

    A type is published for ever: fields may be added, with defaults, never changed or taken away.
    """

    TYPE: ClassVar[str] = ""

    def __init_subclass__(cls) -> None:
        if cls.TYPE in _registry:
            raise TypeError(f"two events are called {cls.TYPE}")
        _registry[cls.TYPE] = cls

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> Self:
        """Read an event's data; fields that a newer version added are left out."""
        known = {field.name for field in dataclasses.fields(cls)}
        return cls(**{name: value for name, value in data.items() if name in known})


_registry: dict[str, type[Event]] = {}


def registered() -> dict[str, type[Event]]:
    """Return every event class that has been imported, by type."""
    return dict(sorted(_registry.items()))


def announcement(event: Event, *, sequence: int) -> dict[str, Any]:
    """Return the map that rides on the changed item; ``sequence`` is that item's version."""
    data = dataclasses.asdict(event)
    if size_of(data) > DATA_LIMIT_BYTES:
        raise ValueError(f"{event.TYPE} carries more than {DATA_LIMIT_BYTES} bytes; carry ids instead")
    return {
        "id": ids.new("evt"),
        "type": event.TYPE,
        "subject": str(next(iter(data.values()))),
        "sequence": sequence,
        "time": clock.as_text(clock.now()),
        "traceparent": traceparent.get(),
        "data": data,
    }


def size_of(data: Any) -> int:
    """Return how many bytes of an event's limit this takes."""
    return len(json.dumps(data, ensure_ascii=False).encode())


def envelope(announced: dict[str, Any]) -> dict[str, Any]:
    """Return the CloudEvents 1.0 envelope (structured mode) of what an item announced."""
    return {
        "specversion": "1.0",
        "id": announced["id"],
        "source": f"nexus/{settings.stage}",
        "type": announced["type"],
        "subject": announced["subject"],
        "time": announced["time"],
        "datacontenttype": "application/json",
        "sequence": announced["sequence"],
        **({"traceparent": announced["traceparent"]} if announced.get("traceparent") else {}),
        "data": announced["data"],
    }
