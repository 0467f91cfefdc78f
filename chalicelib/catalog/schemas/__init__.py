"""How does the catalogue look on the wire?"""

from chalicelib.catalog.schemas.categories import (
    CategoriesView,
    CategoryDraft,
    CategoryView,
)
from chalicelib.catalog.schemas.lists import (
    ProductCardView,
    ProductFilter,
)
from chalicelib.catalog.schemas.prices import (
    ConversionView,
    DiscountView,
    PricesDraft,
    SaleDraft,
    SaleView,
)
from chalicelib.catalog.schemas.products import (
    AvailabilityView,
    ProductCategoryView,
    ProductChange,
    ProductDraft,
    ProductView,
    StaffProductView,
    StaffVariantView,
    VariantDraft,
    VariantView,
    VendorView,
)

__all__ = [
    "AvailabilityView",
    "CategoriesView",
    "CategoryDraft",
    "CategoryView",
    "ConversionView",
    "DiscountView",
    "PricesDraft",
    "ProductCardView",
    "ProductCategoryView",
    "ProductChange",
    "ProductDraft",
    "ProductFilter",
    "ProductView",
    "SaleDraft",
    "SaleView",
    "StaffProductView",
    "StaffVariantView",
    "VariantDraft",
    "VariantView",
    "VendorView",
]
