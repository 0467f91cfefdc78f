"""In which lists does a product appear, and how?"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from chalicelib.catalog.rules.prices import CardPrice, price_on_card
from chalicelib.catalog.rules.products import ProductDetails, ProductStatus, Texts
from chalicelib.catalog.rules.tree import CategoryTree
from chalicelib.core import clock
from chalicelib.pictures.rules import Picture

ALL_PRODUCTS = "all"
# The collection that every shop has, whether anybody has put something into it or not.
FEATURED = "featured"
FEATURED_NAME = {"en": "Featured", "am": "የተመረጡ"}
ON_SALE = "sale"
IN_REVIEW = "review"
_CATEGORY = "category:"
_CARD_WIDTH = 640


@dataclass(frozen=True)
class ProductCard:
    """A product in a list. ``status`` and what waits for approval are told in lists that only sellers read."""

    product_id: str
    title: Texts
    vendor_id: str
    price: CardPrice
    picture: Picture | None = None
    status: str | None = None
    is_waiting: bool = False


def on_card(picture: Picture) -> Picture:
    """Return of a picture what a card tells: its smaller sizes, as a page shows many."""
    widths = tuple(width for width in picture.widths if width <= _CARD_WIDTH) or picture.widths[:1]
    return replace(picture, widths=widths, proposed_alt=None)


def lists_of(vendor_id: str, details: ProductDetails, tree: CategoryTree, *, is_on_sale: bool = False) -> list[str]:
    """Return the lists in which shoppers see a product: all, its categories with what they lie in now, and so on.

    A category that is not there any more has no list.
    """
    within = tree.around(category.id for category in details.categories)
    return [
        ALL_PRODUCTS,
        *map(list_of_category, sorted(within)),
        *([list_of_brand(details.brand.id)] if details.brand else []),
        list_of_vendor(vendor_id),
        *map(list_of_tag, sorted(set(details.tags))),
        *([ON_SALE] if is_on_sale else []),
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


def is_still_on_sale(card: ProductCard, now: datetime) -> bool:
    """Tell whether something of a product that was listed as on sale still is, as far as its card knows.

    Once a sale has begun or ended since, only the lowest price is known, until the card is made anew.
    """
    is_of_now = card.price.changes_at is None or clock.as_text(now) < card.price.changes_at
    told = price_on_card(card.price, card.price.courses[0].list_price.currency, now=now)
    return card.price.is_on_sale and (is_of_now or (told is not None and told.is_reduced))


def next_change_among(cards: Iterable[ProductCard], now: datetime) -> str | None:
    """Return the next moment at which one of these cards tells another price."""
    moment = clock.as_text(now)
    steps = [step for card in cards for course in card.price.courses for step in course.steps]
    return min(
        (step.starts_at for step in steps if step.starts_at is not None and step.starts_at > moment), default=None
    )


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
