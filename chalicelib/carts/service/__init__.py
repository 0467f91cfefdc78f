"""What can be done with a cart? Opening, filling, preparing, merging, handing it to a checkout and back, recovering.

Everything here reads, decides and writes once; whoever calls runs it anew when others changed the cart meanwhile.
"""

from chalicelib.carts.models import Cart
from chalicelib.carts.rules import CartLine, Preparation
from chalicelib.carts.service.checking import checked
from chalicelib.carts.service.counting import Purchased, counts_of, note_purchase
from chalicelib.carts.service.filling import add_line, discard, get, remove_line, set_quantity
from chalicelib.carts.service.handover import convert, hold, reopen
from chalicelib.carts.service.opening import OpenedCart, open_cart
from chalicelib.carts.service.preparing import prepare
from chalicelib.carts.service.recovering import opt_out, recover
from chalicelib.carts.service.reminding import LeftCart, left_cart, remind_due
from chalicelib.carts.service.reviewing import review, reviewed, subjects_of

__all__ = [
    "Cart",
    "CartLine",
    "LeftCart",
    "OpenedCart",
    "Preparation",
    "Purchased",
    "add_line",
    "checked",
    "convert",
    "counts_of",
    "discard",
    "get",
    "hold",
    "left_cart",
    "note_purchase",
    "open_cart",
    "opt_out",
    "prepare",
    "recover",
    "remind_due",
    "remove_line",
    "reopen",
    "review",
    "reviewed",
    "set_quantity",
    "subjects_of",
]
