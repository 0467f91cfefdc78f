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
<<<<<<< HEAD
from chalicelib.catalog.schemas.proposals import ProposalView, RefusalDraft
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
=======
from chalicelib.catalog.schemas.proposals import ApprovalDraft, ProposalView, RefusalDraft
>>>>>>> main
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
<<<<<<< HEAD
    "AttributeDraft",
    "AttributeView",
=======
    "ApprovalDraft",
>>>>>>> main
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
    "PricesDraft",
    "ProductBrandView",
    "ProductCardView",
    "ProductCategoryView",
    "ProductChange",
    "ProductDraft",
    "ProductFilter",
    "ProductTypeChange",
    "ProductTypeDraft",
    "ProductTypeEntryView",
    "ProductTypeView",
    "ProductView",
    "ProposalView",
    "RefusalDraft",
    "SaleDraft",
    "SaleView",
    "SellerCardView",
    "SellerFilter",
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
