"""What are buyers told of their orders?"""

from chalicelib.core.events.consuming import Consumer, Message, Once
from chalicelib.notifications.service import order_mails
from chalicelib.orders.events import OrderPlaced

consumer = Consumer("order_mails")


@consumer.on(OrderPlaced, once=Once.BY_OWN_WRITES)
def confirm_order(message: Message[OrderPlaced]) -> None:
    """Confirm the order to its buyer."""
    order_mails.confirm_order(message.data.owner, message.data.order_id)
