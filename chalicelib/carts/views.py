"""How does a stored cart become what its shopper sees?"""

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import UTC, datetime

from chalicelib.addresses.rules import Place, names_of_region
from chalicelib.addresses.schemas import PlaceView
from chalicelib.carts.models import Cart, RecoveryCount
from chalicelib.carts.rules import CartLine, CartStatus, LineChange, Review, subtotal_of
from chalicelib.carts.schemas import (
    CartLineView,
    CartQuoteView,
    CartRecoveriesView,
    CartView,
    CheckedCartView,
    CurrencyRecoveryView,
    LeftOutView,
    LineChangeView,
    OpenedCartView,
    RefusedCodeView,
)
from chalicelib.carts.service import OpenedCart
from chalicelib.core.i18n import locales
from chalicelib.core.money import Money
from chalicelib.core.settings import settings
from chalicelib.pricing.views import delivery_view, quoted_view
from chalicelib.promotions.rules import Refused


def cart_view(cart: Cart, locale: str) -> CartView:
    """Show a cart to its shopper, in their language."""
    prepared = cart.prepared
    currency = prepared.currency or settings.shop_currency
    return CartView(
        id=cart.cart_id,
        status=CartStatus(cart.status),
        checkout_id=cart.checkout_id,
        lines=[_line_view(line, locale) for line in cart.lines],
        subtotal=subtotal_of(cart.lines, currency),
        email=prepared.email,
        phone=prepared.phone,
        shipping_address=_place_view(prepared.shipping_address, locale),
        billing_address=_place_view(prepared.billing_address, locale),
        delivery_method_id=prepared.delivery_method_id,
        coupon_codes=list(prepared.coupon_codes),
        currency=currency,
        reminders=prepared.reminders,
        expires_at=datetime.fromtimestamp(cart.expires_at or 0, UTC),
    )


def checked_cart_view(cart: Cart, changes: Iterable[LineChange], locale: str) -> CheckedCartView:
    """Show a cart with what has changed about its goods."""
    return CheckedCartView(**dict(cart_view(cart, locale)), changes=[_change_view(each) for each in changes])


def cart_quote_view(cart: Cart, review: Review, locale: str) -> CartQuoteView:
    """Show what a purchase would cost now."""
    return CartQuoteView(
        cart_id=cart.cart_id,
        currency=review.preparation.currency or settings.shop_currency,
        quote=quoted_view(review.quote, locale) if review.quote else None,
        delivery_options=[delivery_view(each, locale) for each in review.options],
        refused_codes=[_refused_view(each, locale) for each in review.refused],
        changes=[_change_view(each) for each in review.changes],
        missing=review.missing,
    )


def opened_cart_view(opened: OpenedCart, locale: str) -> OpenedCartView:
    """Show a cart as it is handed over, with a guest's token and what of a merged cart did not fit."""
    return OpenedCartView(
        **dict(cart_view(opened.cart, locale)),
        token=opened.token,
        left_out=[LeftOutView(sku=line.sku, quantity=line.quantity) for line in opened.left_out],
    )


def _change_view(change: LineChange) -> LineChangeView:
    return LineChangeView(
        kind=change.kind,
        line_id=change.line.id,
        sku=change.line.sku,
        was=change.was,
        now=change.now,
        left=change.left,
    )


def _refused_view(refused: Refused, locale: str) -> RefusedCodeView:
    detail = locales.message(f"coupons.{refused.why}", locale, refused.facts) or refused.why
    return RefusedCodeView(code=refused.code, why=refused.why, detail=detail)


def recoveries_view(month: str, counts: Sequence[RecoveryCount]) -> CartRecoveriesView:
    """Show staff what reminders did in a month."""
    return CartRecoveriesView(month=month, items=[_recovery_view(each) for each in counts])


def _recovery_view(count: RecoveryCount) -> CurrencyRecoveryView:
    return CurrencyRecoveryView(
        currency=count.currency,
        sent=count.sent,
        recovered=count.recovered,
        revenue=Money(count.revenue_minor, count.currency),
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


def _place_view(place: Place | None, locale: str) -> PlaceView | None:
    if place is None:
        return None
    return PlaceView(**asdict(place), region_name=locales.in_locale(names_of_region(place), locale))
