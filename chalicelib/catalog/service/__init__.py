"""What can be done with the catalogue? Shelve, describe, change, show and list what is sold."""

from chalicelib.catalog.service.cards import cards_of, refresh_cards
from chalicelib.catalog.service.categories import add_category, category_tree
from chalicelib.catalog.service.creating import create_product
from chalicelib.catalog.service.keeping import KeptProduct, kept_product, read_proposal
from chalicelib.catalog.service.proposing import withdraw
from chalicelib.catalog.service.reading import (
    ProductOnSale,
    offers,
    product_on_sale,
    sellable,
    variant_key,
)
from chalicelib.catalog.service.reviewing import approve, refuse
from chalicelib.catalog.service.selling import change_product, delete_product

__all__ = [
    "KeptProduct",
    "ProductOnSale",
    "add_category",
    "approve",
    "cards_of",
    "category_tree",
    "change_product",
    "create_product",
    "delete_product",
    "kept_product",
    "offers",
    "product_on_sale",
    "read_proposal",
    "refresh_cards",
    "refuse",
    "sellable",
    "variant_key",
    "withdraw",
]
