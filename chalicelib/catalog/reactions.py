"""What does the catalogue do when a product changes? It brings the cards of its lists up to date."""

from chalicelib.catalog import service as catalog
from chalicelib.catalog.events import ProductChanged, ProductCreated
from chalicelib.core.events.consuming import Consumer, Message, Once

consumer = Consumer("catalog_cards")


@consumer.on(ProductCreated, once=Once.BY_OWN_WRITES)
def list_product(message: Message[ProductCreated]) -> None:
    """Put a new product's cards into its lists."""
    catalog.refresh_cards(message.data.product_id)


@consumer.on(ProductChanged, once=Once.BY_OWN_WRITES)
def relist_product(message: Message[ProductChanged]) -> None:
    """Change, move or take away a product's cards."""
    catalog.refresh_cards(message.data.product_id)
