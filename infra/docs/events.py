"""Which events are there, and who does what about them? docs/events.md, from the registry and the queues' files."""

import dataclasses
import importlib
import inspect
from collections.abc import Callable
from pathlib import Path
from typing import Any, get_type_hints

from chalicelib.core.events.consuming import Consumer, Message, Once
from chalicelib.core.events.event import Event, registered

ROOT = Path(__file__).resolve().parents[2]
_ONCE = {
    Once.BY_MARKER: "a marker, in the transaction of the effect",
    Once.BY_OWN_WRITES: "its own writes: their conditions, a sequence or a lease",
}
_HEAD = """\
# Events

What the shop announces, and who does what about it. An event rides on the item that changed, so a change and its event
are one write; the table's stream carries it out, a topic hands it to one queue per consumer. Whoever consumes may get
an event twice, late, or out of order.

An event travels as a CloudEvents 1.0 envelope. Its `subject` is the first field of its `data`; its `sequence` is the
version of the item that changed, so of two events with one subject the higher is the later. Fields may be added to a
type, never changed or taken away. The last column says what keeps a repeated event from having its effect again.
"""


def catalogue() -> str:
    """Return docs/events.md."""
    importlib.import_module("chalicelib.core.events.audit_recorded")
    for path in sorted(ROOT.glob("chalicelib/*/events.py")):
        importlib.import_module(f"chalicelib.{path.parent.name}.events")
    found = consumers()
    types = {name: kind for name, kind in registered().items() if kind.__module__.startswith("chalicelib.")}
    return "\n".join([_HEAD, *(_section(kind, found) for kind in types.values())])


def consumers() -> list[Consumer]:
    """Return the consumer of events that each file in functions/queues wires up, if it is one of events."""
    stems = sorted(path.stem for path in (ROOT / "functions" / "queues").glob("*.py") if path.stem != "__init__")
    handlers = [importlib.import_module(f"functions.queues.{stem}").handler for stem in stems]
    return [handler.__self__ for handler in handlers if isinstance(handler.__self__, Consumer)]


def _section(kind: type[Event], found: list[Consumer]) -> str:
    domain = kind.__module__.split(".")[1]
    said = inspect.cleandoc(kind.__doc__ or "")
    first = dataclasses.fields(kind)[0].name
    parts = [
        f"## {kind.TYPE}\n\n{said}\n\nAnnounced by `{domain}`; its subject is `{first}`.\n",
        "| field | type |\n|---|---|\n" + "".join(_fields(kind)),
        _reactions(kind, found),
    ]
    return "\n".join(parts)


def _fields(kind: type[Event]) -> list[str]:
    hints = get_type_hints(kind)
    return [f"| `{field.name}` | {_type_name(hints[field.name])} |\n" for field in dataclasses.fields(kind)]


def _type_name(hint: Any) -> str:
    plain = {str: "text", int: "whole number", bool: "true or false"}
    return plain.get(hint) or str(hint).replace("|", "or")


def _reactions(kind: type[Event], found: list[Consumer]) -> str:
    rows = [
        f"| `{consumer.name}` | {_first_line(consumer.reactions[kind.TYPE].react)} "
        f"| {_ONCE[consumer.reactions[kind.TYPE].once]} |\n"
        for consumer in found
        if kind.TYPE in consumer.event_types
    ]
    if not rows:
        return "Nobody reacts to it yet.\n"
    return "| consumer | does what | once by |\n|---|---|---|\n" + "".join(rows)


def _first_line(react: Callable[[Message[Any]], None]) -> str:
    return (react.__doc__ or "").strip().partition("\n")[0]
