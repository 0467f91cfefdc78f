"""What makes a product? Its shape, and pure decisions about its variants."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from chalicelib.core.money import Money
from chalicelib.pricing.rules import TaxClass

# A product is one transaction: itself, a guard per variant and stock per new one, within 100 items.
VARIANTS_LIMIT = 40

Texts = Mapping[str, str]  # by locale


class ProductStatus(StrEnum):
    """Only an active product is shown and sold. A deleted one is kept for the orders that name it."""

    DRAFT = "draft"
    IN_REVIEW = "in_review"
    ACTIVE = "active"
    INACTIVE = "inactive"
    DELETED = "deleted"


class VariantStatus(StrEnum):
    """A variant that was taken off keeps its SKU and its stock, and may come back."""

    ACTIVE = "active"
    INACTIVE = "inactive"


@dataclass(frozen=True)
class Dimensions:
    """The parcel that one unit makes."""

    length_mm: int
    width_mm: int
    height_mm: int


@dataclass(frozen=True)
class Sale:
    """A lower price for a time: from ``starts_at`` until just before ``ends_at``, both in UTC, open where absent.

    ``other_prices`` are sale prices in other currencies that are listed too.
    """

    price: Money
    starts_at: str | None = None
    ends_at: str | None = None
    other_prices: tuple[Money, ...] = ()


@dataclass(frozen=True)
class ProductVariant:
    """One way to buy a product. ``other_prices`` are list prices in further currencies."""

    sku: str
    options: Mapping[str, str]
    price: Money
    weight_grams: int
    status: VariantStatus = VariantStatus.ACTIVE
    other_prices: tuple[Money, ...] = ()
    sale: Sale | None = None
    barcode: str | None = None
    dimensions: Dimensions | None = None
    picture_id: str | None = None

    @property
    def is_active(self) -> bool:
        return self.status is VariantStatus.ACTIVE


@dataclass(frozen=True)
class ProductCategory:
    """A category as it was named when the product was saved. Where it lies is for the tree to say."""

    id: str
    name: Texts


@dataclass(frozen=True)
class ProductBrand:
    """A brand as it was named when the product was saved."""

    id: str
    name: Texts


@dataclass(frozen=True)
class ProductSpec:
    """One specification, with the words that its type had when the product was saved.

    ``value`` is a text by locale, a number in ``unit``, the id of a choice with its words in ``choice``, or yes or no.
    """

    id: str
    kind: str
    name: Texts
    value: Texts | int | float | str | bool
    unit: str | None = None
    choice: Texts | None = None


@dataclass(frozen=True)
class ProductDetails:
    """All that is told of a product, read in one piece."""

    title: Texts
    description: Texts
    vendor_name: str
    categories: Sequence[ProductCategory]
    variants: Sequence[ProductVariant]
    vendor_names: Texts = field(default_factory=dict)
    brand: ProductBrand | None = None
    tags: tuple[str, ...] = ()
    type_id: str | None = None
    specs: tuple[ProductSpec, ...] = ()
    seo_title: Texts = field(default_factory=dict)
    seo_description: Texts = field(default_factory=dict)
    slugs: Texts = field(default_factory=dict)
    tax_class: TaxClass = TaxClass.STANDARD

    @property
    def active_variants(self) -> list[ProductVariant]:
        return [variant for variant in self.variants if variant.is_active]


def merged_variants(present: Sequence[ProductVariant], wanted: Sequence[ProductVariant]) -> list[ProductVariant]:
    """Return the wanted variants in their order, then those that are wanted no more, inactive."""
    skus = {variant.sku for variant in wanted}
    left_out = [variant for variant in present if variant.sku not in skus]
    return [*wanted, *(replace(variant, status=VariantStatus.INACTIVE) for variant in left_out)]


def is_shown(status: str, details: ProductDetails) -> bool:
    """Tell whether shoppers may see a product: it is active and something of it is for sale."""
    return status == ProductStatus.ACTIVE and bool(details.active_variants)


def brand_id_of(details: ProductDetails) -> str | None:
    """Return the brand that a product names."""
    return details.brand.id if details.brand else None


def category_ids_of(details: ProductDetails) -> tuple[str, ...]:
    """Return the categories that a product names, without those that they lie in."""
    return tuple(category.id for category in details.categories)


def told_of(status: str, details: ProductDetails) -> dict[str, object]:
    """Return what the audit trail is told of a product, what matters most first."""
    return {
        "status": status,
        "category_ids": list(category_ids_of(details)),
        "tax_class": details.tax_class,
        **_told_beside(details),
        **{f"variants[{variant.sku}]": _told_of(variant) for variant in details.variants},
        **{f"variants[{each.sku}].other_prices": each.other_prices for each in details.variants if each.other_prices},
        **{f"variants[{each.sku}].sale": each.sale for each in details.variants if each.sale},
        "title": details.title,
        "description": details.description,
    }


def _told_beside(details: ProductDetails) -> dict[str, object]:
    """Return what is there of what a product need not have."""
    told: dict[str, object] = {
        "brand_id": brand_id_of(details),
        "tags": details.tags,
        "type_id": details.type_id,
        **{f"specs[{spec.id}]": spec.value for spec in details.specs},
        "slugs": details.slugs,
        "seo_title": details.seo_title,
        "seo_description": details.seo_description,
    }
    return {name: value for name, value in told.items() if value not in (None, (), {})}


def _told_of(variant: ProductVariant) -> dict[str, object]:
    return {
        "status": variant.status,
        "price": variant.price,
        "weight_grams": variant.weight_grams,
        "options": variant.options,
        # By its other name: what is called a code is not shown.
        "gtin": variant.barcode,
        "dimensions": variant.dimensions,
        "picture_id": variant.picture_id,
    }
