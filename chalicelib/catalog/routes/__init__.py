"""Which operations does the catalogue have?"""

from chalicelib.catalog.routes import (
    barcodes,
    brands,
    categories,
    collections,
    lists,
    products,
    proposals,
    slugs,
    types,
)
from chalicelib.catalog.routes.router import router

__all__ = [
    "barcodes",
    "brands",
    "categories",
    "collections",
    "lists",
    "products",
    "proposals",
    "router",
    "slugs",
    "types",
]
