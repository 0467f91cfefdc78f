"""How do types of goods, and what is specified by them, become what their reader sees?"""

from collections.abc import Mapping

from chalicelib.catalog.models import ProductType
from chalicelib.catalog.rules import ProductSpec, SpecAttribute, SpecKind
from chalicelib.catalog.schemas import (
    AttributeView,
    ChoiceView,
    ProductTypeEntryView,
    ProductTypeView,
    SpecView,
    StaffAttributeView,
    StaffChoiceView,
    StaffProductTypeView,
)
from chalicelib.core.i18n.locales import in_locale


def product_type_entry_view(found: ProductType, locale: str) -> ProductTypeEntryView:
    """Show a type in a list."""
    return ProductTypeEntryView(id=found.type_id, name=in_locale(found.name, locale))


def product_type_view(found: ProductType, locale: str) -> ProductTypeView:
    """Show a type with its attributes."""
    return ProductTypeView(
        id=found.type_id,
        name=in_locale(found.name, locale),
        attributes=[_attribute_view(attribute, locale) for attribute in found.attributes],
    )


def staff_product_type_view(found: ProductType) -> StaffProductTypeView:
    """Show a type to those who edit it."""
    return StaffProductTypeView(
        id=found.type_id,
        name=dict(found.name),
        attributes=[_staff_attribute_view(attribute) for attribute in found.attributes],
        is_retired=bool(found.is_retired),
    )


def spec_view(spec: ProductSpec, locale: str) -> SpecView:
    """Show what is specified, a choice by its word."""
    value = spec.value
    if spec.choice is not None:
        value = in_locale(spec.choice, locale)
    elif isinstance(value, Mapping):
        value = in_locale(value, locale)
    return SpecView(
        id=spec.id,
        name=in_locale(spec.name, locale),
        kind=SpecKind(spec.kind),
        value=value,
        unit=spec.unit,
        choice_id=str(spec.value) if spec.choice is not None else None,
    )


def _attribute_view(attribute: SpecAttribute, locale: str) -> AttributeView:
    return AttributeView(
        id=attribute.id,
        name=in_locale(attribute.name, locale),
        kind=attribute.kind,
        unit=attribute.unit,
        choices=[ChoiceView(id=each.id, name=in_locale(each.name, locale)) for each in attribute.choices],
        is_required=attribute.is_required,
    )


def _staff_attribute_view(attribute: SpecAttribute) -> StaffAttributeView:
    return StaffAttributeView(
        id=attribute.id,
        name=dict(attribute.name),
        kind=attribute.kind,
        unit=attribute.unit,
        choices=[StaffChoiceView(id=each.id, name=dict(each.name)) for each in attribute.choices],
        is_required=attribute.is_required,
    )
