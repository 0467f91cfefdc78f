"""How does a cart go into a checkout, and out of it again? Each joins the transaction it is called in."""

from dataclasses import replace

from chalicelib.carts import store
from chalicelib.carts.errors import CartEmpty
from chalicelib.carts.models import Cart
from chalicelib.carts.rules import CartStatus
from chalicelib.carts.service.changing import changeable, move, save


def hold(cart: Cart, checkout_id: str, *, email: str | None = None, locale: str | None = None) -> None:
    """Give a cart to a checkout; nothing in it changes from now on. Holding again by the same one is done already.

    A cart that names no mail address takes over the buyer's, so that it has one if it comes back. Raises
    ``CartEmpty``, ``CartInCheckout`` or ``CartClosed``.
    """
    if _is_held(cart, checkout_id):
        return
    if not changeable(cart).lines:
        raise CartEmpty(cart_id=cart.cart_id)
    move(cart, CartStatus.CHECKING_OUT)
    if email is not None and cart.prepared.email is None:
        cart.prepare(replace(cart.prepared, email=email, locale=locale))
    cart.checkout_id, cart.bought_as = checkout_id, email or cart.prepared.email
    save(cart)


def convert(owner_id: str, cart_id: str, *, checkout_id: str) -> None:
    """End a cart that became an order. A cart that its checkout had given back stays with its shopper."""
    cart = store.find_cart(owner_id, cart_id)
    if cart is not None and _is_held(cart, checkout_id):
        move(cart, CartStatus.CONVERTED)
        save(cart)


def reopen(owner_id: str, cart_id: str, *, checkout_id: str) -> None:
    """Give a cart back to its shopper, if that checkout still holds it; otherwise nothing happens.

    As whom it was bought stays known: money that comes late makes an order of that checkout.
    """
    cart = store.find_cart(owner_id, cart_id)
    if cart is not None and _is_held(cart, checkout_id):
        move(cart, CartStatus.OPEN)
        cart.checkout_id = None
        save(cart)


def _is_held(cart: Cart, checkout_id: str) -> bool:
    return cart.status == CartStatus.CHECKING_OUT and cart.checkout_id == checkout_id
