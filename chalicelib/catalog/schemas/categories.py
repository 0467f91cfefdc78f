"""How do categories look on the wire?"""

from chalicelib.catalog.schemas.texts import Titles
from chalicelib.core.wire import Draft, Slug, View


class CategoryDraft(Draft):
    """A new shelf, at the top or within another."""

    id: Slug
    parent_id: Slug | None = None
    name: Titles


class CategoryView(View):
    """A category; ``depth`` counts from 0 at the top."""

    id: str
    parent_id: str | None
    name: str
    depth: int


class CategoriesView(View):
    """The whole tree, each category followed by what lies in it."""

    items: list[CategoryView]
    next_cursor: None = None
