"""How can the catalogue refuse?"""

from chalicelib.core.errors import Conflict, Malformed, NotFound
from chalicelib.core.errors import PreconditionRequired as PreconditionRequired


class CategoriesLimit(Conflict):
    code = "categories_limit"


class CategoryElsewhere(Conflict):
    """The category before which another shall lie has another parent."""

    code = "category_elsewhere"


class CategoryExists(Conflict):
    code = "category_exists"


class CategoryInUse(Conflict):
    """Categories lie in it, or a product names it."""

    code = "category_in_use"


class CategoryNotFound(NotFound):
    code = "category_not_found"


class CategoryUnknown(Conflict):
    """A product or a category names one that is not there."""

    code = "category_unknown"


class CategoryTooDeep(Conflict):
    code = "category_too_deep"


class CategoryWithinItself(Conflict):
    code = "category_within_itself"


class BrandExists(Conflict):
    code = "brand_exists"


class BrandNotFound(NotFound):
    code = "brand_not_found"


class BrandUnknown(Conflict):
    """A product names a brand that is not there, or that is retired."""

    code = "brand_unknown"


class ProductTypeExists(Conflict):
    code = "product_type_exists"


class ProductTypeNotFound(NotFound):
    code = "product_type_not_found"


class ProductTypeUnknown(Conflict):
    """A product names a type that is not there, or that is retired."""

    code = "product_type_unknown"


class SpecUnknown(Conflict):
    """A product's type has none of these attributes, or the product has no type."""

    code = "spec_unknown"


class SpecInvalid(Conflict):
    """The value is of another kind than its attribute."""

    code = "spec_invalid"


class SpecChoiceUnknown(Conflict):
    """None of the attribute's ``choices``."""

    code = "spec_choice_unknown"


class SpecsMissing(Conflict):
    """A product that is more than a draft tells all that its type demands."""

    code = "specs_missing"


class CollectionNotFound(NotFound):
    code = "collection_not_found"


class SlugNotFound(NotFound):
    code = "slug_not_found"


class SlugTaken(Conflict):
    """Another product has or had the slug in that language; ``product_id`` says which."""

    code = "slug_taken"


class BarcodeNotFound(NotFound):
    code = "barcode_not_found"


class BarcodeTaken(Conflict):
    """Another product has the barcode; ``product_id`` and ``sku`` say which."""

    code = "barcode_taken"


class OptionsDiffer(Conflict):
    """A variant names other options than ``other_sku``, or one of them twice."""

    code = "options_differ"


class VariantsAlike(Conflict):
    """Shoppers could not tell two variants apart."""

    code = "variants_alike"


class ProductNotFound(NotFound):
    code = "product_not_found"


class SkuTaken(Conflict):
    """Another product has the SKU; ``product_id`` says which."""

    code = "sku_taken"


class TooManyVariants(Conflict):
    """Variants that were taken off count too."""

    code = "too_many_variants"


class VendorUnknown(Conflict):
    code = "vendor_unknown"


class StatusChangeRefused(Conflict):
    """A product in this ``product_status`` does not get that ``wanted_status`` from whoever asks."""

    code = "status_change_refused"


class ProductDeleted(Conflict):
    """The product is kept for old orders only, and changes no more."""

    code = "product_deleted"


class VendorNeeded(Malformed):
    """Staff sell for no vendor, so they must say whose the product is."""

    code = "vendor_needed"


class ProposalNotFound(NotFound):
    """Nothing of the product waits for staff, and nothing was refused last."""

    code = "proposal_not_found"


class NothingToDecide(Conflict):
    """Nothing of the product waits for staff; facts: ``product_status``."""

    code = "nothing_to_decide"


class CurrenciesDiffer(Conflict):
    """A proposed variant has prices in other currencies than those for sale now; facts: ``skus``."""

    code = "currencies_differ"


# What a product names must be there, what it wants for itself must be free, and its variants must go together.
TOLD_WRONGLY: tuple[type[Conflict], ...] = (
    CategoryUnknown,
    SkuTaken,
    BarcodeTaken,
    SlugTaken,
    BrandUnknown,
    ProductTypeUnknown,
    SpecUnknown,
    SpecInvalid,
    SpecChoiceUnknown,
    SpecsMissing,
    OptionsDiffer,
    VariantsAlike,
    TooManyVariants,
    StatusChangeRefused,
)
