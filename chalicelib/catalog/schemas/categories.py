"""How do categories look on the wire?"""

from chalicelib.catalog.schemas.texts import Blurbs, Titles
from chalicelib.core.wire import UNCHANGED, Draft, Slug, View


class CategoryDraft(Draft):
    """A new shelf, at the top or within another."""

    id: Slug
    parent_id: Slug | None = None
    name: Titles
    description: Blurbs = {}


class CategoryChange(Draft):
    """What shall be told of a category instead; what is absent stays."""

    name: Titles = UNCHANGED
    description: Blurbs = UNCHANGED


class CategoryPlace(Draft):
    """Where a category shall lie: in ``parent_id``, or else at the top, and there before another one, or else last."""

    parent_id: Slug | None
    before: Slug | None = None


class CategoryPlaceView(View):
    """Where a category lies now; ``position`` counts from 0 among those beside it."""

    id: str
    parent_id: str | None
    position: int


class CategoryView(View):
    """A category; ``depth`` counts from 0 at the top."""

    id: str
    parent_id: str | None
    name: str
    description: str
    depth: int


class StaffCategoryView(View):
    """What is told of a category, in every language."""

    id: str
    name: dict[str, str]
    description: dict[str, str]


class CategoriesView(View):
    """The whole tree, each category followed by what lies in it."""

    items: list[CategoryView]
    next_cursor: None = None
