"""What does the simulator remember?"""

from enum import StrEnum

from pydantic import AwareDatetime, BaseModel, Field

from infra.local import remembering
from infra.local.twilio.switches import Signature


class Settings(remembering.Settings):
    """The vendor's clocks. As it comes, a callback is tried once more, and only when the shop cannot be reached."""

    status_seconds: float = Field(default=1, ge=0)
    seconds_between_tries: float = Field(default=1, ge=0)
    delivery_tries: int = Field(default=2, ge=1)
    delivery_timeout_seconds: float = Field(default=15, gt=0)
    retries_on: str = Field(default="no_connection", pattern="^(no_connection|any_failure)$")


class Status(StrEnum):
    ACCEPTED = "accepted"
    QUEUED = "queued"
    SENT = "sent"
    DELIVERED = "delivered"
    UNDELIVERED = "undelivered"
    FAILED = "failed"


class Change(BaseModel):
    """What a message becomes, and when."""

    status: Status
    at: AwareDatetime
    error_code: int | None = None


class Message(BaseModel):
    sid: str
    account_sid: str
    to: str
    sender: str | None
    messaging_service_sid: str | None
    body: str
    encoding: str
    segments: int
    status: Status
    status_callback: str | None
    error_code: int | None = None
    created_at: AwareDatetime
    updated_at: AwareDatetime
    sent_at: AwareDatetime | None = None
    upcoming: list[Change] = Field(default_factory=list)


class Delivery(remembering.Delivery):
    """One status callback."""

    sid: str
    url: str
    fields: dict[str, str]
    signature: Signature = Signature.VALID

    @property
    def subject(self) -> str:
        return self.sid


class ApiCall(remembering.ApiCall):
    to: str | None
