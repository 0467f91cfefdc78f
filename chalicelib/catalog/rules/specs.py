"""What is told of goods of one type? Named, typed attributes, and values that fit them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from chalicelib.catalog.errors import SpecChoiceUnknown, SpecInvalid, SpecsMissing, SpecUnknown
from chalicelib.catalog.rules.products import ProductSpec, Texts

SpecValue = bool | int | float | str | Mapping[str, str]


class SpecKind(StrEnum):
    """What the value of an attribute is."""

    TEXT = "text"  # words by language
    NUMBER = "number"  # in the attribute's unit, if it has one
    CHOICE = "choice"  # one of the attribute's choices, by id
    BOOLEAN = "boolean"


@dataclass(frozen=True)
class SpecChoice:
    """One of the values that an attribute may have."""

    id: str
    name: Texts


@dataclass(frozen=True)
class SpecAttribute:
    """Something that can be told of all goods of a type."""

    id: str
    name: Texts
    kind: SpecKind
    unit: str | None = None
    choices: tuple[SpecChoice, ...] = ()
    is_required: bool = False


def specs_of(attributes: Sequence[SpecAttribute], values: Mapping[str, SpecValue]) -> tuple[ProductSpec, ...]:
    """Return values with the words of their attributes, in the order of those.

    Raises ``SpecUnknown``, ``SpecInvalid`` or ``SpecChoiceUnknown``.
    """
    unknown = sorted(values.keys() - {attribute.id for attribute in attributes})
    if unknown:
        raise SpecUnknown(attribute_ids=unknown)
    return tuple(_spec(attribute, values[attribute.id]) for attribute in attributes if attribute.id in values)


def values_of(specs: Sequence[ProductSpec]) -> dict[str, SpecValue]:
    """Return what was told, by attribute."""
    return {spec.id: spec.value for spec in specs}


def demand_complete(attributes: Sequence[SpecAttribute], specs: Sequence[ProductSpec]) -> None:
    """Raise ``SpecsMissing`` unless all that must be told is told."""
    told = {spec.id for spec in specs}
    missing = [attribute.id for attribute in attributes if attribute.is_required and attribute.id not in told]
    if missing:
        raise SpecsMissing(attribute_ids=missing)


def _spec(attribute: SpecAttribute, value: SpecValue) -> ProductSpec:
    if not _fits(attribute.kind, value):
        raise SpecInvalid(attribute_id=attribute.id, spec_kind=str(attribute.kind))
    choice = None
    if attribute.kind is SpecKind.CHOICE:
        choice = next((each.name for each in attribute.choices if each.id == value), None)
        if choice is None:
            raise SpecChoiceUnknown(
                attribute_id=attribute.id, choice=value, choices=[each.id for each in attribute.choices]
            )
    return ProductSpec(attribute.id, attribute.kind, attribute.name, value, unit=attribute.unit, choice=choice)


def _fits(kind: SpecKind, value: SpecValue) -> bool:
    match kind:
        case SpecKind.BOOLEAN:
            return isinstance(value, bool)
        case SpecKind.NUMBER:
            return isinstance(value, int | float) and not isinstance(value, bool)
        case SpecKind.CHOICE:
            return isinstance(value, str)
        case SpecKind.TEXT:
            return isinstance(value, Mapping) and bool(value)
