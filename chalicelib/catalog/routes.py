"""Which operations does the catalogue have?"""

from chalicelib.catalog import service as catalog
from chalicelib.catalog import views
from chalicelib.catalog.errors import (
    CategoryExists,
    CategoryTooDeep,
    CategoryUnknown,
    ProductNotFound,
    SkuTaken,
    TooManyVariants,
    VendorUnknown,
)
from chalicelib.catalog.schemas import (
    CategoriesView,
    CategoryDraft,
    CategoryView,
    ProductCardView,
    ProductChange,
    ProductDraft,
    ProductFilter,
    ProductView,
    StaffProductView,
)
from chalicelib.core.http import Answer, IfMatch, Request, Router, paging, public, staff
from chalicelib.core.wire import Page

router = Router("catalog")


@router.post("/categories", access=staff("catalog.manage"), raises=(CategoryExists, CategoryUnknown, CategoryTooDeep))
def create_category(body: CategoryDraft, request: Request) -> CategoryView:
    """Add a category, at the top or within another."""
    return views.category_view(catalog.add_category(body), request.locale)


@router.get("/categories", access=public, is_cacheable=True)
def list_categories(request: Request) -> CategoriesView:
    """List the whole tree of categories, each followed by what lies in it."""
    return views.categories_view(catalog.category_tree(), request.locale)


@router.post("/products", access=staff("catalog.manage"), raises=(VendorUnknown, CategoryUnknown, SkuTaken))
def create_product(body: ProductDraft) -> Answer[StaffProductView]:
    """Add a product with its variants, as a draft or for sale at once.

    When a SKU is taken, the problem's `product_id` says by which product.
    """
    product = catalog.create_product(body)
    location = f"/products/{product.product_id}"
    return Answer(views.staff_product_view(product), version=product.version, location=location)


@router.get("/products", access=public, is_cacheable=True)
def list_products(query: ProductFilter, request: Request) -> Page[ProductCardView]:
    """List products, newest first. A product that was just changed may take a moment to be listed anew."""
    found = catalog.cards_of(query.category, after=paging.start(request), limit=query.limit)
    return paging.page(found, request, lambda card: views.card_view(card, request.locale))


@router.get("/products/{product_id}", access=public, is_cacheable=True, raises=(ProductNotFound,))
def read_product(product_id: str, request: Request) -> Answer[ProductView]:
    """Read one product that is for sale, with what is left of it.

    Categories and vendor are named as they were when the product was last saved.
    """
    found = catalog.product_on_sale(product_id)
    return Answer(views.product_view(found, request.locale), version=found.product.version)


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
