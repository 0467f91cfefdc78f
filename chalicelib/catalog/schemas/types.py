"""How do product types and specifications look on the wire?"""

from typing import Annotated, Any, Self

from pydantic import AfterValidator, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from chalicelib.catalog.rules import SpecKind
from chalicelib.catalog.schemas.texts import Titles
from chalicelib.core.wire import UNCHANGED, Draft, Labels, Locale, Slug, View, line

_LARGEST = 1_000_000_000_000

SpecText = Annotated[str, line(100)]
SpecNumber = Annotated[float, Field(ge=-_LARGEST, le=_LARGEST, allow_inf_nan=False)]
SpecWords = Annotated[dict[Locale, SpecText], Field(min_length=1)]
SpecInput = (
    bool
    | Annotated[int, Field(ge=-_LARGEST, le=_LARGEST)]
    | SpecNumber
    | Annotated[str, Field(max_length=64)]
    | SpecWords
)
Specs = Annotated[
    dict[Slug, SpecInput],
    Field(
        max_length=20,
        description="By attribute of the product's type: words by language, a number, a choice's id, or yes or no.",
    ),
]


def _told_apart(parts: list[Any]) -> list[Any]:
    if len({part.id for part in parts}) < len(parts):
        raise PydanticCustomError("repeated", "Give this once.")
    return parts


class ChoiceDraft(Draft):
    """One of the values that an attribute may have."""

    id: Slug
    name: Labels


_NO_UNIT: Any = {"unit": {"type": "null"}}
_NO_CHOICES: Any = {"choices": {"maxItems": 0}}
_KINDS: Any = [
    {"properties": {"kind": {"const": SpecKind.NUMBER.value}, **_NO_CHOICES}},
    {"properties": {"kind": {"enum": [SpecKind.TEXT.value, SpecKind.BOOLEAN.value]}, **_NO_CHOICES, **_NO_UNIT}},
    {
        "properties": {"kind": {"const": SpecKind.CHOICE.value}, "choices": {"minItems": 1}, **_NO_UNIT},
        "required": ["choices"],
    },
]


class AttributeDraft(Draft):
    """Something that can be told of all goods of a type. Choices belong to a choice, a unit to a number."""

    model_config = ConfigDict(json_schema_extra={"anyOf": _KINDS})

    id: Slug
    name: Labels
    kind: SpecKind
    unit: Annotated[str, line(20)] | None = None
    choices: Annotated[list[ChoiceDraft], Field(max_length=60), AfterValidator(_told_apart)] = []
    is_required: bool = False

    @model_validator(mode="after")
    def _fits_its_kind(self) -> Self:
        if bool(self.choices) != (self.kind is SpecKind.CHOICE):
            raise PydanticCustomError("choices_of_choice", "Give choices for a choice, and only there.")
        if self.unit is not None and self.kind is not SpecKind.NUMBER:
            raise PydanticCustomError("unit_of_number", "Give a unit for a number only.")
        return self


Attributes = Annotated[list[AttributeDraft], Field(max_length=20), AfterValidator(_told_apart)]


class ProductTypeDraft(Draft):
    """A new type of goods, with what can be told of them, in order."""

    id: Slug
    name: Titles
    attributes: Attributes = []


class ProductTypeChange(Draft):
    """What shall be different; what is absent stays. Products are held to it when they are next saved with specs."""

    name: Titles = UNCHANGED
    attributes: Attributes = UNCHANGED
    is_retired: bool = UNCHANGED


class ChoiceView(View):
    """One of the values that an attribute may have, in the reader's language."""

    id: str
    name: str


class AttributeView(View):
    """What can be told of goods of a type, in the reader's language."""

    id: str
    name: str
    kind: SpecKind
    unit: str | None
    choices: list[ChoiceView]
    is_required: bool


class ProductTypeEntryView(View):
    """A type of goods in a list, in the reader's language."""

    id: str
    name: str


class ProductTypeView(ProductTypeEntryView):
    """A type of goods with what can be told of them, in the reader's language."""

    attributes: list[AttributeView]


class StaffChoiceView(View):
    """One of the values that an attribute may have, in every language."""

    id: str
    name: dict[str, str]


class StaffAttributeView(View):
    """What can be told of goods of a type, in every language."""

    id: str
    name: dict[str, str]
    kind: SpecKind
    unit: str | None
    choices: list[StaffChoiceView]
    is_required: bool


class StaffProductTypeView(View):
    """A type of goods, in every language."""

    id: str
    name: dict[str, str]
    attributes: list[StaffAttributeView]
    is_retired: bool


class SpecView(View):
    """One specification in the reader's language. The value of a choice is its word; ``choice_id`` is for filters."""

    id: str
    name: str
    kind: SpecKind
    value: bool | int | float | str
    unit: str | None
    choice_id: str | None
