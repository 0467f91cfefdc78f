"""What are shoppers told of carts that they left?"""

from chalicelib.carts.events import CartAbandoned
from chalicelib.core.events.consuming import Consumer, Message, Once
from chalicelib.notifications.service import cart_mails

consumer = Consumer("cart_mails")


@consumer.on(CartAbandoned, once=Once.BY_OWN_WRITES)
def remind_of_cart(message: Message[CartAbandoned]) -> None:
    """Remind the shopper of the cart, unless that is out of place by now."""
    left = message.data
    cart_mails.remind_of_cart(left.owner_id, left.cart_id, left.number)
