"""How are carts found, and what is known of reminders?"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from chalicelib.carts.models import (
    Cart,
    CurrentCart,
    LastPurchase,
    LastReminder,
    RecoveryCount,
    Reminder,
    ReminderOptOut,
)
from chalicelib.carts.rules import Reminded
from chalicelib.core import clock
from chalicelib.core.storage import keys, reminder_keys
from chalicelib.core.storage.key import Key
from chalicelib.core.storage.table import Item, find, find_many, index_until, partition


@dataclass(frozen=True)
class KnownReader:
    """What is known of a mail address, which itself is not."""

    is_opted_out: bool = False
    bought_at: datetime | None = None
    reminded: Reminded | None = None


def find_cart(owner_id: str, cart_id: str) -> Cart | None:
    """Read one owner's cart; somebody else's is not there."""
    return find(Cart, keys.cart(owner_id, cart_id))


def cart_beside(owner_id: str, cart_id: str, other: Key) -> tuple[Cart | None, Item | None]:
    """Read an owner's cart and one other item at once."""
    here = keys.cart(owner_id, cart_id)
    found = {item.key: item for item in find_many([here, other])}
    cart = found.get(here)
    return cart if isinstance(cart, Cart) else None, found.get(other)


def find_current(user_id: str) -> CurrentCart | None:
    """Read which cart a customer is filling."""
    return find(CurrentCart, keys.current_cart(user_id))


def goods(*keys_of_goods: Iterable[Key]) -> list[Item]:
    """Read what a cart's lines are about, by the keys that other domains give out."""
    return find_many(key for some in keys_of_goods for key in some)


def find_reminder(cart_id: str) -> Reminder | None:
    """Read who looks after a cart that may be left."""
    return find(Reminder, reminder_keys.reminder(cart_id))


def reminders_due(now: datetime, limit: int) -> Iterator[Reminder]:
    """Read which carts are to be looked at by now, the longest waiting first."""
    return index_until(Reminder, "gsi1", reminder_keys.REMINDERS_DUE, until=clock.as_text(now), page=limit)


def known_of_reader(digest: str) -> KnownReader:
    """Read whether somebody wants no reminders, when they last bought something, and of what they were reminded."""
    found = partition(reminder_keys.reminded_reader(digest), consistent=True)
    purchases = [clock.from_text(each.bought_at) for each in found if isinstance(each, LastPurchase)]
    reminded = [_reminded(each) for each in found if isinstance(each, LastReminder)]
    is_opted_out = any(isinstance(each, ReminderOptOut) for each in found)
    return KnownReader(is_opted_out, max(purchases, default=None), next(iter(reminded), None))


def recovery_counts(month: str) -> list[RecoveryCount]:
    """Read what reminders did in a month, by currency."""
    found = partition(reminder_keys.recovery_counts(month))
    return [each for each in found if isinstance(each, RecoveryCount)]


def _reminded(last: LastReminder) -> Reminded:
    return Reminded(last.cart_id, clock.from_text(last.reminded_at), until=clock.from_text(last.others_after))
