"""What must a payment provider be able to do? The port that adapters such as Chapa's fill."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from chalicelib.core.money import Money


class ProviderUnavailable(Exception):
    """The provider did not answer, or not sensibly; what the call did is unknown."""


class ProviderUnreached(ProviderUnavailable):
    """The provider could not be asked at all, or turned the call away unread; so the call did nothing."""


class ProviderLeftAlone(ProviderUnreached):
    """The provider is not asked, since so many calls before came to nothing."""


class ProviderMisconfigured(Exception):
    """The provider does not accept our credentials; only an operator can mend that."""


@dataclass(frozen=True)
class LinkRequest:
    """What a payment page is asked for with. ``tx_ref`` is ours, and unique for ever; ``about`` is given back."""

    tx_ref: str
    amount: Money
    return_url: str
    email: str
    name: str = ""
    phone: str = ""
    about: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class OpenedLink:
    """The page on which the shopper pays."""

    url: str


@dataclass(frozen=True)
class RefusedLink:
    """The provider will not make a page, and says why."""

    reason: str


class Standing(StrEnum):
    """What the provider's record says of an attempt."""

    PAID = "paid"
    PENDING = "pending"
    FAILED = "failed"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Verified:
    """The provider's record of an attempt. Amount, mode and reference are there when it is paid.

    ``charge`` is what the provider took for itself, if it says so.
    """

    standing: Standing
    tx_ref: str = ""
    amount: Money | None = None
    mode: str = ""
    reference: str = ""
    charge: Money | None = None
    is_refunded: bool = False  # all of it went back
    is_reversed: bool = False  # the provider took it back itself


@dataclass(frozen=True)
class RefundRequest:
    """What is asked back of a paid attempt. ``refund_id`` is ours, and unique for ever."""

    refund_id: str
    tx_ref: str
    reference: str | None  # the provider's own, of the payment
    amount: Money
    reason: str


@dataclass(frozen=True)
class TakenRefund:
    """The provider will pay it, some days from now."""


@dataclass(frozen=True)
class RefusedRefund:
    """The provider will not pay it, and says why."""

    reason: str


class RefundStanding(StrEnum):
    """What the provider tells of a refund by itself."""

    DONE = "done"
    FAILED = "failed"
    UNDER_WAY = "under_way"


@dataclass(frozen=True)
class RefundNews:
    """What the provider tells by itself: which of the ids it names may be ours, and the amount as it writes it."""

    names: tuple[str, ...]
    amount: str
    standing: RefundStanding


@dataclass(frozen=True)
class Recorded:
    """One payment of the provider's own list."""

    tx_ref: str
    reference: str


@dataclass(frozen=True)
class RecordedPage:
    """Some of the provider's payments, newest first, as far as they are paid."""

    paid: tuple[Recorded, ...]
    has_more: bool


class PaymentProvider(Protocol):
    """Each call may raise ``ProviderUnavailable`` or ``ProviderMisconfigured``."""

    def open_link(self, request: LinkRequest) -> OpenedLink | RefusedLink:
        """Ask for a payment page."""

    def cancel_link(self, tx_ref: str) -> None:
        """Make a page unpayable; one that is unpayable or unknown already is fine."""

    def verify(self, tx_ref: str) -> Verified:
        """Read the provider's record of an attempt."""

    def recorded(self, page: int) -> RecordedPage:
        """Read a page of all that the provider has."""

    def ask_refund(self, request: RefundRequest) -> TakenRefund | RefusedRefund:
        """Ask for money to be paid back. Only the request's own id keeps the provider from paying twice."""
