"""Which Lambda mails buyers about their orders?"""

from chalicelib.notifications.reactions.order_mails import consumer

handler = consumer.handler
