"""Which operations does the catalogue have?"""

from chalicelib.catalog.routes import categories, collections, lists, products
from chalicelib.catalog.routes.router import router

__all__ = ["categories", "collections", "lists", "products", "router"]
from chalicelib.catalog.routes import proposals

__all__ = ["categories", "lists", "products", "proposals", "router"]

__all__ = []
