"""What can be done with a cart? Opening, filling, preparing, merging, and handing it to a checkout and back.

Everything here reads, decides and writes once; whoever calls runs it anew when others changed the cart meanwhile.
"""

from chalicelib.carts.models import Cart
from chalicelib.carts.rules import CartLine, Preparation
from chalicelib.carts.service.checking import checked
from chalicelib.carts.service.filling import add_line, discard, get, remove_line, set_quantity
from chalicelib.carts.service.handover import convert, hold, reopen
from chalicelib.carts.service.opening import OpenedCart, open_cart
from chalicelib.carts.service.preparing import prepare
from chalicelib.carts.service.reviewing import review, reviewed, subjects_of

__all__ = [
    "Cart",
    "CartLine",
    "OpenedCart",
    "Preparation",
    "add_line",
    "checked",
    "convert",
    "discard",
    "get",
    "hold",
    "open_cart",
    "prepare",
    "remove_line",
    "reopen",
    "review",
    "reviewed",
    "set_quantity",
    "subjects_of",
]
