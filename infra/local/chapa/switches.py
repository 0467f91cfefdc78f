"""Which misbehaviour of the vendor is switched on, and for which payment?"""

from enum import StrEnum

from pydantic import BaseModel, ConfigDict, Field, JsonValue


class FaultKind(StrEnum):
    DROP = "drop"
    HANG = "hang"
    HTML = "html"
    REFUSE = "refuse"


_OBJECT_MESSAGE: JsonValue = {"amount": ["validation.required"]}


class AnswerFault(BaseModel):
    """What happens to the answer of one API operation.

    `drop` closes the connection, `hang` waits first, `html` answers an error page, `refuse` an error with
    any message. `takes_effect` says whether the call is carried out all the same.
    """

    model_config = ConfigDict(extra="forbid")

    kind: FaultKind
    takes_effect: bool | None = None
    seconds: float = Field(default=30, ge=0)
    status: int | None = Field(default=None, ge=400, le=599)
    message: JsonValue = Field(default_factory=lambda: _OBJECT_MESSAGE)
    times: int | None = Field(default=None, ge=1)

    @property
    def is_carried_out(self) -> bool:
        if self.takes_effect is None:
            return self.kind in (FaultKind.DROP, FaultKind.HANG)
        return self.takes_effect and self.kind != FaultKind.REFUSE


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


class Switches(BaseModel):
    """Everything that can be made to go wrong; the defaults are a vendor on a good day."""

    model_config = ConfigDict(extra="forbid")

    webhook_delay_seconds: float = Field(default=0, ge=0)
    webhook_copies: int = Field(default=1, ge=0, le=20)
    webhook_reordered: bool = False
    webhook_signature: Signature = Signature.VALID
    webhook_fields: dict[str, JsonValue] = Field(default_factory=dict)
    webhook_spaced: bool = False
    no_callback: bool = False
    verify_fields: dict[str, JsonValue] = Field(default_factory=dict)
    verify_pending_calls: int = Field(default=0, ge=0)
    answers: dict[Operation, AnswerFault] = Field(default_factory=dict)


class SwitchBoard(BaseModel):
    """Switches for all payments, for the next ones, and for one `tx_ref`; the narrower wins."""

    everywhere: Switches = Field(default_factory=Switches)
    upcoming: list[Switches] = Field(default_factory=list)
    by_tx_ref: dict[str, Switches] = Field(default_factory=dict)

    def for_payment(self, tx_ref: str | None) -> Switches:
        chosen = self.by_tx_ref.get(tx_ref or "")
        if chosen is None:
            return self.everywhere
        return self.everywhere.model_copy(update={name: getattr(chosen, name) for name in chosen.model_fields_set})

    def bind_next(self, tx_ref: str) -> None:
        """Give the first of the waiting switches to this payment, unless it has its own."""
        if self.upcoming and tx_ref not in self.by_tx_ref:
            self.by_tx_ref[tx_ref] = self.upcoming.pop(0)

    def take_fault(self, operation: Operation, tx_ref: str | None) -> AnswerFault | None:
        """The fault that hits this call, counted down where it has a number of times."""
        own = self.by_tx_ref.get(tx_ref or "")
        for switches in (own, self.everywhere):
            if switches is not None and (fault := switches.answers.get(operation)):
                if fault.times is not None:
                    _count_down(switches, operation, fault.times)
                return fault
        return None


def _count_down(switches: Switches, operation: Operation, times: int) -> None:
    if times == 1:
        del switches.answers[operation]
    else:
        switches.answers[operation] = switches.answers[operation].model_copy(update={"times": times - 1})
