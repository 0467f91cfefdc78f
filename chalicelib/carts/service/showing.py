"""What does a shopper see of a cart? Its lines in their language, and what the goods cost."""

from datetime import UTC, datetime

from chalicelib.carts import rules, store
from chalicelib.carts.errors import CartNotFound
from chalicelib.carts.models import Cart
from chalicelib.carts.rules import CartLine
from chalicelib.carts.schemas import CartLineView, CartView, LeftOutView, OpenedCartView
from chalicelib.carts.service.opening import OpenedCart
from chalicelib.core.i18n import locales
from chalicelib.core.settings import settings


def get(owner_id: str, cart_id: str) -> Cart:
    """Read an owner's cart. Raises ``CartNotFound``, for somebody else's too."""
    cart = store.find_cart(owner_id, cart_id)
    if cart is None:
        raise CartNotFound()
    return cart


def shown(cart: Cart, locale: str) -> CartView:
    """Return a cart as its shopper sees it."""
    return CartView(
        id=cart.id,
        status=cart.status,
        checkout_id=cart.checkout_id,
        lines=[_line(line, locale) for line in cart.lines],
        subtotal=rules.subtotal_of(cart.lines, settings.shop_currency),
        expires_at=datetime.fromtimestamp(cart.expires_at or 0, UTC),
    )


def shown_opened(opened: OpenedCart, locale: str) -> OpenedCartView:
    """Return a cart as it is handed over, with a guest's token and what of a merged cart did not fit."""
    return OpenedCartView(
        **dict(shown(opened.cart, locale)),
        token=opened.token,
        left_out=[LeftOutView(sku=line.sku, quantity=line.quantity) for line in opened.left_out],
    )


def _line(line: CartLine, locale: str) -> CartLineView:
    return CartLineView(
        id=line.id,
        sku=line.sku,
        product_id=line.product_id,
        vendor_id=line.vendor_id,
        title=locales.in_locale(line.title, locale),
        options=dict(line.options),
        quantity=line.quantity,
        unit_price=line.unit_price,
        subtotal=line.subtotal,
    )
