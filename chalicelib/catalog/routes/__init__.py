"""Which operations does the catalogue have?"""

from chalicelib.catalog.routes import categories, collections, lists, products
from chalicelib.catalog.routes.router import router

__all__ = ["categories", "collections", "lists", "products", "router"]
