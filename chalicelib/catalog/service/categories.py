"""What is told of the shop's categories? They are added, named and read here; the tree says where they lie."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from chalicelib.catalog import store
from chalicelib.catalog.errors import CategoryExists, CategoryNotFound
from chalicelib.catalog.models import Category, Tree
from chalicelib.catalog.rules import CategoryTree
from chalicelib.catalog.schemas import CategoryChange, CategoryDraft
from chalicelib.catalog.service import list_cache
from chalicelib.catalog.service.list_cache import kept
from chalicelib.catalog.service.tree import current_tree, save_tree
from chalicelib.core import audit
from chalicelib.core.errors import demand_version
from chalicelib.core.storage import list_keys, transactions


@dataclass(frozen=True)
class Categories:
    """The tree, and what is told of each category in it."""

    tree: Tree
    rows: Mapping[str, Category]


def all_categories() -> Categories:
    """Return the tree with every category: 1 Query, and nothing where the process keeps it."""

    def read() -> Categories:
        tree, rows = store.tree_with_categories()
        return Categories(tree or Tree.at(list_keys.category_tree(), shape=CategoryTree()), _by_id(rows))

    return kept("categories", read, weigh=lambda found: len(found.rows))


def category_for_staff(category_id: str) -> Category:
    """Return what is told of a category, in every language. Raises ``CategoryNotFound``."""
    category = store.find_category(category_id)
    if category is None:
        raise CategoryNotFound(category_id=category_id)
    return category


def add_category(draft: CategoryDraft) -> Category:
    """Add a category, at the top or within another, behind those that are there.

    Raises ``CategoryExists``, ``CategoryUnknown`` (the parent), ``CategoryTooDeep`` or ``CategoriesLimit``.
    """
    tree = current_tree()
    if draft.id in tree.shape.paths:
        raise CategoryExists(category_id=draft.id)
    tree.shape = tree.shape.with_added(draft.id, parent_id=draft.parent_id)
    category = Category.at(
        list_keys.category(draft.id), category_id=draft.id, name=draft.name, description=draft.description
    )
    with transactions.write() as work:
        work.create(category, refusal=CategoryExists(category_id=draft.id))
        save_tree(tree)
    audit.changed({}, {"parent_id": draft.parent_id, **_told_of(category)})
    return category


def change_category(category_id: str, change: CategoryChange, *, if_version: int | None) -> Category:
    """Change what is told of a category. Products name it as before until they are saved.

    Raises ``CategoryNotFound`` or ``PreconditionFailed``.
    """
    category = category_for_staff(category_id)
    demand_version(if_version, category.version)
    before = _told_of(category)
    category.name = category.name if change.name is None else change.name
    category.description = category.description if change.description is None else change.description
    with transactions.write() as work:
        work.save(category)
        list_cache.changed(category_id)
    audit.changed(before, _told_of(category))
    return category


def _by_id(rows: Iterable[Category]) -> dict[str, Category]:
    return {category.category_id: category for category in rows}


def _told_of(category: Category) -> dict[str, object]:
    return {"name": category.name, "description": category.description or None}
