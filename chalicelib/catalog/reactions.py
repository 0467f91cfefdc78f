"""What does the catalogue do when a product or the tree changes? It brings the cards of its lists up to date."""

from collections.abc import Mapping
from typing import Any

from chalicelib.catalog import service as catalog
from chalicelib.catalog.events import CategoryMoved, CategoryPartlyRelisted, ProductChanged, ProductCreated
from chalicelib.core.events.consuming import Consumer, Message, Once
from chalicelib.pictures.events import GalleryChanged

consumer = Consumer("catalog_cards")


@consumer.on(ProductCreated, once=Once.BY_OWN_WRITES)
def list_product(message: Message[ProductCreated]) -> None:
    """Put a new product's cards into its lists."""
    catalog.refresh_cards(message.data.product_id)


@consumer.on(ProductChanged, once=Once.BY_OWN_WRITES)
def relist_product(message: Message[ProductChanged]) -> None:
    """Change, move or take away a product's cards."""
    catalog.refresh_cards(message.data.product_id)


@consumer.on(GalleryChanged, once=Once.BY_OWN_WRITES)
def show_picture(message: Message[GalleryChanged]) -> None:
    """Show a product's main picture on its cards, and sellers whether one waits for approval."""
    catalog.refresh_cards(message.data.product_id)


@consumer.on(CategoryMoved, once=Once.BY_OWN_WRITES)
def begin_to_relist(message: Message[CategoryMoved]) -> None:
    """List the first products of a moved category in what it lies in now."""
    catalog.relist_page(message.data.category_id, sequence=message.sequence)


@consumer.on(CategoryPartlyRelisted, once=Once.BY_OWN_WRITES)
def go_on_relisting(message: Message[CategoryPartlyRelisted]) -> None:
    """List further products of a moved category in what it lies in now."""
    catalog.relist_page(message.data.category_id, sequence=message.sequence)


def refresh_due(event: Mapping[str, Any], context: object) -> dict[str, int]:
    """List products anew on which a sale has begun or ended; runs each minute."""
    return catalog.refresh_due(context)
