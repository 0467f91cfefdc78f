"""What does the payments domain announce?"""

from dataclasses import dataclass
from typing import ClassVar

from chalicelib.core.events.event import Event


@dataclass(frozen=True)
class PaymentHinted(Event):
    """The provider said that something happened to an attempt. It is a hint: the verify call is the truth.

    ``news`` is ``reversed`` when it says that it took the money back.
    """

    TYPE: ClassVar[str] = "payment.hinted"

    tx_ref: str
    news: str = ""


@dataclass(frozen=True)
class PaymentCaptured(Event):
    """Money for a checkout has arrived and was verified."""

    TYPE: ClassVar[str] = "payment.captured"

    payment_id: str
    checkout_id: str
    owner: str
    tx_ref: str


@dataclass(frozen=True)
class RefundRequested(Event):
    """Money must go back, and the provider is to be asked for it."""

    TYPE: ClassVar[str] = "refund.requested"

    refund_id: str
    payment_id: str
    checkout_id: str
    owner: str


@dataclass(frozen=True)
class RefundAsked(Event):
    """The provider has taken on to give money back."""

    TYPE: ClassVar[str] = "refund.asked"

    refund_id: str
    payment_id: str
    checkout_id: str
    owner: str


@dataclass(frozen=True)
class RefundCompleted(Event):
    """Money has gone back."""

    TYPE: ClassVar[str] = "refund.completed"

    refund_id: str
    payment_id: str
    checkout_id: str
    owner: str


@dataclass(frozen=True)
class RefundHinted(Event):
    """The provider said what became of money that goes back. Which refund, it tells by one of its ids or only by the
    payment; ``standing`` is ``done``, ``failed`` or ``under_way``."""

    TYPE: ClassVar[str] = "refund.hinted"

    tx_ref: str
    refund_id: str
    amount: str
    standing: str
