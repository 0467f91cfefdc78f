"""How does a purchase go forward, and how does it go back? The use cases of checkout."""

from chalicelib.checkout.service.beginning import (
    Underway,
    begin,
    ensure_started,
    get_checkout,
    underway,
    wait_for_payment_page,
)
from chalicelib.checkout.service.buying import Buyer, buyer_of
from chalicelib.checkout.service.going_back import close_payment, give_back, refuse_order, release_stock, reopen_cart
from chalicelib.checkout.service.going_on import await_payment, open_payment, place_order, reserve_stock
from chalicelib.checkout.service.outcomes import CheckoutRef, Outcome
from chalicelib.checkout.service.watching import cancel, look_after, note_refund, revive, sweep

__all__ = [
    "Buyer",
    "CheckoutRef",
    "Outcome",
    "Underway",
    "await_payment",
    "begin",
    "buyer_of",
    "cancel",
    "close_payment",
    "ensure_started",
    "get_checkout",
    "give_back",
    "look_after",
    "note_refund",
    "open_payment",
    "place_order",
    "refuse_order",
    "release_stock",
    "reopen_cart",
    "reserve_stock",
    "revive",
    "sweep",
    "underway",
    "wait_for_payment_page",
]
