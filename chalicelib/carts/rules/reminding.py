"""When is somebody reminded of a cart? When it was left with goods in it, by somebody who said how to reach them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from chalicelib.carts.rules.lines import CartStatus, Lines, is_over
from chalicelib.carts.rules.preparing import Preparation

MOST_REMINDERS = 3


class ReminderStatus(StrEnum):
    WAITING = "waiting"  # the cart is looked at when its time comes
    ENDED = "ended"  # nobody is reminded any more
    RECOVERED = "recovered"  # somebody was reminded, and bought


class EndReason(StrEnum):
    GONE = "gone"  # deleted, or forgotten
    OVER = "over"  # it became an order, or went into another cart
    ALL_SENT = "all_sent"


class Step(StrEnum):
    """What is to be done about a cart that is looked at."""

    END = "end"
    WAIT = "wait"
    REMIND = "remind"


@dataclass(frozen=True)
class Reminded:
    """Of which cart a reader was reminded last, when that was, and until when they are reminded of no other."""

    cart_id: str
    at: datetime
    until: datetime


@dataclass(frozen=True)
class Seen:
    """A cart as it is found, and what is known of its reader: ``reminded_of`` is another cart than this one."""

    status: str
    lines: Lines
    preparation: Preparation
    touched_at: datetime
    is_opted_out: bool = False
    bought_at: datetime | None = None
    reminded_of: Reminded | None = None


@dataclass(frozen=True)
class Sent:
    """How many reminders have been sent, and when the last one was."""

    number: int = 0
    at: datetime | None = None


@dataclass(frozen=True)
class Decision:
    """What is to be done now, and when the cart is looked at next."""

    step: Step
    look_at: datetime


def can_be_reminded(status: str, lines: Lines, preparation: Preparation) -> bool:
    """Tell whether there is anything to remind of, and anybody who may be."""
    is_open = status == CartStatus.OPEN
    return is_open and bool(lines) and preparation.email is not None and preparation.reminders


def is_wanted(seen: Seen) -> bool:
    """Tell whether a reminder of this cart would be in place.

    It is not for who said no, or has bought since, or has been reminded of another cart since.
    """
    if seen.is_opted_out or not can_be_reminded(seen.status, seen.lines, seen.preparation):
        return False
    since = (seen.bought_at, seen.reminded_of.at if seen.reminded_of else None)
    return all(moment is None or moment < seen.touched_at for moment in since)


def due_at(touched_at: datetime, sent: Sent, after_seconds: Sequence[int]) -> datetime:
    """Return when the next reminder is due, counted from the last activity.

    Reminders keep their distance even if nobody could send any for a while.
    """
    due = touched_at + timedelta(seconds=after_seconds[sent.number])
    if sent.at is None:
        return due
    distance = after_seconds[sent.number] - after_seconds[sent.number - 1]
    return max(due, sent.at + timedelta(seconds=distance))


def turn_until(now: datetime, next_due: datetime | None, *, apart_seconds: int) -> datetime:
    """Return until when a cart has its reader for itself, once it is reminded of and until it is again."""
    return max(now, next_due or now) + timedelta(seconds=apart_seconds)


def decision(seen: Seen, sent: Sent, *, after_seconds: Sequence[int], now: datetime) -> Decision:
    """Decide about a cart whose time has come; ``after_seconds`` has a delay for each reminder.

    A cart that is empty, whose reader said no, or who bought something else since, may come to be wanted again: it is
    looked at seldom, as long as there is one.
    """
    if is_over(seen.status) or sent.number >= len(after_seconds):
        return Decision(Step.END, now)
    if seen.status == CartStatus.CHECKING_OUT:
        return Decision(Step.WAIT, now + timedelta(seconds=after_seconds[0]))
    if not is_wanted(seen):
        return Decision(Step.WAIT, now + timedelta(seconds=after_seconds[-1]))
    due = due_at(seen.touched_at, sent, after_seconds)
    if seen.reminded_of is not None:
        due = max(due, seen.reminded_of.until)
    return Decision(Step.WAIT, due) if due > now else Decision(Step.REMIND, due)
