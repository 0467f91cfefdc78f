"""What does the payments domain announce?"""

from dataclasses import dataclass
from typing import ClassVar

from chalicelib.core.events.event import Event


@dataclass(frozen=True)
class PaymentHinted(Event):
    """The provider said that something happened to an attempt. It is a hint: the verify call is the truth."""

    TYPE: ClassVar[str] = "payment.hinted"

    tx_ref: str


@dataclass(frozen=True)
class PaymentCaptured(Event):
    """Money for a checkout has arrived and was verified."""

    TYPE: ClassVar[str] = "payment.captured"

    payment_id: str
    checkout_id: str
    owner: str
    tx_ref: str
