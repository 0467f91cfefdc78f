"""Which operations does the catalogue have?"""

from chalicelib.catalog.routes import barcodes, categories, collections, lists, products, proposals
from chalicelib.catalog.routes.router import router

__all__ = ["barcodes", "categories", "collections", "lists", "products", "proposals", "router"]
