"""How are values stored inside an item? As one JSON text per value, typed by its dataclass."""

from functools import cached_property
from typing import Any, Generic, TypeVar

from pydantic import TypeAdapter
from pynamodb.attributes import Attribute, BooleanAttribute, UnicodeAttribute
from pynamodb.constants import NUMBER, STRING
from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action

__all__ = ["Action", "BooleanAttribute", "Condition", "IntegerAttribute", "UnicodeAttribute", "ValueAttribute"]

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


class IntegerAttribute(Attribute[int]):
    """A whole number. PynamoDB's own number would accept floats."""

    attr_type = NUMBER

    def serialize(self, value: int) -> str:
        if isinstance(value, bool) or not isinstance(value, int):
            raise TypeError(f"{self.attr_name} takes whole numbers, not {value!r}")
        return str(value)

    def deserialize(self, value: str) -> int:
        return int(value)
