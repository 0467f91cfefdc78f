"""What do the links in a reminder do? One gives the cart back, the other ends reminders."""

from dataclasses import replace

from chalicelib.carts import store
from chalicelib.carts.errors import CartClosed, RecoveryOver
from chalicelib.carts.models import Cart, Reminder, ReminderOptOut
from chalicelib.carts.rules import CartStatus, Preparation, is_over
from chalicelib.carts.service import readers
from chalicelib.carts.service.changing import save
from chalicelib.carts.service.opening import OpenedCart, new_cart
from chalicelib.core import clock, ids, tokens
from chalicelib.core.storage import reminder_keys as keys
from chalicelib.core.storage import transactions


def recover(token: str, user_id: str | None) -> OpenedCart:
    """Give a cart back to whoever followed the link of a reminder, as often as they do.

    A guest's cart comes with its token; whose cart it went into at their sign-in is led there, and nobody else is. A
    customer's cart is shown to its customer only; anybody else gets a guest's cart with its goods, and nothing else of
    it. Raises ``RecoveryTokenInvalid``, ``RecoveryOver`` or ``CartClosed``.
    """
    reminder = store.find_reminder(readers.recovered_cart_id(token))
    cart = None if reminder is None else store.find_cart(reminder.owner_id, reminder.cart_id)
    if reminder is None or cart is None:
        raise RecoveryOver()
    if (merged := _cart_of(user_id, cart.merged_into)) is not None:
        return OpenedCart(_touched(merged, cart.cart_id))
    if is_over(cart.status):
        raise CartClosed(cart_id=cart.cart_id, cart_status=cart.status)
    if cart.owner_id == user_id:
        return OpenedCart(_touched(cart, cart.recovers or cart.cart_id))
    if cart.owner_id == cart.cart_id:
        return OpenedCart(_touched(cart, cart.recovers or cart.cart_id), tokens.guest_token(cart.cart_id))
    copy = _present_copy(reminder) or _new_copy(cart, reminder)
    return OpenedCart(copy, tokens.guest_token(copy.cart_id))


def opt_out(token: str) -> None:
    """Remind somebody of no cart any more, be it this one or another. Raises ``OptOutTokenInvalid``."""
    opted_out = ReminderOptOut.at(
        keys.reminder_opt_out(readers.opted_out_digest(token)), opted_out_at=clock.as_text(clock.now())
    )
    with transactions.write() as work:
        work.replace(opted_out)


def _cart_of(user_id: str | None, merged_into: str | None) -> Cart | None:
    """Read the cart that a merged one went into, if whoever asks is its owner and it is not over."""
    found = store.find_cart(user_id, merged_into) if user_id is not None and merged_into is not None else None
    return None if found is None or is_over(found.status) else found


def _touched(cart: Cart, recovers: str) -> Cart:
    """Note whose link was followed, which is activity; a cart that a checkout holds stays as it is."""
    if cart.status == CartStatus.OPEN:
        cart.recovers = recovers
        save(cart)
    return cart


def _present_copy(reminder: Reminder) -> Cart | None:
    copy = store.find_cart(reminder.copy_id, reminder.copy_id) if reminder.copy_id else None
    return None if copy is None or is_over(copy.status) else copy


def _new_copy(cart: Cart, reminder: Reminder) -> Cart:
    """Make a guest's cart with the goods of a customer's, and note it, so that the link leads there again."""
    copy_id = ids.new("crt")
    copy = new_cart(copy_id, owner_id=copy_id)
    copy.lines, copy.recovers, reminder.copy_id = cart.lines, cart.cart_id, copy_id
    copy.prepare(replace(Preparation(), currency=cart.prepared.currency))
    with transactions.write() as work:
        work.create(copy)
        work.save(reminder)
    return copy
