"""How is the shop's tree of categories made and read?"""

from chalicelib.catalog import store
from chalicelib.catalog.errors import CategoryExists, CategoryTooDeep, CategoryUnknown
from chalicelib.catalog.models import Category
from chalicelib.catalog.rules import DEPTH_LIMIT
from chalicelib.catalog.schemas import CategoryDraft
from chalicelib.core import audit
from chalicelib.core.storage import keys, transactions


def add_category(draft: CategoryDraft) -> Category:
    """Add a category, at the top or within another; its place never changes.

    Raises ``CategoryExists``, ``CategoryUnknown`` (the parent) or ``CategoryTooDeep``.
    """
    path = [*_path_to(draft.parent_id), draft.id]
    if len(path) > DEPTH_LIMIT:
        raise CategoryTooDeep(limit=DEPTH_LIMIT)
    category = Category.at(
        keys.category(draft.id), category_id=draft.id, parent_id=draft.parent_id, name=draft.name, path=path
    )
    with transactions.write() as work:
        work.create(category, refusal=CategoryExists(category_id=draft.id))
    audit.changed({}, {"parent_id": draft.parent_id, "name": draft.name})
    return category


def category_tree() -> list[Category]:
    """Return every category, each followed by what lies in it."""
    return sorted(store.all_categories(), key=lambda category: category.path)


def _path_to(parent_id: str | None) -> list[str]:
    if parent_id is None:
        return []
    parent = store.find_category(parent_id)
    if parent is None:
        raise CategoryUnknown(category_ids=[parent_id])
    return parent.path
