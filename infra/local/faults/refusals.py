"""How does each service say no? In its own documented errors, so that its clients' own retries are the real ones."""

import json
from dataclasses import dataclass

from infra.local.faults.calls import Call
from infra.local.faults.fates import Fate
from infra.local.serving import Reply

_QUERY_SERVICES = frozenset({"sns", "ses", "sqs"})
_TRANSACTION = "TransactWriteItems"


@dataclass(frozen=True)
class _Error:
    code: str
    status: int = 400
    # What each item of a cancelled transaction says instead.
    reason: str = ""


_ERRORS: dict[Fate, _Error] = {
    Fate.FAILED: _Error("InternalServerError", 500),
    Fate.THROTTLED: _Error("ThrottlingException", reason="ThrottlingError"),
    Fate.STARVED: _Error("ProvisionedThroughputExceededException", reason="ProvisionedThroughputExceeded"),
    Fate.CONFLICTED: _Error("TransactionConflictException", reason="TransactionConflict"),
    Fate.REFUSED: _Error("ValidationException"),
    Fate.DENIED: _Error("AccessDeniedException"),
    Fate.NOT_YET: _Error("ResourceNotFoundException"),
}
# What only a table says; elsewhere the nearest thing is said.
_ELSEWHERE = {Fate.STARVED: Fate.THROTTLED, Fate.CONFLICTED: Fate.FAILED}
_VENDORS = {
    Fate.FAILED: (500, b"<html><h1>Server Error</h1></html>"),
    Fate.THROTTLED: (429, b'{"message":"Slow down"}'),
    Fate.REFUSED: (400, b'{"message":{"email":["validation.email"]},"status":"failed","data":null}'),
    Fate.DENIED: (401, b'{"message":"Invalid API Key or User doesn\'t exist","status":"failed","data":null}'),
    Fate.NOT_YET: (404, b'{"message":"Payment not paid yet","status":"failed","data":null}'),
}


def refusal(call: Call, fate: Fate, *, is_vendor: bool) -> Reply:
    """Answer a call that never took effect with the error of its service."""
    if call.service != "dynamodb":
        fate = _ELSEWHERE.get(fate, fate)
    if is_vendor:
        status, body = _VENDORS[fate]
        return Reply(status, body, "text/html" if fate is Fate.FAILED else "application/json")
    error = _ERRORS[fate]
    if call.service in _QUERY_SERVICES and call.request.media_type.endswith("x-www-form-urlencoded"):
        return Reply(error.status, _xml(error).encode(), "text/xml")
    return Reply(error.status, json.dumps(_document(call, error)).encode(), "application/x-amz-json-1.0")


def _document(call: Call, error: _Error) -> dict[str, object]:
    if call.operation == _TRANSACTION and error.reason:
        # The first item is the contended one.
        others = [{"Code": "None"}] * (len(call.document.get("TransactItems", ())) - 1)
        return {
            "__type": "com.amazonaws.dynamodb.v20120810#TransactionCanceledException",
            "message": "Transaction cancelled, please refer cancellation reasons for specific reasons",
            "CancellationReasons": [{"Code": error.reason, "Message": "made by a fault"}, *others],
        }
    return {"__type": f"com.amazonaws.{call.service}#{error.code}", "message": "made by a fault"}


def _xml(error: _Error) -> str:
    kind = "Receiver" if error.status >= 500 else "Sender"
    told = f"<Error><Type>{kind}</Type><Code>{error.code}</Code><Message>made by a fault</Message></Error>"
    return f"<ErrorResponse>{told}<RequestId>fault</RequestId></ErrorResponse>"
