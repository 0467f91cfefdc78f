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
from chalicelib.catalog.schemas.proposals import ProposalView, RefusalDraft
from chalicelib.pictures.schemas import PictureView, SourceView

__all__ = [
    "AvailabilityView",
    "CategoriesView",
    "CategoryDraft",
    "CategoryView",
    "PictureView",
    "ProductCardView",
    "ProductCategoryView",
    "ProductChange",
    "ProductDraft",
    "ProductFilter",
    "ProductView",
    "ProposalView",
    "RefusalDraft",
    "SourceView",
    "StaffProductView",
    "StaffVariantView",
    "VariantDraft",
    "VariantView",
    "VendorView",
]
