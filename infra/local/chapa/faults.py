"""How does an answer of the API go wrong on the wire?"""

from collections.abc import Callable

from infra.local.chapa.switches import AnswerFault, FaultKind
from infra.local.serving import Answer, NoReply, Reply, json_reply

Pause = Callable[[float], None]

_ERROR_PAGE = b"""<!DOCTYPE html>
<html><head><title>Server Error</title></head>
<body><h1>Server Error</h1><p>Something went wrong, please try again later.</p></body></html>
"""


def answer(fault: AnswerFault | None, carry_out: Callable[[], Answer], *, pause: Pause) -> Answer:
    """The answer of `carry_out`, or what `fault` makes of it."""
    if fault is None:
        return carry_out()
    reply = carry_out() if fault.is_carried_out else NoReply()
    if fault.kind is FaultKind.HANG:
        pause(fault.seconds)
        return reply
    if fault.kind is FaultKind.HTML:
        return Reply(fault.status or 500, _ERROR_PAGE, "text/html; charset=utf-8")
    if fault.kind is FaultKind.REFUSE:
        return json_reply(fault.status or 400, {"message": fault.message, "status": "failed", "data": None})
    return NoReply()
