"""What do the steps of a checkout take, and what can come of them?"""

from dataclasses import dataclass
from enum import StrEnum

from chalicelib.checkout import rules


@dataclass(frozen=True)
class CheckoutRef:
    """All that a step is given: ids, and the token when it has to wait."""

    checkout_id: str
    owner: str
    attempt: int
    task_token: str = ""

    @property
    def reservation_id(self) -> str:
        """Return the name of this attempt's reservation."""
        return rules.reservation_id(self.checkout_id, self.attempt)


class Outcome(StrEnum):
    """What the machines branch on. A refusal is an outcome; only a fault is an exception."""

    RESERVED = "reserved"
    OUT_OF_STOCK = "out_of_stock"
    COUPON_USED_UP = "coupon_used_up"
    READY = "ready"
    SETTLED = "settled"
    PAYMENT_REFUSED = "payment_refused"
    WAITING = "waiting"
    PLACED = "placed"
    STOCK_GONE = "stock_gone"
    REFUSED = "refused"
    ALREADY_PLACED = "already_placed"
    SUPERSEDED = "superseded"
    CAPTURED = "captured"
    CLOSED = "closed"
    RELEASED = "released"
    SPENT = "spent"
    REVIVED = "revived"
