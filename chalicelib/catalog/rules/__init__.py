"""What makes a product, what does it cost, and where is it listed? Pure decisions about the catalogue."""

from chalicelib.catalog.rules.listing import (
    ALL_PRODUCTS,
    DEPTH_LIMIT,
    ProductCard,
    cheapest,
    list_of_category,
    lists_of,
)
from chalicelib.catalog.rules.markup import cleaned, elements_in
from chalicelib.catalog.rules.products import (
    VARIANTS_LIMIT,
    Dimensions,
    ProductBrand,
    ProductCategory,
    ProductDetails,
    ProductSpec,
    ProductStatus,
    ProductVariant,
    Sale,
    TaxClass,
    Texts,
    VariantStatus,
    is_shown,
    merged_variants,
    told_of,
)

__all__ = [
    "ALL_PRODUCTS",
    "DEPTH_LIMIT",
    "VARIANTS_LIMIT",
    "Dimensions",
    "ProductBrand",
    "ProductCard",
    "ProductCategory",
    "ProductDetails",
    "ProductSpec",
    "ProductStatus",
    "ProductVariant",
    "Sale",
    "TaxClass",
    "Texts",
    "VariantStatus",
    "cheapest",
    "cleaned",
    "elements_in",
    "is_shown",
    "list_of_category",
    "lists_of",
    "merged_variants",
    "told_of",
]
