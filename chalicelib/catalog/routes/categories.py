"""Which operations are there for categories?"""

from chalicelib.catalog import service as catalog
from chalicelib.catalog import views
from chalicelib.catalog.errors import (
    CategoriesLimit,
    CategoryElsewhere,
    CategoryExists,
    CategoryInUse,
    CategoryNotFound,
    CategoryTooDeep,
    CategoryUnknown,
    CategoryWithinItself,
)
from chalicelib.catalog.routes.router import router
from chalicelib.catalog.schemas import (
    CategoriesView,
    CategoryChange,
    CategoryDraft,
    CategoryPlace,
    CategoryPlaceView,
    StaffCategoryView,
)
from chalicelib.core.http import Answer, IfMatch, Request, public, staff


@router.post(
    "/categories",
    access=staff("catalog.manage"),
    raises=(CategoryExists, CategoryUnknown, CategoryTooDeep, CategoriesLimit),
)
def create_category(body: CategoryDraft) -> Answer[StaffCategoryView]:
    """Add a category, at the top or within another, behind those that are there."""
    category = catalog.add_category(body)
    return Answer(views.staff_category_view(category), version=category.version)


@router.get("/categories", access=public, is_cacheable=True)
def list_categories(request: Request) -> Answer[CategoriesView]:
    """List the whole tree of categories, each followed by what lies in it.

    The tag names the tree's version: moving or removing a category needs it.
    """
    categories = catalog.all_categories()
    return Answer(views.categories_view(categories, request.locale), version=categories.tree.version)


@router.get("/staff/categories/{category_id}", access=staff("catalog.manage"), raises=(CategoryNotFound,))
def read_category_as_staff(category_id: str) -> Answer[StaffCategoryView]:
    """Read what is told of a category, in every language."""
    category = catalog.category_for_staff(category_id)
    return Answer(views.staff_category_view(category), version=category.version)


@router.patch(
    "/categories/{category_id}",
    access=staff("catalog.manage"),
    if_match=IfMatch.REQUIRED,
    raises=(CategoryNotFound,),
)
def change_category(category_id: str, body: CategoryChange, request: Request) -> Answer[StaffCategoryView]:
    """Change what is told of a category. Products name it as before until they are saved."""
    category = catalog.change_category(category_id, body, if_version=request.if_version)
    return Answer(views.staff_category_view(category), version=category.version)


@router.put(
    "/categories/{category_id}/place",
    access=staff("catalog.manage"),
    if_match=IfMatch.REQUIRED,
    raises=(CategoryNotFound, CategoryUnknown, CategoryElsewhere, CategoryWithinItself, CategoryTooDeep),
)
def place_category(category_id: str, body: CategoryPlace, request: Request) -> Answer[CategoryPlaceView]:
    """Move a category with all in it, or put it elsewhere among those beside it. `If-Match` names the tree's version.

    Lists of the categories that it leaves and comes to follow within moments; with very many products, within minutes.
    """
    tree = catalog.place_category(category_id, body, if_version=request.if_version)
    return Answer(views.category_place_view(tree, category_id), version=tree.version)


@router.delete(
    "/categories/{category_id}",
    access=staff("catalog.manage"),
    if_match=IfMatch.REQUIRED,
    raises=(CategoryNotFound, CategoryInUse),
)
def remove_category(category_id: str, request: Request) -> None:
    """Take away a category in which nothing lies and which no product names, shown or not.

    `If-Match` names the tree's version.
    """
    catalog.remove_category(category_id, if_version=request.if_version)
