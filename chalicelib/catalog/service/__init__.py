"""What can be done with the catalogue? Shelve, describe, change, show and list what is sold."""

from chalicelib.catalog.models import Product
from chalicelib.catalog.rules import Offer
from chalicelib.catalog.service.barcodes import variant_with_barcode
from chalicelib.catalog.service.brands import add_brand, brands, change_brand, get_brand
from chalicelib.catalog.service.cards import Side, refresh_cards, sides_of
from chalicelib.catalog.service.categories import (
    Categories,
    add_category,
    all_categories,
    category_for_staff,
    change_category,
)
from chalicelib.catalog.service.collections import (
    all_collections,
    collection_for_staff,
    get_collection,
    put_collection,
    remove_collection,
)
from chalicelib.catalog.service.creating import create_product
from chalicelib.catalog.service.due_lists import refresh_due
from chalicelib.catalog.service.keeping import KeptProduct, kept_product, read_proposal
from chalicelib.catalog.service.lists import good_until, products_listed, products_of_sellers
from chalicelib.catalog.service.offering import offers, offers_in, placed
from chalicelib.catalog.service.proposing import withdraw
from chalicelib.catalog.service.reading import (
    ProductOnSale,
    charged,
    product_for_staff,
    product_on_sale,
    sellable,
    variant_key,
)
from chalicelib.catalog.service.relisting import relist_page
from chalicelib.catalog.service.reviewing import approve, refuse
from chalicelib.catalog.service.selling import change_product, delete_product
from chalicelib.catalog.service.slugs import product_with_slug
from chalicelib.catalog.service.telling import Prices, prices_now
from chalicelib.catalog.service.tree import place_category, remove_category
from chalicelib.catalog.service.types import add_product_type, change_product_type, get_product_type, product_types

__all__ = [
    "Categories",
    "KeptProduct",
    "Offer",
    "Prices",
    "Product",
    "ProductOnSale",
    "Side",
    "add_brand",
    "add_category",
    "add_product_type",
    "all_categories",
    "all_collections",
    "approve",
    "brands",
    "category_for_staff",
    "change_brand",
    "change_category",
    "change_product",
    "change_product_type",
    "charged",
    "collection_for_staff",
    "create_product",
    "delete_product",
    "get_brand",
    "get_collection",
    "get_product_type",
    "good_until",
    "kept_product",
    "offers",
    "offers_in",
    "place_category",
    "placed",
    "prices_now",
    "product_for_staff",
    "product_on_sale",
    "product_types",
    "product_with_slug",
    "products_listed",
    "products_of_sellers",
    "put_collection",
    "read_proposal",
    "refresh_cards",
    "refresh_due",
    "refuse",
    "relist_page",
    "remove_category",
    "remove_collection",
    "sellable",
    "sides_of",
    "variant_key",
    "variant_with_barcode",
    "withdraw",
]
