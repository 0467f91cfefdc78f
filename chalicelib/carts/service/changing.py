"""When may a cart change? Only while it is open, and only from the version that its shopper saw."""

from chalicelib.carts.errors import CartClosed, CartInCheckout, CartNotFound
from chalicelib.carts.models import Cart
from chalicelib.carts.rules import CartStatus, Limits, may_move
from chalicelib.carts.service.watching import touch
from chalicelib.core.errors import demand_version
from chalicelib.core.settings import settings
from chalicelib.core.storage import transactions


def changeable(cart: Cart | None, if_version: int | None = None) -> Cart:
    """Return the cart if its shopper may change it now, or raise why not."""
    if cart is None:
        raise CartNotFound()
    demand_version(if_version, cart.version)
    if cart.status == CartStatus.CHECKING_OUT:
        raise CartInCheckout(cart_id=cart.cart_id, checkout_id=cart.checkout_id)
    if cart.status != CartStatus.OPEN:
        raise CartClosed(cart_id=cart.cart_id, cart_status=cart.status)
    return cart


def move(cart: Cart, to: CartStatus) -> None:
    """Give a cart its next status; a move that the rules do not know is a bug."""
    if not may_move(cart.status, to):
        raise ValueError(f"a cart that is {cart.status} cannot become {to}")
    cart.status = to


def save(cart: Cart) -> None:
    """Store a changed cart, provided nobody else changed it; its time to live begins anew."""
    with transactions.write() as work:
        touch(cart)
        work.save(cart)


def limits() -> Limits:
    """Return how much one cart takes."""
    return Limits(
        skus=settings.cart_skus_limit,
        vendors=settings.cart_vendors_limit,
        quantity=settings.cart_quantity_limit,
        stored_bytes=settings.cart_size_limit_bytes,
    )
