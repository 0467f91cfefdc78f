"""Which operations are there for categories?"""

from chalicelib.catalog import service as catalog
from chalicelib.catalog import views
from chalicelib.catalog.errors import CategoryExists, CategoryTooDeep, CategoryUnknown
from chalicelib.catalog.routes.router import router
from chalicelib.catalog.schemas import CategoriesView, CategoryDraft, CategoryView
from chalicelib.core.http import Request, public, staff


@router.post("/categories", access=staff("catalog.manage"), raises=(CategoryExists, CategoryUnknown, CategoryTooDeep))
def create_category(body: CategoryDraft, request: Request) -> CategoryView:
    """Add a category, at the top or within another."""
    return views.category_view(catalog.add_category(body), request.locale)


@router.get("/categories", access=public, is_cacheable=True)
def list_categories(request: Request) -> CategoriesView:
    """List the whole tree of categories, each followed by what lies in it."""
    return views.categories_view(catalog.category_tree(), request.locale)
