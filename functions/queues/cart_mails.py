"""Which Lambda reminds people of carts that they left?"""

from chalicelib.notifications.reactions.cart_mails import consumer

handler = consumer.handler
