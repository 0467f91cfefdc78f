"""What can be done with the catalogue? Shelve, describe, change, show and list what is sold."""

from chalicelib.catalog.service.cards import Side, cards_of, refresh_cards, sides_of
from chalicelib.catalog.service.categories import (
    Categories,
    add_category,
    all_categories,
    category_for_staff,
    change_category,
)
from chalicelib.catalog.service.changing import change_product
from chalicelib.catalog.service.creating import create_product
from chalicelib.catalog.service.reading import (
    ProductOnSale,
    offers,
    product_for_staff,
    product_on_sale,
    sellable,
    variant_key,
)
from chalicelib.catalog.service.relisting import relist_page
from chalicelib.catalog.service.tree import place_category, remove_category

__all__ = [
    "Categories",
    "ProductOnSale",
    "Side",
    "add_category",
    "all_categories",
    "cards_of",
    "category_for_staff",
    "change_category",
    "change_product",
    "create_product",
    "offers",
    "place_category",
    "product_for_staff",
    "product_on_sale",
    "refresh_cards",
    "relist_page",
    "remove_category",
    "sellable",
    "sides_of",
    "variant_key",
]
