"""What did reminders bring? Counted by month and currency, in the transaction of what is counted."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from chalicelib.carts import store
from chalicelib.carts.models import LastPurchase, RecoveryCount, Reminder
from chalicelib.carts.rules import ReminderStatus
from chalicelib.carts.service import readers
from chalicelib.carts.service.watching import kept_until
from chalicelib.core import clock
from chalicelib.core.money import Money
from chalicelib.core.storage import reminder_keys as keys
from chalicelib.core.storage import transactions
from chalicelib.core.storage.attributes import Action


class _BoughtSince(Exception):
    """A newer purchase is known."""


@dataclass(frozen=True)
class Purchased:
    """An order, as its event tells of it."""

    order_id: str
    total_minor: int
    currency: str
    at: str


def month_of(moment: datetime) -> str:
    """Return the month that something is counted in, as ``2026-11``."""
    return f"{moment:%Y-%m}"


def counts_of(month: str) -> Sequence[RecoveryCount]:
    """Return what reminders did in a month, by currency."""
    return store.recovery_counts(month)


def count_sent(currency: str, *, at: datetime) -> None:
    """Count a reminder; joins the transaction of the reminder."""
    _add(month_of(at), currency, [RecoveryCount.sent.add(1)])


def note_purchase(owner_id: str, cart_id: str, purchased: Purchased) -> None:
    """Take notice of an order: who bought is not reminded of what they left before, and if they were, that is counted.

    An order counts once, as the recovery of the cart whose link led to it or that went into it, else of the cart that
    was bought. Orders that were announced before they named their cart count for nothing.
    """
    if not cart_id:
        return
    cart = store.find_cart(owner_id, cart_id)
    buyer = None if cart is None else cart.bought_as or cart.prepared.email
    if buyer is not None:
        _remember(buyer, purchased.at)
    led_to_by = cart.recovers if cart is not None else None
    reminder = _reminder_behind([led_to_by, cart_id], purchased.order_id)
    if reminder is not None:
        _recover(reminder, purchased)


def _reminder_behind(cart_ids: Iterable[str | None], order_id: str) -> Reminder | None:
    """Return the first reminder that was sent and has brought nothing yet; none if one has brought this very order."""
    there = [store.find_reminder(each) for each in dict.fromkeys(cart_ids) if each is not None]
    sent = [each for each in there if each is not None and each.sent > 0]
    if any(each.order_id == order_id for each in sent):
        return None
    return next((each for each in sent if each.status != ReminderStatus.RECOVERED), None)


def _remember(email: str, bought_at: str) -> None:
    """Note when somebody bought last; orders may be told of in any order."""
    key = keys.last_purchase(readers.digest_of(email))
    bought = LastPurchase.at(key, bought_at=bought_at, expires_at=kept_until())
    is_newer = LastPurchase.pk.does_not_exist() | (LastPurchase.bought_at < bought_at)
    try:
        with transactions.write() as work:
            work.replace(bought, when=is_newer, refusal=_BoughtSince())
    except _BoughtSince:
        return


def _recover(reminder: Reminder, purchased: Purchased) -> None:
    total = Money(purchased.total_minor, purchased.currency)
    reminder.status, reminder.order_id, reminder.revenue = ReminderStatus.RECOVERED, purchased.order_id, total
    reminder.recovered_at, reminder.expires_at = purchased.at, None
    reminder.gsi1pk = reminder.gsi1sk = None
    added = [RecoveryCount.recovered.add(1), RecoveryCount.revenue_minor.add(total.minor)]
    with transactions.write() as work:
        work.save(reminder)
        _add(month_of(clock.from_text(purchased.at)), total.currency, added)


def _add(month: str, currency: str, added: Sequence[Action]) -> None:
    count = RecoveryCount.at(keys.recovery_count(month, currency))
    named = [RecoveryCount.month.set(month), RecoveryCount.currency.set(currency)]
    is_any = RecoveryCount.pk.does_not_exist() | RecoveryCount.pk.exists()
    with transactions.write() as work:
        work.update(count, [*count.labels, *named, *added], when=is_any)
