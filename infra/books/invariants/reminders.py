"""Is everybody looked after who left a cart, nobody written to more often than promised, and each recovery counted?"""

from collections import Counter
from datetime import timedelta

from chalicelib.carts.models import Cart, RecoveryCount, Reminder, SentReminder
from chalicelib.carts.rules import MOST_REMINDERS, ReminderStatus, can_be_reminded
from chalicelib.core import clock, ids
from chalicelib.core.storage import reminder_keys
from chalicelib.orders.models import Order
from infra.books.invariants.stuck import watched
from infra.books.ledger import Books, Troubles


def left_carts_have_reminders(books: Books) -> Troubles:
    """A cart knows of its reminder, and one that says it is watched has one, unless that has ended long ago."""
    for cart in books.all(Cart):
        reminder = books.find(Reminder, reminder_keys.reminder(cart.cart_id))
        if reminder is not None and not cart.is_watched:
            yield cart.key, "has a reminder, and does not know"
        elif reminder is not None and reminder.owner_id != cart.owner_id:
            yield reminder.key, f"looks for the cart with {reminder.owner_id}, but it is {cart.owner_id}'s"
        elif reminder is None and cart.is_watched and _is_left(cart) and _is_young(cart, books):
            yield cart.key, "says it is watched, but nobody looks after it"


def reminders_are_looked_after(books: Books) -> Troubles:
    """The schedule finds every waiting reminder and no other, and looks when it is time."""
    for reminder in books.all(Reminder):
        is_open = reminder.status == ReminderStatus.WAITING
        yield from watched(books, reminder, reminder.status, due_at=reminder.gsi1sk, is_open=is_open)


def nobody_is_reminded_too_often(books: Books) -> Troubles:
    """There are three reminders of a cart at most, and each that was announced is known to it."""
    for reminder in books.all(Reminder):
        if not 0 <= reminder.sent <= MOST_REMINDERS:
            yield reminder.key, f"{reminder.sent} reminders; the limit is {MOST_REMINDERS}"
        elif (reminder.sent > 0) != (reminder.sent_at is not None):
            yield reminder.key, f"{reminder.sent} reminders, the last at {reminder.sent_at}"
    for note in books.all(SentReminder):
        known = books.find(Reminder, reminder_keys.reminder(note.cart_id))
        if known is None or note.number > known.sent:
            yield note.key, f"announced, but its cart knows of {known.sent if known else 'no'} reminders"


def recoveries_were_ordered(books: Books) -> Troubles:
    """A recovered reminder names its order and what that cost, and no other reminder does."""
    orders = {order.order_id: order for order in books.all(Order)}
    for reminder in books.all(Reminder):
        is_recovered = reminder.status == ReminderStatus.RECOVERED
        order = orders.get(str(reminder.order_id))
        if is_recovered != (reminder.order_id is not None):
            yield reminder.key, f"{reminder.status}, with the order {reminder.order_id}"
        elif is_recovered and (order is None or order.quote.total != reminder.revenue or reminder.sent == 0):
            yield reminder.key, f"recovered {reminder.revenue} by {reminder.order_id}, which says otherwise"


def recoveries_are_counted(books: Books) -> Troubles:
    """The counts of a month are what its recovered reminders add up to, and no fewer were sent than are remembered."""
    recovered: Counter[tuple[str, str]] = Counter()
    revenue: Counter[tuple[str, str]] = Counter()
    for reminder in books.all(Reminder):
        if reminder.revenue is not None and reminder.recovered_at is not None:
            place = (reminder.recovered_at[:7], reminder.revenue.currency)
            recovered[place] += 1
            revenue[place] += reminder.revenue.minor
    remembered = Counter(note.sent_at[:7] for note in books.all(SentReminder))
    sent: Counter[str] = Counter()
    counts = {(count.month, count.currency): count for count in books.all(RecoveryCount)}
    for place in sorted({*counts, *recovered}):
        count = counts.get(place)
        told = (count.recovered, count.revenue_minor) if count else (0, 0)
        sent[place[0]] += count.sent if count else 0
        if told != (recovered[place], revenue[place]):
            found = f"{recovered[place]} recoveries of {revenue[place]}"
            yield reminder_keys.recovery_count(*place), f"counts {told[0]} of {told[1]}, but there are {found}"
    for month in sorted(remembered):
        if sent[month] < remembered[month]:
            yield reminder_keys.recovery_count(month, ""), f"{sent[month]} sent, but {remembered[month]} are remembered"


def _is_left(cart: Cart) -> bool:
    return can_be_reminded(cart.status, cart.lines, cart.prepared)


def _is_young(cart: Cart, books: Books) -> bool:
    """Tell whether a cart is too young for its reminder to have ended and been forgotten."""
    touched = clock.from_text(cart.touched_at).timestamp() if cart.touched_at else 0
    kept = timedelta(seconds=(cart.expires_at or 0) - touched)
    return ids.made_at(cart.cart_id) + kept > books.now
