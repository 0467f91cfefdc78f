"""Which operations are there for one product?"""

from chalicelib.catalog import service as catalog
from chalicelib.catalog import views
from chalicelib.catalog.errors import CategoryUnknown, ProductNotFound, SkuTaken, TooManyVariants, VendorUnknown
from chalicelib.catalog.routes.router import router
from chalicelib.catalog.schemas import PriceQuery, ProductChange, ProductDraft, ProductView, StaffProductView
from chalicelib.core.http import Answer, IfMatch, Request, public, staff
from chalicelib.pricing.errors import RateUnknown


@router.post("/products", access=staff("catalog.manage"), raises=(VendorUnknown, CategoryUnknown, SkuTaken))
def create_product(body: ProductDraft) -> Answer[StaffProductView]:
    """Add a product with its variants, as a draft or for sale at once.

    When a SKU is taken, the problem's `product_id` says by which product.
    """
    product = catalog.create_product(body)
    location = f"/products/{product.product_id}"
    return Answer(views.staff_product_view(product), version=product.version, location=location)


@router.get("/products/{product_id}", access=public, is_cacheable=True, raises=(ProductNotFound, RateUnknown))
def read_product(product_id: str, query: PriceQuery, request: Request) -> Answer[ProductView]:
    """Read one product that is for sale, with what is left of it.

    Categories and vendor are named as they were when the product was last saved. `description` is HTML of a few
    elements, without scripts. `Content-Language` is the language of the title.
    """
    found = catalog.product_on_sale(product_id, query.currency)
    view, language = views.product_view(found, request.locale), views.language_of(found, request.locale)
    return Answer(view, version=found.product.version, language=language, good_until=found.changes_at)


@router.get("/staff/products/{product_id}", access=staff("catalog.manage"), raises=(ProductNotFound,))
def read_product_as_staff(product_id: str) -> Answer[StaffProductView]:
    """Read a product, for sale or not, in every language."""
    product = catalog.product_for_staff(product_id)
    return Answer(views.staff_product_view(product), version=product.version)


@router.patch(
    "/products/{product_id}",
    access=staff("catalog.manage"),
    if_match=IfMatch.REQUIRED,
    raises=(ProductNotFound, CategoryUnknown, SkuTaken, TooManyVariants),
)
def change_product(product_id: str, body: ProductChange, request: Request) -> Answer[StaffProductView]:
    """Change a product. Variants that `variants` leaves out go off sale and keep their SKU and stock."""
    product = catalog.change_product(product_id, body, if_version=request.if_version)
    return Answer(views.staff_product_view(product), version=product.version)
