"""What makes a product, and where is it listed? Pure decisions about the catalogue."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from chalicelib.core.money import Money

ALL_PRODUCTS = "all"
# A product is one transaction: itself, a guard per variant and stock per new one, within 100 items.
VARIANTS_LIMIT = 40
# A listing is one transaction too: a card per category and ancestor, put or deleted.
DEPTH_LIMIT = 5


class ProductStatus(StrEnum):
    """Only an active product is shown and sold."""

    DRAFT = "draft"
    ACTIVE = "active"


class VariantStatus(StrEnum):
    """A variant that was taken off keeps its SKU and its stock, and may come back."""

    ACTIVE = "active"
    INACTIVE = "inactive"


@dataclass(frozen=True)
class ProductVariant:
    """One way to buy a product."""

    sku: str
    options: Mapping[str, str]
    price: Money
    weight_grams: int
    status: VariantStatus = VariantStatus.ACTIVE

    @property
    def is_active(self) -> bool:
        return self.status is VariantStatus.ACTIVE


@dataclass(frozen=True)
class ProductCategory:
    """A category as it was named when the product was saved. ``path`` leads from the root to it."""

    id: str
    name: Mapping[str, str]
    path: Sequence[str]


@dataclass(frozen=True)
class ProductDetails:
    """All that is told of a product, read in one piece."""

    title: Mapping[str, str]
    description: Mapping[str, str]
    vendor_name: str
    categories: Sequence[ProductCategory]
    variants: Sequence[ProductVariant]
    vendor_names: Mapping[str, str] = field(default_factory=dict)

    @property
    def active_variants(self) -> list[ProductVariant]:
        return [variant for variant in self.variants if variant.is_active]


@dataclass(frozen=True)
class ProductCard:
    """A product in a list."""

    product_id: str
    title: Mapping[str, str]
    vendor_id: str
    price_from: Money
    picture: str | None = None


def told_of(status: str, details: ProductDetails) -> dict[str, object]:
    """Return what the audit trail is told of a product, what matters most first."""
    return {
        "status": status,
        "category_ids": [category.id for category in details.categories],
        **{f"variants[{variant.sku}]": _told_of(variant) for variant in details.variants},
        "title": details.title,
        "description": details.description,
    }


def _told_of(variant: ProductVariant) -> dict[str, object]:
    return {
        "status": variant.status,
        "price": variant.price,
        "weight_grams": variant.weight_grams,
        "options": variant.options,
    }


def merged_variants(present: Sequence[ProductVariant], wanted: Sequence[ProductVariant]) -> list[ProductVariant]:
    """Return the wanted variants in their order, then those that are wanted no more, inactive."""
    skus = {variant.sku for variant in wanted}
    left_out = [variant for variant in present if variant.sku not in skus]
    return [*wanted, *(replace(variant, status=VariantStatus.INACTIVE) for variant in left_out)]


def is_shown(status: str, details: ProductDetails) -> bool:
    """Tell whether shoppers may see a product: it is active and something of it is for sale."""
    return status == ProductStatus.ACTIVE and bool(details.active_variants)


def lists_of(details: ProductDetails) -> list[str]:
    """Return the lists that a product appears in: all, its categories, and what they lie in."""
    within = {category_id for category in details.categories for category_id in category.path}
    return [ALL_PRODUCTS, *(list_of_category(category_id) for category_id in sorted(within))]


def list_of_category(category_id: str) -> str:
    """Return the name of a category's list."""
    return f"category:{category_id}"


def cheapest(variants: Iterable[ProductVariant]) -> Money:
    """Return the lowest price; variants of one product share a currency."""
    return min((variant.price for variant in variants), key=lambda price: price.minor)
