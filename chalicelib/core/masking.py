"""What may be shown of a value? No secrets, of a person's address only a hint, and of long texts the beginning."""

import dataclasses
import json
import re
from collections.abc import Mapping
from typing import Any

_SECRET = re.compile(r"password|secret|token|code|proof|hash|credential|(^|_)key(s?)($|_)", re.IGNORECASE)
_PERSONAL = re.compile(r"email|phone|account_number", re.IGNORECASE)
# What stands in brackets tells which one is meant: `variants[TOKEN-20].price` is no secret.
_WHICH = re.compile(r"\[[^]]*\]")
_HIDDEN = "•••"
_LENGTH_LIMIT = 200


def as_change(name: str, was: Any, now: Any) -> str:
    """Return the JSON text of ``[name, before, after]``, masked by the field's name, long values cut."""
    change = [name, _shown(name, was), _shown(name, now)]
    return json.dumps(change, ensure_ascii=False, separators=(",", ":"))


def cut(text: str) -> str:
    """Return a text that is short enough, marked if it is cut."""
    return text if len(text) <= _LENGTH_LIMIT else text[: _LENGTH_LIMIT - 1] + "…"


def masked(name: str, value: Any) -> Any:
    """Return what may be shown of a field's value, looking into maps, lists and dataclasses."""
    if value is None or isinstance(value, bool):
        return value
    if _SECRET.search(_WHICH.sub("", name)):
        return _HIDDEN
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        value = {each.name: getattr(value, each.name) for each in dataclasses.fields(value)}
    if isinstance(value, Mapping):
        return {str(inner): masked(f"{name}.{inner}", each) for inner, each in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [masked(name, each) for each in (sorted(value) if isinstance(value, set | frozenset) else value)]
    if _PERSONAL.search(_WHICH.sub("", name)):
        return _hint(str(value))
    return value if isinstance(value, str | int) else str(value)


def _shown(name: str, value: Any) -> str | None:
    seen = masked(name, value)
    if seen is None:
        return None
    text = seen if isinstance(seen, str) else json.dumps(seen, ensure_ascii=False, separators=(",", ":"))
    return cut(text)


def _hint(text: str) -> str:
    """Keep what tells two addresses apart in most cases: `h•••@example.com`, `+25•••44`."""
    name, at, domain = text.rpartition("@")
    return f"{name[:1]}{_HIDDEN}@{domain}" if at else f"{text[:3]}{_HIDDEN}{text[-2:]}"
