"""What does stock do when an order is placed, and when units have moved? It books the sale, and looks what is left."""

from chalicelib.core.events.consuming import Consumer, Message, Once
from chalicelib.inventory import service as inventory
from chalicelib.inventory.events import StockMoved
from chalicelib.orders.events import OrderPlaced

ledger = Consumer("inventory_ledger")
watch = Consumer("stock_watch")


@ledger.on(OrderPlaced, once=Once.BY_OWN_WRITES)
def book_sale(message: Message[OrderPlaced]) -> None:
    """Write the ledger rows and take the units off hand; each row's id is derived from the order's."""
    inventory.book_sale(message.data.reservation_id, message.data.order_id)


@watch.on(StockMoved, once=Once.BY_OWN_WRITES)
def judge_stock(message: Message[StockMoved]) -> None:
    """Announce that a SKU is low or out, when it has come to that; a level is crossed once."""
    inventory.judge(message.data.product_id, message.data.sku, moved=message.data.quantity)
