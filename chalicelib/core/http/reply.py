"""What goes back? A finished answer: status, headers and text, with tags and caching decided."""

import hashlib
from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel

from chalicelib.core import clock
from chalicelib.core.http.operation import Answer, Elsewhere, Html, Operation
from chalicelib.core.http.request import Request
from chalicelib.core.settings import settings
from chalicelib.core.wire import Page

JSON = "application/json"


@dataclass
class Reply:
    """Status, headers and body as they leave."""

    status: int
    body: str = ""
    headers: dict[str, str] = field(default_factory=dict)


def reply_to(operation: Operation, request: Request, result: Any) -> Reply:
    """Turn what a view returned into a reply, 304 where the caller already has it."""
    answer = result if isinstance(result, Answer) else Answer(result)
    reply = _body_of(operation, answer)
    if answer.location is not None:
        reply.headers["Location"] = f"{settings.public_base_url}{answer.location}"
    if isinstance(answer.body, Page) and answer.body.next_cursor:
        reply.headers["Link"] = _next_link(request, answer.body.next_cursor)
    reply.headers["Content-Language"] = answer.language or request.locale
    if reply.body:
        reply.headers["ETag"] = tag = tag_of(answer.version, reply.body)
        if not operation.changes_state and _already_has(request, tag):
            reply.status, reply.body = 304, ""
    reply.headers["Cache-Control"] = _caching(operation, answer)
    return reply


def tag_of(version: int | None, body: str) -> str:
    """Return the strong tag ``"<version>.<digest of all that shapes the answer>"`` (RFC 9110 section 8.8.3)."""
    return f'"{version or 0}.{hashlib.blake2b(body.encode(), digest_size=8).hexdigest()}"'


def _body_of(operation: Operation, answer: Answer[Any]) -> Reply:
    match answer.body:
        case None:
            return Reply(204 if operation.status == 200 else operation.status)
        case Elsewhere() as further:
            return Reply(operation.status, headers={"Location": further.address})
        case BaseModel() as model:
            return Reply(operation.status, model.model_dump_json(), {"Content-Type": JSON})
        case Html() as page:
            headers = {"Content-Type": page.content_type, "Content-Security-Policy": page.policy}
            return Reply(operation.status, page.text, headers)
        case unknown:
            raise TypeError(f"{operation.id} returned {type(unknown).__name__}, which is no answer")


def _already_has(request: Request, tag: str) -> bool:
    given = request.headers.get("if-none-match")
    if given is None:
        return False
    # A weak comparison (RFC 9110 section 13.1.2): whatever compresses on the way weakens the tag.
    tags = [each.strip().removeprefix("W/") for each in given.split(",")]
    return tags == ["*"] or tag in tags


def _caching(operation: Operation, answer: Answer[Any]) -> str:
    if not operation.is_cacheable:
        return "no-store"
    if isinstance(answer.body, Html) and answer.body.is_immutable:
        return f"public, max-age={settings.assets_cached_seconds}, immutable"
    seconds = settings.catalogue_cached_seconds
    left = 2 * seconds if answer.good_until is None else _seconds_until(answer.good_until)
    fresh = min(seconds, left)
    return f"public, max-age={fresh}, stale-while-revalidate={min(seconds, left - fresh)}"


def _seconds_until(moment: str) -> int:
    """Return whole seconds, rounded down, so that nothing is kept beyond the moment."""
    return max(int((clock.from_text(moment) - clock.now()).total_seconds()), 0)


def _next_link(request: Request, cursor: str) -> str:
    from urllib.parse import urlencode

    others = [(name, value) for name, values in request.query.items() for value in values if name != "cursor"]
    return f'<{settings.public_base_url}{request.path}?{urlencode([*others, ("cursor", cursor)])}>; rel="next"'
