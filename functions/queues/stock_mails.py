"""Which Lambda tells vendors and keepers of the stock what is low or out?"""

from chalicelib.notifications.reactions import stock_mails

handler = stock_mails.handler
