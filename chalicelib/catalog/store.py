"""How is the catalogue looked up?"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import TypeVar

from chalicelib.catalog import rules
from chalicelib.catalog.models import (
    Barcode,
    Brand,
    Card,
    Category,
    Collection,
    Listing,
    ListMark,
    Product,
    ProductSlug,
    ProductType,
    Proposal,
    Relisting,
    Tree,
    Variant,
)
from chalicelib.core import clock
from chalicelib.core.storage import keys, list_keys
from chalicelib.core.storage.key import Key
from chalicelib.core.storage.table import Item, Slice, find, find_many, index_until, page, partition

T = TypeVar("T", bound=Item)


def tree_with_categories() -> tuple[Tree | None, list[Category]]:
    """Return the tree with what is told of every category in it."""
    items = partition(list_keys.CATEGORIES, consistent=True)
    rows = [item for item in items if isinstance(item, Category)]
    return _first(Tree, items), rows


def find_tree() -> Tree | None:
    """Return how categories lie within each other now."""
    return find(Tree, list_keys.category_tree())


def find_category(category_id: str) -> Category | None:
    """Return a category."""
    return find(Category, list_keys.category(category_id))


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


def products(product_ids: Iterable[str]) -> list[Product]:
    """Return these products as they are now; unknown ones are left out."""
    return [item for item in find_many(map(keys.product, product_ids)) if isinstance(item, Product)]


def product_for_listing(
    product_id: str, *beside: Key
) -> tuple[Product | None, Listing | None, Tree | None, list[Item]]:
    """Return all that decides on a product's cards, and which there are: product, listing and tree as they are now.

    What is asked for ``beside`` them is among the items at the end.
    """
    own = (keys.product(product_id), list_keys.listing(product_id), list_keys.category_tree())
    items = find_many([*own, *beside])
    return _first(Product, items), _first(Listing, items), _first(Tree, items), items


def listings_due(now: datetime, *, limit: int) -> Iterator[Listing]:
    """Return the products on which a sale has begun or ended, those that wait the longest first."""
    return index_until(Listing, "gsi1", list_keys.LISTINGS_DUE, until=clock.as_text(now), page=limit)


def find_relisting(category_id: str) -> Relisting | None:
    """Return how far a moved category's products are listed anew."""
    return find(Relisting, list_keys.relisting(category_id))


def cards_to_relist(category_id: str, *, after: str | None, limit: int) -> Slice[Card]:
    """Return a page of a category's list as it is now, in the order of its key."""
    pk = list_keys.card_list(rules.list_of_category(category_id))
    return page(Card, pk, prefix=list_keys.CARD_PREFIX, after=after, limit=limit, consistent=True)


def has_cards(name: str) -> bool:
    """Tell whether a list holds any product now."""
    found = page(Card, list_keys.card_list(name), prefix=list_keys.CARD_PREFIX, after=None, limit=1, consistent=True)
    return bool(found.items)


def cards_of_list(name: str, *, after: str | None, limit: int, consistent: bool = False) -> Slice[Card]:
    """Return a page of a list of products, newest first."""
    pk = list_keys.card_list(name)
    return page(
        Card, pk, prefix=list_keys.CARD_PREFIX, after=after, limit=limit, newest_first=True, consistent=consistent
    )


def cards_at(name: str, product_ids: Iterable[str]) -> dict[str, Card]:
    """Return the cards of these products in a list, by product; what is not in it is left out."""
    items = find_many(list_keys.card(name, product_id) for product_id in product_ids)
    return {item.card.product_id: item for item in items if isinstance(item, Card)}


def find_collection(collection_id: str) -> Collection | None:
    """Return a collection with the ids of its products."""
    return find(Collection, list_keys.collection(collection_id))


def collections(*, after: str | None, limit: int) -> Slice[Collection]:
    """Return a page of the collections, by id."""
    return page(
        Collection, list_keys.COLLECTIONS, prefix=list_keys.COLLECTION_PREFIX, after=after, limit=limit, consistent=True
    )


def list_marks() -> list[str]:
    """Return what changes whenever something that is listed does."""
    return [item.mark for item in partition(list_keys.LIST_MARKS, consistent=True) if isinstance(item, ListMark)]


def products_with_slug(slug: str) -> list[ProductSlug]:
    """Return which products have or had a slug, one a language at most."""
    return [item for item in partition(keys.slugs(slug)) if isinstance(item, ProductSlug)]


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
