"""How are people reminded of carts that they left? Each minute what is due is looked at, and found out with the cart.

Whatever may stop a reminder is asked for when it is due, and once more when it is sent, so that buying, changing the
cart and opting out write nothing here.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from chalicelib.carts import rules, store
from chalicelib.carts.events import CartAbandoned
from chalicelib.carts.models import Cart, LastReminder, Reminder, SentReminder
from chalicelib.carts.rules import CartLine, EndReason, ReminderStatus, Seen, Sent, Step
from chalicelib.carts.service import counting, readers
from chalicelib.carts.service.watching import kept_until, reminders_after_seconds, touched_at
from chalicelib.core import clock, schedules
from chalicelib.core.settings import settings
from chalicelib.core.storage import reminder_keys as keys
from chalicelib.core.storage import transactions

_LOOKED_AT_ONCE = 50


class _RemindedOfAnother(Exception):
    """Somebody was reminded of another cart at the same time."""


@dataclass(frozen=True)
class LeftCart:
    """What a letter says of a cart that was left, and to whom."""

    email: str
    locale: str
    currency: str | None
    lines: Sequence[CartLine]
    recovery_token: str
    opt_out_token: str


def remind_due(context: object = None) -> dict[str, int]:
    """Look at every cart whose reminder is due; what fails is looked at again later."""
    return schedules.for_each(
        store.reminders_due(clock.now(), limit=_LOOKED_AT_ONCE),
        lambda each: look_after(each.cart_id),
        put_off=lambda each: _put_off(each.cart_id),
        due_at=lambda each: each.gsi1sk,
        job="remind_of_carts",
        context=context,
    )


def look_after(cart_id: str) -> None:
    """Remind of one cart, look later, or end: 3 reads and 1 write; 4 items are written for a reminder."""
    reminder, delays = store.find_reminder(cart_id), reminders_after_seconds()
    if reminder is None or reminder.status != ReminderStatus.WAITING:
        return
    cart = store.find_cart(reminder.owner_id, cart_id)
    if cart is None:
        _end(reminder, EndReason.GONE)
        return
    decision = rules.decision(_seen(cart), _sent(reminder), after_seconds=delays, now=clock.now())
    if decision.step is Step.REMIND:
        try:
            _remind(reminder, cart, delays)
        except _RemindedOfAnother:
            _put_off(cart_id)
    elif decision.step is Step.END:
        _end(reminder, EndReason.OVER if rules.is_over(cart.status) else EndReason.ALL_SENT)
    else:
        _look_at(reminder, decision.look_at)


def left_cart(owner_id: str, cart_id: str) -> LeftCart | None:
    """Return what to write to whoever left a cart, unless a reminder is out of place by now."""
    cart = store.find_cart(owner_id, cart_id)
    if cart is None or not rules.is_wanted(_seen(cart)):
        return None
    email = str(cart.prepared.email)
    return LeftCart(
        email=email,
        locale=cart.prepared.locale or settings.default_locale,
        currency=cart.prepared.currency,
        lines=cart.lines,
        recovery_token=readers.recovery_token(cart_id),
        opt_out_token=readers.opt_out_token(email),
    )


def _seen(cart: Cart) -> Seen:
    seen = Seen(cart.status, cart.lines, cart.prepared, touched_at(cart))
    if not rules.is_wanted(seen):
        return seen
    known = store.known_of_reader(readers.digest_of(str(cart.prepared.email)))
    another = known.reminded if known.reminded and known.reminded.cart_id != cart.cart_id else None
    return replace(seen, is_opted_out=known.is_opted_out, bought_at=known.bought_at, reminded_of=another)


def _sent(reminder: Reminder) -> Sent:
    return Sent(reminder.sent, clock.from_text(reminder.sent_at) if reminder.sent_at else None)


def _remind(reminder: Reminder, cart: Cart, delays: Sequence[int]) -> None:
    """Note one more reminder, announce it, and count it. Raises ``_RemindedOfAnother``."""
    now = clock.now()
    reminder.sent, reminder.sent_at = reminder.sent + 1, clock.as_text(now)
    note = SentReminder.at(
        keys.sent_reminder(cart.cart_id, reminder.sent),
        cart_id=cart.cart_id,
        number=reminder.sent,
        sent_at=reminder.sent_at,
        expires_at=kept_until(),
    )
    is_last = reminder.sent >= len(delays)
    next_due = None if is_last else rules.due_at(touched_at(cart), _sent(reminder), delays)
    with transactions.write() as work:
        work.create(note, event=CartAbandoned(cart.cart_id, cart.owner_id, reminder.sent))
        counting.count_sent(cart.prepared.currency or settings.shop_currency, at=now)
        _take_turn(cart, now, rules.turn_until(now, next_due, apart_seconds=settings.cart_reminders_apart_seconds))
        if next_due is None:
            _end(reminder, EndReason.ALL_SENT)
        else:
            _look_at(reminder, next_due)


def _take_turn(cart: Cart, now: datetime, until: datetime) -> None:
    """Have a reader for a cart alone until then, unless another one has; joins the transaction of the reminder."""
    moment = clock.as_text(now)
    last = LastReminder.at(
        keys.last_reminder(readers.digest_of(str(cart.prepared.email))),
        cart_id=cart.cart_id,
        reminded_at=moment,
        others_after=clock.as_text(until),
        expires_at=kept_until(),
    )
    is_own = LastReminder.pk.does_not_exist() | (LastReminder.cart_id == cart.cart_id)
    with transactions.write() as work:
        work.replace(last, when=is_own | (LastReminder.others_after <= moment), refusal=_RemindedOfAnother())


def _look_at(reminder: Reminder, moment: datetime) -> None:
    reminder.gsi1sk = clock.as_text(moment)
    with transactions.write() as work:
        work.save(reminder)


def _end(reminder: Reminder, why: EndReason) -> None:
    """Look no more; what was sent is remembered for as long as the cart may still be bought."""
    reminder.status, reminder.ended_as = ReminderStatus.ENDED, why
    reminder.gsi1pk = reminder.gsi1sk = None
    reminder.expires_at = kept_until()
    with transactions.write() as work:
        work.save(reminder)


def _put_off(cart_id: str) -> None:
    reminder = store.find_reminder(cart_id)
    if reminder is not None and reminder.status == ReminderStatus.WAITING:
        _look_at(reminder, clock.after(next(iter(reminders_after_seconds()), 0)))
