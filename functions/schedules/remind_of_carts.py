"""Which Lambda looks for carts that were left?"""

from chalicelib.carts.reactions import remind as handler

__all__ = ["handler"]
