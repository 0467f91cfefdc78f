"""Which Lambda tells vendors and keepers of the stock what is low or out?"""

from chalicelib.notifications.reactions.stock_mails import consumer

handler = consumer.handler
