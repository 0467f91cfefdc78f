"""How does the stored catalogue become what its reader sees?"""

from chalicelib.catalog.views.brands import brand_view, staff_brand_view
from chalicelib.catalog.views.categories import categories_view, category_place_view, staff_category_view
from chalicelib.catalog.views.collections import collection_view, staff_collection_view
from chalicelib.catalog.views.lists import card_view, seller_card_view
from chalicelib.catalog.views.products import language_of, product_view, staff_product_view
from chalicelib.catalog.views.proposals import proposal_view
from chalicelib.catalog.views.types import product_type_entry_view, product_type_view, staff_product_type_view

__all__ = [
    "brand_view",
    "card_view",
    "categories_view",
    "category_place_view",
    "collection_view",
    "language_of",
    "product_type_entry_view",
    "product_type_view",
    "product_view",
    "proposal_view",
    "seller_card_view",
    "staff_brand_view",
    "staff_category_view",
    "staff_collection_view",
    "staff_product_type_view",
    "staff_product_view",
]
