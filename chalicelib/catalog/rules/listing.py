"""In which lists does a product appear, and how?"""

from dataclasses import dataclass

from chalicelib.catalog.rules.prices import CardPrice
from chalicelib.catalog.rules.products import ProductDetails, Texts

ALL_PRODUCTS = "all"
# A listing is one transaction too: a card per category and ancestor, put or deleted.
DEPTH_LIMIT = 5


@dataclass(frozen=True)
class ProductCard:
    """A product in a list."""

    product_id: str
    title: Texts
    vendor_id: str
    price: CardPrice
    picture: str | None = None


def lists_of(details: ProductDetails) -> list[str]:
    """Return the lists that a product appears in: all, its categories, and what they lie in."""
    within = {category_id for category in details.categories for category_id in category.path}
    return [ALL_PRODUCTS, *(list_of_category(category_id) for category_id in sorted(within))]


def list_of_category(category_id: str) -> str:
    """Return the name of a category's list."""
    return f"category:{category_id}"
