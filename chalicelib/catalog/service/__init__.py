"""What can be done with the catalogue? Shelve, describe, change, show and list what is sold."""

from chalicelib.catalog.service.cards import cards_of, refresh_cards
from chalicelib.catalog.service.categories import add_category, category_tree
from chalicelib.catalog.service.changing import change_product
from chalicelib.catalog.service.creating import create_product
from chalicelib.catalog.service.reading import (
    Offer,
    ProductOnSale,
    charged,
    offers,
    product_for_staff,
    product_on_sale,
    sellable,
    variant_key,
)
from chalicelib.catalog.service.telling import Prices, prices_now

__all__ = [
    "Offer",
    "Prices",
    "ProductOnSale",
    "add_category",
    "cards_of",
    "category_tree",
    "change_product",
    "charged",
    "create_product",
    "offers",
    "prices_now",
    "product_for_staff",
    "product_on_sale",
    "refresh_cards",
    "sellable",
    "variant_key",
]
