"""Which Lambda texts codes to people?"""

from chalicelib.notifications.reactions.account_texts import consumer

handler = consumer.handler
