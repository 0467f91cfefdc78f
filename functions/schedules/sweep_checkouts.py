"""Which Lambda looks after unfinished checkouts?"""

from chalicelib.checkout.reactions import sweep as handler

__all__ = ["handler"]
