"""What do notifications do when others announce something?"""

from chalicelib.core.events.consuming import Consumer, Message, Once
from chalicelib.notifications import service
from chalicelib.orders.events import OrderPlaced

order_mails = Consumer("order_mails")


@order_mails.on(OrderPlaced, once=Once.BY_OWN_WRITES)
def confirm_order(message: Message[OrderPlaced]) -> None:
    """Confirm the order to its buyer."""
    service.confirm_order(message.data.owner, message.data.order_id)
