"""Which Lambda mails buyers about their orders?"""

from chalicelib.notifications.reactions import order_mails

handler = order_mails.handler
