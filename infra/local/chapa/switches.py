"""Which misbehaviour of the vendor is switched on, and for which payment?"""

from enum import StrEnum

from pydantic import Field, JsonValue

from infra.local import switching


class Operation(StrEnum):
    INITIALIZE = "initialize"
    VERIFY = "verify"
    CANCEL = "cancel"
    REFUND = "refund"


class Signature(StrEnum):
    VALID = "valid"
    FORGED = "forged"
    CONSTANT_ONLY = "constant_only"
    BODY_ONLY = "body_only"
    MISSING = "missing"


class Scheme(StrEnum):
    """How a webhook is proved: as a rule, or as the vendor sets up custom webhooks on request."""

    STANDARD = "standard"
    PAYLOAD = "payload"
    BASIC = "basic"


class CallbackMethod(StrEnum):
    GET = "GET"
    POST = "POST"


class Switches(switching.Switches[Operation]):
    """Everything that can be made to go wrong; the defaults are a vendor on a good day."""

    webhook_delay_seconds: float = Field(default=0, ge=0)
    webhook_copies: int = Field(default=1, ge=0, le=20)
    webhook_reordered: bool = False
    webhook_signature: Signature = Signature.VALID
    webhook_scheme: Scheme = Scheme.STANDARD
    webhook_fields: dict[str, JsonValue] = Field(default_factory=dict)
    webhook_spaced: bool = False
    no_callback: bool = False
    callback_method: CallbackMethod = CallbackMethod.GET
    verify_fields: dict[str, JsonValue] = Field(default_factory=dict)
    verify_pending_calls: int = Field(default=0, ge=0)


class SwitchBoard(switching.SwitchBoard[Switches]):
    """A subject is a `tx_ref`."""

    everywhere: Switches = Field(default_factory=Switches)
