"""Which operations are there for one product?"""

from chalicelib.catalog import service as catalog
from chalicelib.catalog import views
from chalicelib.catalog.errors import (
    TOLD_WRONGLY,
    CurrenciesDiffer,
    ProductDeleted,
    ProductNotFound,
    StatusChangeRefused,
    VendorNeeded,
    VendorUnknown,
)
from chalicelib.catalog.routes.router import router
from chalicelib.catalog.rules import Seller
from chalicelib.catalog.schemas import PriceQuery, ProductChange, ProductDraft, ProductView, StaffProductView
from chalicelib.core.http import Answer, Caller, IfMatch, Request, public, seller
from chalicelib.pricing.errors import RateUnknown
from chalicelib.vendors.errors import VendorNotFound


@router.post(
    "/products",
    access=seller("catalog.manage"),
    raises=(VendorNeeded, VendorUnknown, VendorNotFound, *TOLD_WRONGLY),
)
def create_product(body: ProductDraft, caller: Caller) -> Answer[StaffProductView]:
    """Add a product with its variants, as a draft, in review or, by staff, for sale at once.

    When a SKU or barcode is taken, the problem's `product_id` says by which product.
    """
    made = catalog.create_product(body, seller=Seller(caller.id, caller.limited_to))
    kept = catalog.KeptProduct(made)
    location = f"/products/{made.product_id}"
    return Answer(views.staff_product_view(kept), version=made.version, location=location)


@router.get("/products/{product_id}", access=public, is_cacheable=True, raises=(ProductNotFound, RateUnknown))
def read_product(product_id: str, query: PriceQuery, request: Request) -> Answer[ProductView]:
    """Read one product that is for sale, with what is left of it.

    Categories and vendor are named as they were when the product was last saved. `description` is HTML of a few
    elements, without scripts. `Content-Language` is the language of the title.
    """
    found = catalog.product_on_sale(product_id, query.currency)
    view, language = views.product_view(found, request.locale), views.language_of(found, request.locale)
    return Answer(view, version=found.product.version, language=language, good_until=found.changes_at)


@router.get("/staff/products/{product_id}", access=seller("catalog.manage"), raises=(ProductNotFound,))
def read_product_as_staff(product_id: str, caller: Caller) -> Answer[StaffProductView]:
    """Read a product, for sale or not, in every language, with what of it waits for staff."""
    kept = catalog.kept_product(product_id, limited_to=caller.limited_to)
    return Answer(views.staff_product_view(kept), version=kept.product.version)


@router.patch(
    "/products/{product_id}",
    access=seller("catalog.manage"),
    if_match=IfMatch.REQUIRED,
    raises=(ProductNotFound, ProductDeleted, CurrenciesDiffer, *TOLD_WRONGLY),
)
def change_product(
    product_id: str, body: ProductChange, *, caller: Caller, request: Request
) -> Answer[StaffProductView]:
    """Change a product. Variants that `variants` leaves out go off sale and keep their SKU and stock.

    What a vendor tells otherwise of a product that was approved waits in `proposal` for staff: texts, shelves,
    options and added variants. Prices, weights, what is taken off sale or put back on it act at once.
    """
    by = Seller(caller.id, caller.limited_to)
    kept = catalog.change_product(product_id, body, seller=by, if_version=request.if_version)
    return Answer(views.staff_product_view(kept), version=kept.product.version)


@router.delete(
    "/products/{product_id}",
    access=seller("catalog.manage"),
    if_match=IfMatch.REQUIRED,
    raises=(ProductNotFound, StatusChangeRefused),
)
def delete_product(product_id: str, caller: Caller, request: Request) -> None:
    """Sell a product never again. It is kept for the orders that name it, and its SKUs stay taken."""
    catalog.delete_product(product_id, seller=Seller(caller.id, caller.limited_to), if_version=request.if_version)
