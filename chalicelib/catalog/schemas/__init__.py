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
from chalicelib.catalog.schemas.collections import CollectionDraft, CollectionView, StaffCollectionView
from chalicelib.catalog.schemas.lists import (
    ProductCardView,
    ProductFilter,
    SellerCardView,
    SellerFilter,
)
from chalicelib.catalog.schemas.prices import (
    ConversionView,
    DiscountView,
    PricesDraft,
    SaleDraft,
    SaleView,
)
from chalicelib.catalog.schemas.products import (
    ProductCategoryView,
    ProductChange,
    ProductDraft,
    ProductView,
    StaffProductView,
    VendorView,
)
from chalicelib.catalog.schemas.proposals import ApprovalDraft, ProposalView, RefusalDraft
from chalicelib.catalog.schemas.variants import (
    AvailabilityView,
    BarcodeView,
    DimensionsView,
    StaffVariantView,
    VariantDraft,
    VariantView,
)
from chalicelib.pictures.schemas import PictureView, SourceView

__all__ = [
    "ApprovalDraft",
    "AvailabilityView",
    "BarcodeView",
    "CategoriesView",
    "CategoryChange",
    "CategoryDraft",
    "CategoryPlace",
    "CategoryPlaceView",
    "CategoryView",
    "CollectionDraft",
    "CollectionView",
    "ConversionView",
    "DimensionsView",
    "DiscountView",
    "PictureView",
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
    "SellerCardView",
    "SellerFilter",
    "SourceView",
    "StaffCategoryView",
    "StaffCollectionView",
    "StaffProductView",
    "StaffVariantView",
    "VariantDraft",
    "VariantView",
    "VendorView",
]
