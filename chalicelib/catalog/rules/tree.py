"""How do categories lie within each other? Their children in order, and what may be moved where."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from chalicelib.catalog.errors import (
    CategoriesLimit,
    CategoryElsewhere,
    CategoryNotFound,
    CategoryTooDeep,
    CategoryUnknown,
    CategoryWithinItself,
)

# A listing is one transaction: a card per category and ancestor, put or deleted.
DEPTH_LIMIT = 5
# The whole tree is one item, which every refresh of a product's cards reads.
CATEGORIES_LIMIT = 1_000
TOP = ""


@dataclass(frozen=True)
class CategoryTree:
    """Which categories lie in which, in order; those at the top lie in ``TOP``. Whoever has no children is left out."""

    children: Mapping[str, Sequence[str]] = field(default_factory=dict)

    @cached_property
    def paths(self) -> dict[str, list[str]]:
        """Return the way from the top to each category, itself included; each is followed by what lies in it."""
        return dict(self._below(TOP, []))

    def parent_of(self, category_id: str) -> str | None:
        """Return what a category lies in, ``None`` for one at the top. Raises ``CategoryNotFound``."""
        way = self.path_to(category_id)
        return way[-2] if len(way) > 1 else None

    def path_to(self, category_id: str) -> list[str]:
        """Return the way from the top to a category, itself included. Raises ``CategoryNotFound``."""
        if category_id not in self.paths:
            raise CategoryNotFound(category_id=category_id)
        return self.paths[category_id]

    def around(self, category_ids: Iterable[str]) -> tuple[str, ...]:
        """Return some categories and all that they lie in, each once, without those that are not there any more."""
        return tuple(dict.fromkeys(each for category_id in category_ids for each in self.paths.get(category_id, ())))

    def position_of(self, category_id: str) -> int:
        """Return which of its parent's it is, counted from 0. Raises ``CategoryNotFound``."""
        return list(self.children[self.parent_of(category_id) or TOP]).index(category_id)

    def is_parent(self, category_id: str) -> bool:
        """Tell whether other categories lie in it."""
        return category_id in self.children

    def with_added(self, category_id: str, *, parent_id: str | None) -> "CategoryTree":
        """Return the tree with one more category, the last of its parent's.

        Raises ``CategoriesLimit``, ``CategoryUnknown`` (the parent) or ``CategoryTooDeep``.
        """
        if len(self.paths) >= CATEGORIES_LIMIT:
            raise CategoriesLimit(limit=CATEGORIES_LIMIT)
        return self._with(category_id, parent_id=parent_id, before=None)

    def with_placed(self, category_id: str, *, parent_id: str | None, before: str | None) -> "CategoryTree":
        """Return the tree with a category and all in it elsewhere: before another one of its parent's, or last.

        Raises ``CategoryNotFound``, ``CategoryUnknown``, ``CategoryWithinItself``, ``CategoryTooDeep`` or
        ``CategoryElsewhere``.
        """
        self.path_to(category_id)
        if parent_id is not None and category_id in self._path_of_parent(parent_id):
            raise CategoryWithinItself(category_id=category_id)
        return self.without(category_id)._with(category_id, parent_id=parent_id, before=before)

    def without(self, category_id: str) -> "CategoryTree":
        """Return the tree without a category; what lies in it hangs in the air until it is added again."""
        parent = self.parent_of(category_id) or TOP
        left = [each for each in self.children[parent] if each != category_id]
        others = {key: value for key, value in self.children.items() if key != parent}
        return CategoryTree(others | {parent: left} if left else others)

    def _with(self, category_id: str, *, parent_id: str | None, before: str | None) -> "CategoryTree":
        depth = 0 if parent_id is None else len(self._path_of_parent(parent_id))
        if depth + self._height(category_id) > DEPTH_LIMIT:
            raise CategoryTooDeep(limit=DEPTH_LIMIT)
        parent = parent_id or TOP
        beside = list(self.children.get(parent, []))
        if before is not None and before not in beside:
            raise CategoryElsewhere(category_id=before)
        beside.insert(len(beside) if before is None else beside.index(before), category_id)
        return CategoryTree({**self.children, parent: beside})

    def _path_of_parent(self, parent_id: str) -> list[str]:
        if parent_id not in self.paths:
            raise CategoryUnknown(category_ids=[parent_id])
        return self.paths[parent_id]

    def _height(self, category_id: str) -> int:
        return 1 + max(map(self._height, self.children.get(category_id, [])), default=0)

    def _below(self, parent: str, path: list[str]) -> Iterator[tuple[str, list[str]]]:
        for category_id in self.children.get(parent, []):
            way = [*path, category_id]
            yield category_id, way
            yield from self._below(category_id, way)
