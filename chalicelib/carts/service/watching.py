"""Who notices that a cart is left? A reminder beside it, made once there are goods and a way to reach somebody."""

from datetime import datetime

from chalicelib.carts import rules
from chalicelib.carts.models import Cart, Reminder
from chalicelib.core import clock
from chalicelib.core.settings import settings
from chalicelib.core.storage import reminder_keys as keys
from chalicelib.core.storage import transactions


def touch(cart: Cart) -> None:
    """Note that something was done with a cart; it joins the write that stores it.

    The first time that somebody could be reminded of the cart, a reminder is made beside it. Nothing is written for
    later changes: the reminder finds out when it looks.
    """
    cart.expires_at, cart.touched_at = kept_until(), clock.as_text(clock.now())
    delays = reminders_after_seconds()
    if cart.is_watched or not delays or not rules.can_be_reminded(cart.status, cart.lines, cart.prepared):
        return
    cart.is_watched = True
    reminder = Reminder.at(
        keys.reminder(cart.cart_id),
        cart_id=cart.cart_id,
        owner_id=cart.owner_id,
        gsi1pk=keys.REMINDERS_DUE,
        gsi1sk=clock.as_text(clock.after(delays[0])),
    )
    with transactions.write() as work:
        work.create(reminder)


def touched_at(cart: Cart) -> datetime:
    """Return when something was last done with a cart that has a reminder: whatever makes one notes it."""
    return clock.from_text(str(cart.touched_at))


def kept_until() -> int:
    """Return when a cart touched now is forgotten."""
    return clock.epoch_seconds() + settings.cart_kept_seconds


def reminders_after_seconds() -> tuple[int, ...]:
    """Return the delays of the reminders, of which there are few."""
    return settings.cart_reminders_after_seconds[: rules.MOST_REMINDERS]
