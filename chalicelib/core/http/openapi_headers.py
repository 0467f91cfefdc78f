"""Which headers does the API's document tell of? Those that an operation reads, and those that its answers carry."""

from collections.abc import Mapping, Sequence
from typing import Any

from chalicelib.core.errors import Refusal, TooManyAttempts
from chalicelib.core.http.operation import IfMatch, Keyed, Operation
from chalicelib.core.wire import Page

_TEXT = {"type": "string"}
_ACCEPT_LANGUAGE = {
    "name": "Accept-Language",
    "in": "header",
    "description": "Languages you read, as browsers send them.",
    "schema": {"type": "string", "examples": ["am-ET, am;q=0.9, en;q=0.5"]},
}
_IF_NONE_MATCH = {
    "name": "If-None-Match",
    "in": "header",
    "description": "The `ETag` of the answer you have; 304 if it is still the answer.",
    "schema": _TEXT,
}
_REQUEST_ID = {"description": "Name it when you ask for help.", "required": True, "schema": _TEXT}
_ETAG = {
    "description": "The version, and a digest of all else that shapes the answer.",
    "schema": {"type": "string", "pattern": '^"[0-9]+\\.[0-9a-f]{16}"$'},
}
_CACHE_CONTROL = {"description": "Who may keep the answer, and how long.", "required": True, "schema": _TEXT}
_LOCATION = {"description": "Where the thing lives.", "schema": {"type": "string", "format": "uri"}}
_LINK = {"description": "The next page (RFC 8288).", "schema": _TEXT}
_REPLAYED = {"description": "`true` if the request had been carried out before.", "schema": {"enum": ["true"]}}
_OF_THROTTLES: dict[str, dict[str, Any]] = {
    "RateLimit-Policy": {
        "description": "Each policy with its quota (`q`) and window in seconds (`w`).",
        "schema": {"type": "string", "pattern": '^"[a-z_]+";q=[0-9]+;w=[0-9]+(, "[a-z_]+";q=[0-9]+;w=[0-9]+)*$'},
    },
    "RateLimit": {
        "description": "What is left of each policy (`r`), and in how many seconds there is one more (`t`).",
        "schema": {"type": "string", "pattern": '^"[a-z_]+";r=[0-9]+;t=[0-9]+(, "[a-z_]+";r=[0-9]+;t=[0-9]+)*$'},
    },
}
_OF_REFUSALS = {
    "Retry-After": {"description": "Seconds to wait before trying again.", "schema": {"type": "integer"}},
    "WWW-Authenticate": {"description": "How to sign in (RFC 6750).", "schema": _TEXT},
}


def read_by(operation: Operation) -> list[dict[str, Any]]:
    """Return the headers that decide what an operation does."""
    headers: list[dict[str, Any]] = [_ACCEPT_LANGUAGE]
    if not operation.changes_state:
        headers.append(_IF_NONE_MATCH)
    elif operation.keyed is not Keyed.REFUSED:
        headers.append(_idempotency_key(is_required=operation.keyed is Keyed.REQUIRED))
    if operation.if_match is not IfMatch.IGNORED:
        headers.append(_if_match(is_required=operation.if_match is IfMatch.REQUIRED))
    return headers


def of_success(operation: Operation, status: int) -> dict[str, Any]:
    """Return the headers of an answer that is no refusal."""
    headers: dict[str, Any] = {"X-Request-Id": _REQUEST_ID, "Cache-Control": _CACHE_CONTROL}
    if status not in (204, 303):
        # What follows a change may have made the answer fresher than its tag.
        headers["ETag"] = _ETAG | {"required": operation.follow_up is None}
    if status in (201, 202, 303):
        headers["Location"] = _LOCATION
    if status == 200 and isinstance(operation.answer_type, type) and issubclass(operation.answer_type, Page):
        headers["Link"] = _LINK
    if operation.changes_state and operation.keyed is not Keyed.REFUSED:
        headers["Idempotency-Replayed"] = _REPLAYED
    # A request that no policy counts hears of none.
    return headers | _throttled(operation, is_required=any(each.when is None for each in operation.throttles))


def of_refusals(operation: Operation, refusals: Sequence[type[Refusal]]) -> dict[str, Any]:
    """Return the headers of the answers with one status; required is what each of its refusals carries."""
    names = {name for refusal in refusals for name in refusal.headers}
    special = {name: _OF_REFUSALS[name] | {"required": _all_carry(name, refusals)} for name in sorted(names)}
    # What is refused before it is counted tells nothing of it.
    throttled = _throttled(operation, is_required=set(refusals) == {TooManyAttempts})
    return {"X-Request-Id": _REQUEST_ID, "Cache-Control": _CACHE_CONTROL, **special, **throttled}


def _throttled(operation: Operation, *, is_required: bool) -> dict[str, Any]:
    if not operation.throttles:
        return {}
    return {name: header | {"required": is_required} for name, header in _OF_THROTTLES.items()}


def _all_carry(name: str, refusals: Sequence[type[Refusal]]) -> bool:
    carried: list[Mapping[str, str]] = [refusal.headers for refusal in refusals]
    return all(name in headers for headers in carried)


def _idempotency_key(*, is_required: bool) -> dict[str, Any]:
    return {
        "name": "Idempotency-Key",
        "in": "header",
        "required": is_required,
        "description": "A value of your own, fresh for each intention; a repeated request is carried out once.",
        "schema": {"type": "string", "pattern": "^[!#-\\[\\]-~]{1,255}$"},
    }


def _if_match(*, is_required: bool) -> dict[str, Any]:
    return {
        "name": "If-Match",
        "in": "header",
        "required": is_required,
        "description": "The `ETag` you read; the change is refused if the thing has changed since.",
        "schema": _TEXT,
    }
