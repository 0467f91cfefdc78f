"""Which Lambda counts what reminders of carts brought?"""

from chalicelib.carts.reactions import cart_recoveries

handler = cart_recoveries.handler
