"""What does stock do when an order is placed? It books the sale."""

from chalicelib.core.events.consuming import Consumer, Message, Once
from chalicelib.inventory import service as inventory
from chalicelib.orders.events import OrderPlaced

consumer = Consumer("inventory_ledger")


@consumer.on(OrderPlaced, once=Once.BY_OWN_WRITES)
def book_sale(message: Message[OrderPlaced]) -> None:
    """Write the ledger rows and take the units off hand; each row's id is derived from the order's."""
    inventory.book_sale(message.data.reservation_id, message.data.order_id)
