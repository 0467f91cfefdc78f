"""How does one way to buy a product look on the wire, beside its prices?"""

from collections.abc import Sequence
from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints
from pydantic_core import PydanticCustomError

from chalicelib.catalog.rules import VariantStatus, gtin_of
from chalicelib.catalog.schemas.prices import PricesDraft, PricesView, VariantPriceView
from chalicelib.core.wire import WHOLE, Draft, Sku, View, line
from chalicelib.pictures.schemas import PictureView

OptionText = Annotated[str, line(60)]
_Millimetres = Annotated[int, Field(ge=1, le=10_000), WHOLE]


def _checked(barcode: str) -> str:
    if gtin_of(barcode) is None:
        raise PydanticCustomError("check_digit_wrong", "The last digit does not fit the others.")
    return barcode


Barcode = Annotated[
    str,
    StringConstraints(pattern=r"^([0-9]{8}|[0-9]{12,14})$"),
    AfterValidator(_checked),
    Field(description="A GTIN of 8, 12, 13 or 14 digits, the last of which checks the others (GS1)."),
]


class DimensionsDraft(Draft):
    """The parcel that one unit makes."""

    length_mm: _Millimetres
    width_mm: _Millimetres
    height_mm: _Millimetres


class VariantDraft(PricesDraft):
    """One way to buy the product. Variants differ in the values of the same options."""

    sku: Sku
    options: Annotated[dict[OptionText, OptionText], Field(max_length=5)] = {}
    weight_grams: Annotated[int, Field(ge=0, le=1_000_000), WHOLE]
    barcode: Barcode | None = None
    dimensions: DimensionsDraft | None = None
    picture_id: Annotated[
        Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_]{1,60}$")] | None,
        Field(description="One of the product's pictures; shown once it is ready."),
    ] = None


def _sold_together(variants: Sequence[VariantDraft]) -> Sequence[VariantDraft]:
    skus = [variant.sku for variant in variants]
    gtins = [gtin_of(variant.barcode) for variant in variants if variant.barcode]
    if len(set(skus)) < len(skus) or len(set(gtins)) < len(gtins):
        raise PydanticCustomError("repeated", "Give this once.")
    if len({(each.price.currency, frozenset(other.currency for other in each.other_prices)) for each in variants}) > 1:
        raise PydanticCustomError("currencies_mixed", "Price all variants in the same currencies.")
    return variants


Variants = Annotated[list[VariantDraft], Field(min_length=1, max_length=20), AfterValidator(_sold_together)]


class DimensionsView(View):
    """The parcel that one unit makes."""

    length_mm: int
    width_mm: int
    height_mm: int


class AvailabilityView(View):
    """Whether it can be bought; ``left`` is a number only when few are left."""

    in_stock: bool
    left: int | None


class VariantView(VariantPriceView):
    """One way to buy the product."""

    sku: str
    options: dict[str, str]
    weight_grams: int
    barcode: str | None
    dimensions: DimensionsView | None
    availability: AvailabilityView
    picture: PictureView | None


class StaffVariantView(PricesView):
    """One way to buy the product, whether it is for sale or not."""

    sku: str
    options: dict[str, str]
    weight_grams: int
    status: VariantStatus
    barcode: str | None
    dimensions: DimensionsView | None
    picture_id: str | None


class BarcodeView(View):
    """Which variant has a barcode. ``gtin`` is its longest form."""

    gtin: str
    sku: str
    product_id: str
