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
from chalicelib.pictures.schemas import PictureView, SourceView

__all__ = [
    "AvailabilityView",
    "CategoriesView",
    "CategoryDraft",
    "CategoryView",
    "ConversionView",
    "DiscountView",
    "PictureView",
    "PricesDraft",
    "ProductCardView",
    "ProductCategoryView",
    "ProductChange",
    "ProductDraft",
    "ProductFilter",
    "ProductView",
    "SaleDraft",
    "SaleView",
    "SourceView",
    "StaffProductView",
    "StaffVariantView",
    "VariantDraft",
    "VariantView",
    "VendorView",
]
