"""Which operations are there for types of goods?"""

from chalicelib.catalog import service as catalog
from chalicelib.catalog import views
from chalicelib.catalog.errors import ProductTypeExists, ProductTypeNotFound
from chalicelib.catalog.routes.router import router
from chalicelib.catalog.schemas import (
    ProductTypeChange,
    ProductTypeDraft,
    ProductTypeEntryView,
    ProductTypeView,
    StaffProductTypeView,
)
from chalicelib.core.http import Answer, IfMatch, Request, paging, public, staff
from chalicelib.core.wire import Page, PageQuery


@router.post("/product-types", access=staff("catalog.manage"), raises=(ProductTypeExists,))
def create_product_type(body: ProductTypeDraft) -> Answer[StaffProductTypeView]:
    """Add a type of goods, with the attributes by which they are specified."""
    made = catalog.add_product_type(body)
    return Answer(views.staff_product_type_view(made), version=made.version)


@router.get("/product-types", access=public, is_cacheable=True)
def list_product_types(query: PageQuery, request: Request) -> Page[ProductTypeEntryView]:
    """List the types of goods that are not retired, by id."""
    found = catalog.product_types(after=paging.start(request), limit=query.limit)
    return paging.page(found, request, lambda each: views.product_type_entry_view(each, request.locale))


@router.get("/product-types/{type_id}", access=public, is_cacheable=True, raises=(ProductTypeNotFound,))
def read_product_type(type_id: str, request: Request) -> Answer[ProductTypeView]:
    """Read what can be told of goods of a type."""
    found = catalog.get_product_type(type_id)
    return Answer(views.product_type_view(found, request.locale), version=found.version)


@router.get("/staff/product-types/{type_id}", access=staff("catalog.manage"), raises=(ProductTypeNotFound,))
def read_product_type_as_staff(type_id: str) -> Answer[StaffProductTypeView]:
    """Read a type of goods in every language."""
    found = catalog.get_product_type(type_id)
    return Answer(views.staff_product_type_view(found), version=found.version)


@router.patch(
    "/product-types/{type_id}",
    access=staff("catalog.manage"),
    if_match=IfMatch.REQUIRED,
    raises=(ProductTypeNotFound,),
)
def change_product_type(type_id: str, body: ProductTypeChange, request: Request) -> Answer[StaffProductTypeView]:
    """Change a type of goods. Products are held to it when their specifications are next saved."""
    changed = catalog.change_product_type(type_id, body, if_version=request.if_version)
    return Answer(views.staff_product_type_view(changed), version=changed.version)
