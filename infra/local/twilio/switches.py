"""Which misbehaviour of the vendor is switched on, and for which number?"""

from enum import StrEnum

from pydantic import Field

from infra.local import switching


class Operation(StrEnum):
    CREATE = "create"
    FETCH = "fetch"
    LIST = "list"


class Signature(StrEnum):
    VALID = "valid"
    FORGED = "forged"
    MISSING = "missing"


class Outcome(StrEnum):
    """Where a message ends; one that stays `queued` or `sent` is never heard of again."""

    DELIVERED = "delivered"
    UNDELIVERED = "undelivered"
    FAILED = "failed"
    SENT = "sent"
    QUEUED = "queued"


class Switches(switching.Switches[Operation]):
    """Everything that can be made to go wrong; the defaults are a vendor on a good day."""

    outcome: Outcome = Outcome.DELIVERED
    error_code: int | None = None
    callback_delay_seconds: float = Field(default=0, ge=0)
    callback_copies: int = Field(default=1, ge=0, le=20)
    callback_reordered: bool = False
    callback_signature: Signature = Signature.VALID
    callback_fields: dict[str, str] = Field(default_factory=dict)


class SwitchBoard(switching.SwitchBoard[Switches]):
    """A subject is the number that a message goes to."""

    everywhere: Switches = Field(default_factory=Switches)
