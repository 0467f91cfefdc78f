"""Which cart does a shopper get? A guest a new one, a customer the one they are filling, wherever they sign in.

How a guest's cart goes into a customer's is decided in docs/decisions/0002-merging-carts-at-login.md.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from chalicelib.carts import rules, store
from chalicelib.carts.errors import GuestTokenInvalid
from chalicelib.carts.models import Cart, CurrentCart
from chalicelib.carts.rules import CartLine, CartStatus, Preparation, is_over
from chalicelib.carts.service.changing import changeable, limits, move, save
from chalicelib.carts.service.watching import touch
from chalicelib.catalog import service as catalog
from chalicelib.core import ids, tokens
from chalicelib.core.errors import Unauthenticated
from chalicelib.core.settings import settings
from chalicelib.core.storage import keys, transactions
from chalicelib.users import service as users


@dataclass(frozen=True)
class OpenedCart:
    """A cart, a guest's token for it, and what of a merged cart did not fit."""

    cart: Cart
    token: str | None = None
    left_out: Sequence[CartLine] = ()


def open_cart(user_id: str | None, guest_token: str | None) -> OpenedCart:
    """Open a cart for a guest, or the customer's present one with the lines of their guest's cart in it."""
    if user_id is not None:
        return _open_for_customer(user_id, None if guest_token is None else _cart_of_guest(guest_token))
    if guest_token is not None:
        raise Unauthenticated()
    cart_id = ids.new("crt")
    with transactions.write() as work:
        cart = new_cart(cart_id, owner_id=cart_id)
        work.create(cart)
    return OpenedCart(cart, tokens.guest_token(cart_id))


def new_cart(cart_id: str, *, owner_id: str) -> Cart:
    """Make a cart that nobody has stored yet."""
    cart = Cart.at(keys.cart(owner_id, cart_id), cart_id=cart_id, owner_id=owner_id)
    touch(cart)
    return cart


def _cart_of_guest(token: str) -> Cart | None:
    """Read the cart that a guest's token opens; it may be forgotten by now."""
    cart_id = tokens.guest_cart_id(token)
    if cart_id is None:
        raise GuestTokenInvalid()
    return store.find_cart(cart_id, cart_id)


def _open_for_customer(user_id: str, guest: Cart | None) -> OpenedCart:
    """Find or make the customer's cart, pour the guest's into it, and write all of that at once."""
    current = store.find_current(user_id)
    last = store.find_cart(user_id, current.cart_id) if current else None
    is_new = last is None or is_over(last.status)
    cart = _next_cart(user_id, last) if last is None or is_new else last
    with transactions.write() as work:
        was_filled = _poured(guest, cart)
        if is_new:
            touch(cart)
            work.create(cart)
            _make_current(cart, instead_of=current)
        elif was_filled:
            save(cart)
    left_out = guest.lines if guest is not None and guest.merged_into == cart.cart_id else ()
    return OpenedCart(cart, left_out=left_out)


def _next_cart(user_id: str, last: Cart | None) -> Cart:
    """Make a cart that knows how to reach its customer, from their account; they may say otherwise.

    Whoever wanted no reminders of their last cart need not say so again.
    """
    cart = new_cart(ids.new("crt"), owner_id=user_id)
    reader, wants_reminders = users.reader_of(user_id), last is None or last.prepared.reminders
    if reader is not None:
        cart.prepare(Preparation(email=reader.email, phone=reader.phone, locale=reader.locale))
    cart.prepare(replace(cart.prepared, reminders=wants_reminders))
    return cart


def _poured(guest: Cart | None, cart: Cart) -> bool:
    """Move a guest's lines over, and what is known of the purchase, once.

    The guest's cart keeps what did not fit, so that a repetition can tell.
    """
    if guest is None or is_over(guest.status) or not (guest.lines or guest.preparation):
        return False
    changeable(guest)
    changeable(cart)
    prepared = _prepared_by_both(cart, guest)
    # What the link of a reminder copied from this very cart is in it already.
    poured = rules.beyond(cart.lines, guest.lines) if guest.recovers == cart.cart_id else guest.lines
    brought, unlisted = _in_currency(poured, prepared.currency or settings.shop_currency)
    cart.lines, left_out = rules.merged(cart.lines, brought, limits())
    guest.lines = [*left_out, *unlisted]
    cart.prepare(prepared)
    cart.recovers = cart.recovers or guest.recovers or (guest.cart_id if guest.is_watched else None)
    move(guest, CartStatus.MERGED)
    guest.merged_into = cart.cart_id
    save(guest)
    return True


def _prepared_by_both(cart: Cart, guest: Cart) -> Preparation:
    """Return what is known of the purchase; goods that a customer has are paid in the currency that they have."""
    prepared = rules.both(cart.prepared, guest.prepared, coupons_limit=settings.cart_coupons_limit)
    return replace(prepared, currency=cart.prepared.currency) if cart.lines else prepared


def _in_currency(lines: Sequence[CartLine], currency: str) -> tuple[list[CartLine], list[CartLine]]:
    """Return a guest's lines at prices in a currency, and those of which it has none."""
    foreign = [line.sku for line in lines if line.unit_price.currency != currency]
    offers = catalog.offers(foreign, currency) if foreign else {}
    fitting = [line.at_price(offers[line.sku].price) if line.sku in offers else line for line in lines]
    here = [line for line in fitting if line.unit_price.currency == currency]
    return here, [line for line in fitting if line.unit_price.currency != currency]


def _make_current(cart: Cart, *, instead_of: CurrentCart | None) -> None:
    current = CurrentCart.at(keys.current_cart(cart.owner_id), cart_id=cart.cart_id)
    with transactions.write() as work:
        if instead_of is None:
            work.create(current)
        else:
            work.replace(current, when=CurrentCart.cart_id == instead_of.cart_id)
