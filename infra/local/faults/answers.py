"""How does an answer of a vendor's API go wrong on the wire?"""

from collections.abc import Callable
from enum import StrEnum

from pydantic import BaseModel, ConfigDict, Field, JsonValue

from infra.local.serving import Answer, NoReply, Reply

Pause = Callable[[float], None]

_ERROR_PAGE = b"""<!DOCTYPE html>
<html><head><title>Server Error</title></head>
<body><h1>Server Error</h1><p>Something went wrong, please try again later.</p></body></html>
"""


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
    code: int | None = None
    times: int | None = Field(default=None, ge=1)

    @property
    def is_carried_out(self) -> bool:
        if self.takes_effect is None:
            return self.kind in (FaultKind.DROP, FaultKind.HANG)
        return self.takes_effect and self.kind != FaultKind.REFUSE


def answer(
    fault: AnswerFault | None,
    carry_out: Callable[[], Answer],
    *,
    pause: Pause,
    refusal: Callable[[AnswerFault], Reply],
) -> Answer:
    """The answer of `carry_out`, or what `fault` makes of it; `refusal` is how this vendor says no."""
    if fault is None:
        return carry_out()
    reply = carry_out() if fault.is_carried_out else NoReply()
    if fault.kind is FaultKind.HANG:
        pause(fault.seconds)
        return reply
    if fault.kind is FaultKind.HTML:
        return Reply(fault.status or 500, _ERROR_PAGE, "text/html; charset=utf-8")
    if fault.kind is FaultKind.REFUSE:
        return refusal(fault)
    return NoReply()
