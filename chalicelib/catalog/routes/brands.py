"""Which operations are there for brands?"""

from chalicelib.catalog import service as catalog
from chalicelib.catalog import views
from chalicelib.catalog.errors import BrandExists, BrandNotFound
from chalicelib.catalog.routes.router import router
from chalicelib.catalog.schemas import BrandChange, BrandDraft, BrandView, StaffBrandView
from chalicelib.core.http import Answer, IfMatch, Request, paging, public, staff
from chalicelib.core.wire import Page, PageQuery


@router.post("/brands", access=staff("catalog.manage"), raises=(BrandExists,))
def create_brand(body: BrandDraft) -> Answer[StaffBrandView]:
    """Add a brand that products may name."""
    brand = catalog.add_brand(body)
    return Answer(views.staff_brand_view(brand), version=brand.version)


@router.get("/brands", access=public, is_cacheable=True)
def list_brands(query: PageQuery, request: Request) -> Page[BrandView]:
    """List the brands that are not retired, by id."""
    found = catalog.brands(after=paging.start(request), limit=query.limit)
    return paging.page(found, request, lambda brand: views.brand_view(brand, request.locale))


@router.get("/brands/{brand_id}", access=public, is_cacheable=True, raises=(BrandNotFound,))
def read_brand(brand_id: str, request: Request) -> Answer[BrandView]:
    """Read a brand."""
    brand = catalog.get_brand(brand_id)
    return Answer(views.brand_view(brand, request.locale), version=brand.version)


@router.get("/staff/brands/{brand_id}", access=staff("catalog.manage"), raises=(BrandNotFound,))
def read_brand_as_staff(brand_id: str) -> Answer[StaffBrandView]:
    """Read a brand in every language."""
    brand = catalog.get_brand(brand_id)
    return Answer(views.staff_brand_view(brand), version=brand.version)


@router.patch("/brands/{brand_id}", access=staff("catalog.manage"), if_match=IfMatch.REQUIRED, raises=(BrandNotFound,))
def change_brand(brand_id: str, body: BrandChange, request: Request) -> Answer[StaffBrandView]:
    """Change a brand, or retire it: products keep it, and no other may name it."""
    brand = catalog.change_brand(brand_id, body, if_version=request.if_version)
    return Answer(views.staff_brand_view(brand), version=brand.version)
