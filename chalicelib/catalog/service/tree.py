"""Where do categories lie? The tree is one item, so that a category moves with all in it by one write."""

from chalicelib.catalog import rules, store
from chalicelib.catalog.errors import CategoryInUse
from chalicelib.catalog.models import Category, Tree
from chalicelib.catalog.rules import CategoryTree
from chalicelib.catalog.schemas import CategoryPlace
from chalicelib.catalog.service import list_cache, relisting
from chalicelib.core import audit
from chalicelib.core.errors import demand_version
from chalicelib.core.storage import list_keys, transactions

_CATEGORIES = "categories"


def current_tree() -> Tree:
    """Return the tree as it is now, an empty one before the first category: 1 GetItem."""
    return store.find_tree() or Tree.at(list_keys.category_tree(), shape=CategoryTree())


def place_category(category_id: str, place: CategoryPlace, *, if_version: int | None) -> Tree:
    """Move a category with all in it, or put it elsewhere among those beside it.

    Its products' cards follow, page by page. Raises ``CategoryNotFound``, ``PreconditionFailed``,
    ``CategoryUnknown``, ``CategoryElsewhere``, ``CategoryWithinItself`` or ``CategoryTooDeep``.
    """
    tree = _tree_of_version(if_version)
    was_in = tree.shape.parent_of(category_id)
    before = _told_of(tree.shape, category_id)
    tree.shape = tree.shape.with_placed(category_id, parent_id=place.parent_id, before=place.before)
    with transactions.write():
        save_tree(tree)
        if place.parent_id != was_in:
            relisting.begin(category_id)
    audit.changed(before, _told_of(tree.shape, category_id))
    return tree


def remove_category(category_id: str, *, if_version: int | None) -> None:
    """Take away a category in which nothing lies, and which no product names.

    A product that is saved in the same moment may name it still: it is listed in its other categories then.
    Raises ``CategoryNotFound``, ``PreconditionFailed`` or ``CategoryInUse``.
    """
    tree = _tree_of_version(if_version)
    before = _told_of(tree.shape, category_id)
    if tree.shape.is_parent(category_id):
        raise CategoryInUse(category_id=category_id)
    if any(map(store.has_cards, (rules.list_of_category(category_id), rules.shelf_of_category(category_id)))):
        raise CategoryInUse(category_id=category_id)
    tree.shape = tree.shape.without(category_id)
    with transactions.write() as work:
        save_tree(tree)
        work.delete(Category.at(list_keys.category(category_id)))
    audit.changed(before, {})


def save_tree(tree: Tree) -> None:
    """Write the tree within the open transaction."""
    with transactions.write() as work:
        work.save(tree)
        list_cache.changed(_CATEGORIES)


def _tree_of_version(if_version: int | None) -> Tree:
    tree = current_tree()
    demand_version(if_version, tree.version)
    return tree


def _told_of(shape: CategoryTree, category_id: str) -> dict[str, object]:
    return {"parent_id": shape.parent_of(category_id), "position": shape.position_of(category_id)}
