"""How does the catalogue look on the wire?"""

from chalicelib.catalog.schemas.categories import (
    CategoriesView,
    CategoryChange,
    CategoryDraft,
    CategoryPlace,
    CategoryPlaceView,
    CategoryView,
    StaffCategoryView,
)
from chalicelib.catalog.schemas.lists import (
    ProductCardView,
    ProductFilter,
)
from chalicelib.catalog.schemas.prices import (
    ConversionView,
    DiscountView,
    PriceQuery,
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
from chalicelib.catalog.schemas.proposals import ProposalView, RefusalDraft
from chalicelib.pictures.schemas import PictureView, SourceView

__all__ = [
    "AvailabilityView",
    "CategoriesView",
    "CategoryChange",
    "CategoryDraft",
    "CategoryPlace",
    "CategoryPlaceView",
    "CategoryView",
    "ConversionView",
    "DiscountView",
    "PictureView",
    "PriceQuery",
    "PricesDraft",
    "ProductCardView",
    "ProductCategoryView",
    "ProductChange",
    "ProductDraft",
    "ProductFilter",
    "ProductView",
    "ProposalView",
    "RefusalDraft",
    "SaleDraft",
    "SaleView",
    "SourceView",
    "StaffCategoryView",
    "StaffProductView",
    "StaffVariantView",
    "VariantDraft",
    "VariantView",
    "VendorView",
]
