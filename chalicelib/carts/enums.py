"""In which states can a cart be?"""

from enum import StrEnum


class CartStatus(StrEnum):
    OPEN = "open"
    CHECKING_OUT = "checking_out"  # a checkout holds it; nothing may change
    CONVERTED = "converted"  # it became an order
    MERGED = "merged"  # its lines went to its shopper's own cart
