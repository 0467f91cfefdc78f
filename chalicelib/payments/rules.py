"""Which moves may a payment and its attempts make, and does the money that came fit?"""

from datetime import datetime, timedelta
from enum import StrEnum

from chalicelib.core.money import Money


class PaymentStatus(StrEnum):
    """One payment per checkout, whatever number of attempts it takes."""

    OPENING = "opening"
    OPEN = "open"
    CLOSED = "closed"
    CAPTURED = "captured"
    USED = "used"  # it became an order
    REFUND_DUE = "refund_due"


_MOVES: dict[PaymentStatus, frozenset[PaymentStatus]] = {
    PaymentStatus.OPENING: frozenset({PaymentStatus.OPEN, PaymentStatus.CLOSED, PaymentStatus.CAPTURED}),
    PaymentStatus.OPEN: frozenset({PaymentStatus.CLOSED, PaymentStatus.CAPTURED}),
    PaymentStatus.CLOSED: frozenset({PaymentStatus.CAPTURED}),
    PaymentStatus.CAPTURED: frozenset({PaymentStatus.USED, PaymentStatus.REFUND_DUE}),
    PaymentStatus.USED: frozenset(),
    PaymentStatus.REFUND_DUE: frozenset(),
}


class AttemptStatus(StrEnum):
    """One payment page, or the try to get one."""

    CREATED = "created"  # stored before the provider was called; its answer may be lost
    OPEN = "open"
    REFUSED = "refused"
    ENDED = "ended"  # unpaid, and never again payable
    CAPTURED = "captured"
    MISMATCHED = "mismatched"  # paid, but not what was asked for
    SURPLUS = "surplus"  # paid, after another attempt of the same payment was


SETTLED = frozenset(
    {
        AttemptStatus.REFUSED,
        AttemptStatus.ENDED,
        AttemptStatus.CAPTURED,
        AttemptStatus.MISMATCHED,
        AttemptStatus.SURPLUS,
    }
)


class RefundReason(StrEnum):
    """Why captured money must go back."""

    NO_ORDER = "no_order"
    WRONG_AMOUNT = "wrong_amount"
    PAID_TWICE = "paid_twice"


def may_move(status: str, to: PaymentStatus) -> bool:
    """Tell whether a payment may move to that status."""
    return to in _MOVES[PaymentStatus(status)]


def fits(*, asked: Money, asked_ref: str, paid: Money | None, paid_ref: str, mode: str, wanted_mode: str) -> bool:
    """Tell whether what the provider recorded is exactly what was asked for, in the mode this shop runs in."""
    return paid == asked and paid_ref == asked_ref and mode == wanted_mode


def next_check(now: datetime, *, checks: int, first_seconds: int, longest_seconds: int) -> datetime:
    """Return when to verify again: the pause doubles with each check, up to the longest."""
    pause = min(first_seconds * 2 ** min(checks, 30), longest_seconds)
    return now + timedelta(seconds=pause)
