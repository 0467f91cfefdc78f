"""In which lists does a product appear, and how?"""

from collections.abc import Iterable
from dataclasses import dataclass

from chalicelib.catalog.rules.products import ProductDetails, ProductVariant, Texts
from chalicelib.core.money import Money

ALL_PRODUCTS = "all"
# A listing is one transaction too: a card per category and ancestor, put or deleted.
DEPTH_LIMIT = 5


@dataclass(frozen=True)
class ProductCard:
    """A product in a list."""

    product_id: str
    title: Texts
    vendor_id: str
    price_from: Money
    picture: str | None = None


def lists_of(details: ProductDetails) -> list[str]:
    """Return the lists that a product appears in: all, its categories, and what they lie in."""
    within = {category_id for category in details.categories for category_id in category.path}
    return [ALL_PRODUCTS, *(list_of_category(category_id) for category_id in sorted(within))]


def list_of_category(category_id: str) -> str:
    """Return the name of a category's list."""
    return f"category:{category_id}"


def cheapest(variants: Iterable[ProductVariant]) -> Money:
    """Return the lowest price; variants of one product share a currency."""
    return min((variant.price for variant in variants), key=lambda price: price.minor)
