"""How does the catalogue look on the wire?"""

from chalicelib.catalog.schemas.brands import (
    BrandChange,
    BrandDraft,
    BrandView,
    ProductBrandView,
    StaffBrandView,
)
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
from chalicelib.catalog.schemas.drafts import ProductChange, ProductDraft
from chalicelib.catalog.schemas.lists import (
    ProductCardView,
    ProductFilter,
    SellerCardView,
    SellerFilter,
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
    ProductCategoryView,
    ProductView,
    StaffProductView,
    VendorView,
)
from chalicelib.catalog.schemas.proposals import ApprovalDraft, ProposalView, ProposedChanges, RefusalDraft
from chalicelib.catalog.schemas.slugs import ProductSlugView, SlugFilter
from chalicelib.catalog.schemas.types import (
    AttributeDraft,
    AttributeView,
    ChoiceView,
    ProductTypeChange,
    ProductTypeDraft,
    ProductTypeEntryView,
    ProductTypeView,
    SpecView,
    StaffAttributeView,
    StaffChoiceView,
    StaffProductTypeView,
)
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
    "AttributeDraft",
    "AttributeView",
    "AvailabilityView",
    "BarcodeView",
    "BrandChange",
    "BrandDraft",
    "BrandView",
    "CategoriesView",
    "CategoryChange",
    "CategoryDraft",
    "CategoryPlace",
    "CategoryPlaceView",
    "CategoryView",
    "ChoiceView",
    "CollectionDraft",
    "CollectionView",
    "ConversionView",
    "DimensionsView",
    "DiscountView",
    "PictureView",
    "PriceQuery",
    "PricesDraft",
    "ProductBrandView",
    "ProductCardView",
    "ProductCategoryView",
    "ProductChange",
    "ProductDraft",
    "ProductFilter",
    "ProductSlugView",
    "ProductTypeChange",
    "ProductTypeDraft",
    "ProductTypeEntryView",
    "ProductTypeView",
    "ProductView",
    "ProposalView",
    "ProposedChanges",
    "RefusalDraft",
    "SaleDraft",
    "SaleView",
    "SellerCardView",
    "SellerFilter",
    "SlugFilter",
    "SourceView",
    "SpecView",
    "StaffAttributeView",
    "StaffBrandView",
    "StaffCategoryView",
    "StaffChoiceView",
    "StaffCollectionView",
    "StaffProductTypeView",
    "StaffProductView",
    "StaffVariantView",
    "VariantDraft",
    "VariantView",
    "VendorView",
]
