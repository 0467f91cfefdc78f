"""In which lists does a product appear, and how?"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace

from chalicelib.catalog.rules.prices import CardPrice
from chalicelib.catalog.rules.products import ProductDetails, ProductStatus, Texts
from chalicelib.catalog.rules.tree import CategoryTree

ALL_PRODUCTS = "all"
ON_SALE = "sale"
IN_REVIEW = "review"
_CATEGORY = "category:"


@dataclass(frozen=True)
class ProductCard:
    """A product in a list. ``status`` and what waits for approval are told in lists that only sellers read."""

    product_id: str
    title: Texts
    vendor_id: str
    price: CardPrice
    picture: str | None = None
    status: str | None = None
    is_waiting: bool = False


def lists_of(vendor_id: str, details: ProductDetails, tree: CategoryTree) -> list[str]:
    """Return the lists in which shoppers see a product: all, its categories with what they lie in now, and so on.

    A category that is not there any more has no list.
    """
    within = {each for category in details.categories for each in tree.paths.get(category.id, [])}
    return [
        ALL_PRODUCTS,
        *map(list_of_category, sorted(within)),
        *([list_of_brand(details.brand.id)] if details.brand else []),
        list_of_vendor(vendor_id),
        *map(list_of_tag, sorted(set(details.tags))),
    ]


def lists_of_sellers(
    vendor_id: str, status: str, details: ProductDetails, *, is_shown: bool, is_waiting: bool
) -> list[str]:
    """Return the lists in which those who sell a product see it, shown or not.

    What is not shown also lies on the shelf of each of its categories, so that none that is in use is taken away.
    """
    if status == ProductStatus.DELETED:
        return [list_of_status(status)]
    shelves = [] if is_shown else [shelf_of_category(category.id) for category in details.categories]
    review = [IN_REVIEW] if is_waiting else []
    return [list_of_own(vendor_id), list_of_status(status), *review, *shelves]


def categories_among(lists: Iterable[str]) -> list[str]:
    """Return those of the lists that are of categories."""
    return [name for name in lists if name.startswith(_CATEGORY)]


def for_sellers(card: ProductCard, status: str, *, is_waiting: bool) -> ProductCard:
    """Return the card as those who sell the product see it."""
    return replace(card, status=status, is_waiting=is_waiting)


def digest_of(card: ProductCard) -> str:
    """Return a short text that is another one for every other card."""
    return hashlib.blake2b(repr(card).encode(), digest_size=12).hexdigest()


def list_of_category(category_id: str) -> str:
    """Return the name of a category's list, with what lies in those within it."""
    return f"{_CATEGORY}{category_id}"


def list_of_brand(brand_id: str) -> str:
    """Return the name of a brand's list."""
    return f"brand:{brand_id}"


def list_of_vendor(vendor_id: str) -> str:
    """Return the name of the list of what shoppers see of a vendor's products."""
    return f"vendor:{vendor_id}"


def list_of_tag(tag: str) -> str:
    """Return the name of a tag's list."""
    return f"tag:{tag}"


def list_of_own(vendor_id: str) -> str:
    """Return the name of the list of all of a vendor's products that are not deleted, which only sellers read."""
    return f"own:{vendor_id}"


def list_of_status(status: str) -> str:
    """Return the name of the list of all products with a status, which only sellers read."""
    return f"status:{status}"


def shelf_of_category(category_id: str) -> str:
    """Return the name of the list of products that name a category and are not shown; nobody reads its cards."""
    return f"shelf:{category_id}"
