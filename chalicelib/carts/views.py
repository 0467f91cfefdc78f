"""How does a stored cart become what its shopper sees?"""

from datetime import UTC, datetime

from chalicelib.carts.models import Cart
from chalicelib.carts.rules import CartLine, CartStatus, subtotal_of
from chalicelib.carts.schemas import CartLineView, CartView, LeftOutView, OpenedCartView
from chalicelib.carts.service import OpenedCart
from chalicelib.core.i18n import locales
from chalicelib.core.settings import settings


def cart_view(cart: Cart, locale: str) -> CartView:
    """Show a cart to its shopper, in their language."""
    return CartView(
        id=cart.cart_id,
        status=CartStatus(cart.status),
        checkout_id=cart.checkout_id,
        lines=[_line_view(line, locale) for line in cart.lines],
        subtotal=subtotal_of(cart.lines, settings.shop_currency),
        expires_at=datetime.fromtimestamp(cart.expires_at or 0, UTC),
    )


def opened_cart_view(opened: OpenedCart, locale: str) -> OpenedCartView:
    """Show a cart as it is handed over, with a guest's token and what of a merged cart did not fit."""
    return OpenedCartView(
        **dict(cart_view(opened.cart, locale)),
        token=opened.token,
        left_out=[LeftOutView(sku=line.sku, quantity=line.quantity) for line in opened.left_out],
    )


def _line_view(line: CartLine, locale: str) -> CartLineView:
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
