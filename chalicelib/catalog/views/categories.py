"""How do categories become what their reader sees?"""

from chalicelib.catalog.models import Category, Tree
from chalicelib.catalog.schemas import CategoriesView, CategoryPlaceView, CategoryView, StaffCategoryView
from chalicelib.catalog.service import Categories
from chalicelib.core.i18n.locales import in_locale


def categories_view(categories: Categories, locale: str) -> CategoriesView:
    """Show the whole tree, each category followed by what lies in it."""
    paths = categories.tree.shape.paths
    return CategoriesView(
        items=[
            CategoryView(
                id=category_id,
                parent_id=path[-2] if len(path) > 1 else None,
                name=in_locale(category.name, locale),
                description=in_locale(category.description, locale),
                depth=len(path) - 1,
            )
            for category_id, path in paths.items()
            if (category := categories.rows.get(category_id)) is not None
        ]
    )


def category_place_view(tree: Tree, category_id: str) -> CategoryPlaceView:
    """Show where a category lies."""
    return CategoryPlaceView(
        id=category_id,
        parent_id=tree.shape.parent_of(category_id),
        position=tree.shape.position_of(category_id),
    )


def staff_category_view(category: Category) -> StaffCategoryView:
    """Show a category to those who keep the catalogue."""
    return StaffCategoryView(id=category.category_id, name=dict(category.name), description=dict(category.description))
