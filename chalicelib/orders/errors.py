"""How can the orders domain refuse?"""

from chalicelib.core.errors import NotFound


class OrderNotFound(NotFound):
    code = "order_not_found"
