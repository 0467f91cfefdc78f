"""What does the simulator remember?"""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from pydantic import AwareDatetime, BaseModel, Field, JsonValue

from infra.local import remembering
from infra.local.chapa.switches import CallbackMethod, Scheme, Signature

TRIES_PER_LINK = 10


class Settings(remembering.Settings):
    """What a merchant sets in the dashboard, and the clocks of the simulator."""

    webhook_url: str = ""
    merchant_name: str = "Nexus demo shop"
    link_window_seconds: float = Field(default=3600, ge=0)
    refund_seconds: float = Field(default=2, ge=0)
    refund_path: str = Field(default="either", pattern="^(tx_ref|reference|either)$")
    fee_percent: Decimal = Field(default=Decimal("3.5"), ge=0, le=100)
    charge_on_top: bool = False
    opening_balance: Decimal = Field(default=Decimal(1_000_000), ge=0)


@dataclass(frozen=True)
class Secrets:
    """What proves to the merchant that a webhook is the vendor's."""

    hash: str
    user: str
    password: str


class Status(StrEnum):
    UNPAID = "unpaid"
    PENDING = "pending"
    SUCCESS = "success"
    FAILED = "failed"
    REFUNDED = "refunded"
    REVERSED = "reversed"


class Closed(StrEnum):
    """Why a checkout link takes no more tries."""

    PAID = "paid"
    CANCELLED_BY_MERCHANT = "cancelled_by_merchant"
    CANCELLED_BY_CUSTOMER = "cancelled_by_customer"
    TRIES_USED_UP = "tries_used_up"
    EXPIRED = "expired"


class Refund(BaseModel):
    id: str
    amount: Decimal
    reason: str | None
    merchant_reference: str | None
    meta: dict[str, JsonValue] | None
    created_at: AwareDatetime
    complete_at: AwareDatetime
    is_complete: bool = False


class Transaction(BaseModel):
    tx_ref: str
    reference: str
    token: str
    amount: Decimal
    currency: str
    email: str | None = None
    first_name: str | None = None
    last_name: str | None = None
    phone_number: str | None = None
    callback_url: str | None = None
    return_url: str | None = None
    customization: dict[str, JsonValue] = Field(default_factory=dict)
    meta: JsonValue = None
    subaccounts: JsonValue = None
    status: Status = Status.UNPAID
    closed: Closed | None = None
    tries: int = 0
    method: str = "test"
    wallet: str | None = None
    charge: Decimal = Decimal(0)
    created_at: AwareDatetime
    updated_at: AwareDatetime
    expires_at: AwareDatetime
    refunds: list[Refund] = Field(default_factory=list)
    verify_calls_since_paid: int = 0

    @property
    def was_captured(self) -> bool:
        return self.status in (Status.SUCCESS, Status.REFUNDED, Status.REVERSED)

    @property
    def refunded(self) -> Decimal:
        """What has been asked back, completed or not."""
        return sum((refund.amount for refund in self.refunds), Decimal(0))

    def taken(self, settings: Settings) -> Decimal:
        """What the record names as the amount: with the charge, where customers bear it."""
        return self.amount + self.charge if settings.charge_on_top else self.amount

    def closed_because(self, now: datetime) -> Closed | None:
        if self.closed is None and now >= self.expires_at:
            return Closed.EXPIRED
        return self.closed


class Delivery(remembering.Delivery):
    """One webhook or one call of `callback_url`."""

    tx_ref: str
    event: str
    url: str | None = None
    body: str = ""
    signature: Signature = Signature.VALID
    scheme: Scheme = Scheme.STANDARD
    callback_method: CallbackMethod = CallbackMethod.GET

    @property
    def subject(self) -> str:
        return self.tx_ref


class ApiCall(remembering.ApiCall):
    tx_ref: str | None
