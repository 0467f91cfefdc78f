"""Which moves may a payment and its attempts make, and does the money that came fit?"""

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

    CREATED = "created"  # stored before the provider was called; its page is the payment's, or its answer is lost
    REFUSED = "refused"
    ENDED = "ended"  # unpaid, and never again payable
    CAPTURED = "captured"
    MISMATCHED = "mismatched"  # paid, but not what was asked for
    SURPLUS = "surplus"  # paid, after another attempt of the same payment was


# Its money has come, and has its fate.
PAID = frozenset({AttemptStatus.CAPTURED, AttemptStatus.MISMATCHED, AttemptStatus.SURPLUS})
# Nobody looks at it any more, unless the provider says that money came after all.
SETTLED = PAID | {AttemptStatus.REFUSED, AttemptStatus.ENDED}


class RefundReason(StrEnum):
    """Why captured money must go back."""

    NO_ORDER = "no_order"
    NOT_AS_ASKED = "not_as_asked"
    PAID_TWICE = "paid_twice"


class ImpossibleMove(Exception):
    """A payment was about to move where it never may; that is a bug."""


def demand_move(status: str, to: PaymentStatus) -> None:
    """Raise ``ImpossibleMove`` unless a payment may move to that status."""
    if to not in _MOVES[PaymentStatus(status)]:
        raise ImpossibleMove(f"{status} to {to}")


def fits(*, asked: Money, asked_ref: str, paid: Money | None, paid_ref: str, mode_matches: bool) -> bool:
    """Tell whether what the provider recorded is exactly what was asked for, in the mode this shop runs in."""
    return paid == asked and paid_ref == asked_ref and mode_matches


def pause_before_check(*, checks: int, first_seconds: int, longest_seconds: int) -> int:
    """Return the seconds before an open attempt is verified again: they double, up to the longest."""
    doublings = min(checks, longest_seconds.bit_length())
    return int(min(first_seconds * 2**doublings, longest_seconds))
