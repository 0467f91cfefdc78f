"""How do categories become what their reader sees?"""

from collections.abc import Iterable

from chalicelib.catalog.models import Category
from chalicelib.catalog.schemas import CategoriesView, CategoryView
from chalicelib.core.i18n.locales import in_locale


def category_view(category: Category, locale: str) -> CategoryView:
    """Show a category."""
    return CategoryView(
        id=category.category_id,
        parent_id=category.parent_id,
        name=in_locale(category.name, locale),
        depth=len(category.path) - 1,
    )


def categories_view(categories: Iterable[Category], locale: str) -> CategoriesView:
    """Show the whole tree."""
    return CategoriesView(items=[category_view(category, locale) for category in categories])
