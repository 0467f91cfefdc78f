"""How can the catalogue refuse?"""

from chalicelib.core.errors import Conflict, NotFound


class CategoryExists(Conflict):
    code = "category_exists"


class CategoryUnknown(Conflict):
    """A product or a category names one that is not there."""

    code = "category_unknown"


class CategoryTooDeep(Conflict):
    code = "category_too_deep"


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
