"""How is the catalogue looked up?"""

from collections.abc import Iterable
from typing import TypeVar

from chalicelib.catalog import rules
from chalicelib.catalog.models import (
    Barcode,
    Brand,
    Card,
    Category,
    Listing,
    Product,
    ProductType,
    Proposal,
    Relisting,
    Tree,
    Variant,
)
from chalicelib.core.storage import keys
from chalicelib.core.storage.key import Key
from chalicelib.core.storage.table import Item, Slice, find, find_many, page, partition

T = TypeVar("T", bound=Item)


def tree_with_categories() -> tuple[Tree | None, list[Category]]:
    """Return the tree with what is told of every category in it."""
    items = partition(keys.CATEGORIES, consistent=True)
    rows = [item for item in items if isinstance(item, Category)]
    return _first(Tree, items), rows


def find_tree() -> Tree | None:
    """Return how categories lie within each other now."""
    return find(Tree, keys.category_tree())


def find_category(category_id: str) -> Category | None:
    """Return a category."""
    return find(Category, keys.category(category_id))


def find_product(product_id: str) -> Product | None:
    """Return a product as it is now, without its stock."""
    return find(Product, keys.product(product_id))


def product_and_proposal(product_id: str) -> tuple[Product | None, Proposal | None]:
    """Return a product as it is now, and what its seller asked staff to decide about last."""
    items = find_many([keys.product(product_id), keys.proposal(product_id)])
    products = (item for item in items if isinstance(item, Product))
    return next(products, None), next((item for item in items if isinstance(item, Proposal)), None)


def product_with_parts(product_id: str) -> tuple[Product | None, list[Item]]:
    """Return a product with everything that lies beside it, such as its stock."""
    parts = partition(keys.product_parts(product_id))
    return next((part for part in parts if isinstance(part, Product)), None), parts


def named_or_taken(at: Iterable[Key]) -> list[Item]:
    """Return what is there of all that a product names, and of all that it wants for itself alone."""
    return find_many(at)


def find_barcode(gtin: str) -> Barcode | None:
    """Return which variant has a barcode."""
    return find(Barcode, keys.barcode(gtin))


def variants(skus: Iterable[str]) -> list[Variant]:
    """Return the variants of these SKUs as they are now; unknown ones are left out."""
    return [item for item in find_many(map(keys.variant, skus)) if isinstance(item, Variant)]


def product_for_listing(product_id: str) -> tuple[Product | None, Listing | None, Tree | None]:
    """Return all that decides on a product's cards, and which there are: product, listing and tree as they are now."""
    items = find_many([keys.product(product_id), keys.listing(product_id), keys.category_tree()])
    return _first(Product, items), _first(Listing, items), _first(Tree, items)


def find_relisting(category_id: str) -> Relisting | None:
    """Return how far a moved category's products are listed anew."""
    return find(Relisting, keys.relisting(category_id))


def cards_to_relist(category_id: str, *, after: str | None, limit: int) -> Slice[Card]:
    """Return a page of a category's list as it is now, in the order of its key."""
    pk = keys.card_list(rules.list_of_category(category_id))
    return page(Card, pk, prefix=keys.CARD_PREFIX, after=after, limit=limit, consistent=True)


def has_cards(name: str) -> bool:
    """Tell whether a list holds any product now."""
    found = page(Card, keys.card_list(name), prefix=keys.CARD_PREFIX, after=None, limit=1, consistent=True)
    return bool(found.items)


def cards_of_list(name: str, *, after: str | None, limit: int) -> Slice[Card]:
    """Return a page of a list of products, newest first."""
    return page(Card, keys.card_list(name), prefix=keys.CARD_PREFIX, after=after, limit=limit, newest_first=True)


def find_brand(brand_id: str) -> Brand | None:
    """Return a brand."""
    return find(Brand, keys.brand(brand_id))


def brands(*, after: str | None, limit: int) -> Slice[Brand]:
    """Return a page of the brands that are not retired, by id."""
    return page(Brand, keys.BRANDS, after=after, limit=limit, where=Brand.is_retired == False)  # noqa: E712


def find_product_type(type_id: str) -> ProductType | None:
    """Return a type of goods."""
    return find(ProductType, keys.product_type(type_id))


def product_types(*, after: str | None, limit: int) -> Slice[ProductType]:
    """Return a page of the types of goods that are not retired, by id."""
    return page(ProductType, keys.PRODUCT_TYPES, after=after, limit=limit, where=ProductType.is_retired == False)  # noqa: E712


def _first(kind: type[T], items: Iterable[Item]) -> T | None:
    return next((item for item in items if isinstance(item, kind)), None)
