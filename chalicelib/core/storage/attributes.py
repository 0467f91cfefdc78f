"""How are values stored inside an item? As one JSON text per value, typed by its dataclass."""

import zlib
from functools import cached_property
from typing import Any, Generic, TypeVar

from pydantic import TypeAdapter
from pynamodb.attributes import Attribute, BooleanAttribute, UnicodeAttribute
from pynamodb.constants import BINARY, NUMBER, STRING
from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action

__all__ = [
    "Action",
    "BooleanAttribute",
    "Condition",
    "IntegerAttribute",
    "PackedAttribute",
    "UnicodeAttribute",
    "ValueAttribute",
]

V = TypeVar("V")


class ValueAttribute(Attribute[V], Generic[V]):
    """A dataclass, or a list or map of them, kept as JSON: one attribute costs far less CPU than many."""

    attr_type = STRING

    def __init__(self, shape: Any, **options: Any) -> None:
        super().__init__(**options)
        self._declared = shape

    @cached_property
    def _shape(self) -> TypeAdapter[V]:
        """Built when it is first needed: most functions touch few of the kinds that they import."""
        return TypeAdapter(self._declared)

    def serialize(self, value: V) -> str:
        return self._shape.dump_json(value).decode()

    def deserialize(self, value: str) -> V:
        return self._shape.validate_json(value)


class PackedAttribute(Attribute[V], Generic[V]):
    """A value as ``ValueAttribute`` keeps it, deflated (RFC 1950): for long ones that are written more often than once.

    Each KB of an item is a write unit, two in a transaction, and lines repeat themselves. Nobody can ask
    DynamoDB about what is inside. A text that was stored before the attribute was packed is read as well.
    """

    attr_type = BINARY

    def __init__(self, shape: Any, **options: Any) -> None:
        super().__init__(**options)
        self._as_text = ValueAttribute[V](shape)

    def serialize(self, value: V) -> bytes:
        return zlib.compress(self._as_text.serialize(value).encode())

    def deserialize(self, value: bytes | str) -> V:
        return self._as_text.deserialize(value if isinstance(value, str) else zlib.decompress(value).decode())

    def get_value(self, value: dict[str, Any]) -> Any:
        return value[STRING] if STRING in value else super().get_value(value)


class IntegerAttribute(Attribute[int]):
    """A whole number. PynamoDB's own number would accept floats."""

    attr_type = NUMBER

    def serialize(self, value: int) -> str:
        if isinstance(value, bool) or not isinstance(value, int):
            raise TypeError(f"{self.attr_name} takes whole numbers, not {value!r}")
        return str(value)

    def deserialize(self, value: str) -> int:
        return int(value)
