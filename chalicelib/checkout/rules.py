"""Which moves may a checkout make, and what is a shopper told of how it ended?"""

from dataclasses import dataclass
from enum import StrEnum

from chalicelib.core.money import Money


class CheckoutStatus(StrEnum):
    """One word for the shopper. What lies behind ``closing`` is being given back."""

    RESERVING = "reserving"
    AWAITING_PAYMENT = "awaiting_payment"
    COMPLETED = "completed"
    CLOSING = "closing"
    OUT_OF_STOCK = "out_of_stock"
    COUPON_USED_UP = "coupon_used_up"
    PAYMENT_REFUSED = "payment_refused"
    PAYMENT_UNAVAILABLE = "payment_unavailable"  # no page could be had; a later try may succeed
    EXPIRED = "expired"
    CANCELLED = "cancelled"
    FAILED = "failed"


ACTIVE = frozenset({CheckoutStatus.RESERVING, CheckoutStatus.AWAITING_PAYMENT})
ENDED = frozenset(
    {
        CheckoutStatus.OUT_OF_STOCK,
        CheckoutStatus.COUPON_USED_UP,
        CheckoutStatus.PAYMENT_REFUSED,
        CheckoutStatus.PAYMENT_UNAVAILABLE,
        CheckoutStatus.EXPIRED,
        CheckoutStatus.CANCELLED,
        CheckoutStatus.FAILED,
    }
)
OVER = ENDED | {CheckoutStatus.COMPLETED}
_MOVES: dict[CheckoutStatus, frozenset[CheckoutStatus]] = {
    CheckoutStatus.RESERVING: frozenset(
        {CheckoutStatus.AWAITING_PAYMENT, CheckoutStatus.COMPLETED, CheckoutStatus.CLOSING}
    ),
    CheckoutStatus.AWAITING_PAYMENT: frozenset({CheckoutStatus.COMPLETED, CheckoutStatus.CLOSING}),
    CheckoutStatus.CLOSING: ENDED | {CheckoutStatus.RESERVING},
    CheckoutStatus.COMPLETED: frozenset(),
    **{ended: frozenset({CheckoutStatus.RESERVING}) for ended in ENDED},  # late money revives it
}


class ImpossibleMove(Exception):
    """A checkout was about to move where it never may; that is a bug."""


@dataclass(frozen=True)
class Totals:
    """What is to be paid, and its parts."""

    subtotal: Money
    discount: Money
    shipping: Money
    tax: Money
    total: Money


def moved(status: str, to: CheckoutStatus) -> CheckoutStatus:
    """Return the new status, or raise ``ImpossibleMove``."""
    if to not in _MOVES[CheckoutStatus(status)]:
        raise ImpossibleMove(f"{status} to {to}")
    return to


def is_agreed(total: Money, *, accepted: Money | None, has_moved: bool) -> bool:
    """Tell whether the shopper agreed to a total: by accepting it, or by having seen what has not moved."""
    return not has_moved if accepted is None else accepted == total


def reservation_id(checkout_id: str, attempt: int) -> str:
    """Return the name of one attempt's reservation, and of its execution."""
    return f"{checkout_id}-{attempt}"
