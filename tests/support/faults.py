"""How does a test make AWS fail? On the wire: a client's next calls get AWS's own documented errors."""

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from botocore.awsrequest import AWSResponse

_HEADERS = {"Content-Type": "application/x-amz-json-1.0"}


@dataclass
class Fault:
    """What calls get instead of an answer, and how many got it."""

    made: int = 0


@contextmanager
def failing(
    client: Any,
    operation: str,
    error: str,
    *,
    times: int = 1,
    status: int = 400,
    reasons: Sequence[str] = (),
    is_carried_out: bool = False,
    after: int = 0,
    before: Callable[[], None] | None = None,
) -> Iterator[Fault]:
    """Let the next calls of an operation fail.

    ``reasons`` are a cancelled transaction's codes per item. With ``is_carried_out`` the call takes effect and
    only its answer is lost. So many calls pass ``after`` which it begins. ``before`` is run just before each failure.
    """
    fault = Fault()
    describe = _as_xml if client.meta.service_model.protocol == "query" else _as_json
    name = f"before-send.{client.meta.service_model.service_name}.{operation}"

    passed = 0

    def answer(request: Any, **_: Any) -> AWSResponse | None:
        nonlocal passed
        if passed < after or fault.made >= times:
            passed += 1
            return None
        fault.made += 1
        if before is not None:
            before()
        if is_carried_out:
            client._endpoint.http_session.send(request)
        return AWSResponse(request.url, status, _HEADERS, _Body(describe(error, reasons)))

    client.meta.events.register_first(name, answer)
    try:
        yield fault
    finally:
        client.meta.events.unregister(name, answer)


def _as_json(error: str, reasons: Sequence[str]) -> bytes:
    body: dict[str, Any] = {"__type": f"com.amazonaws.dynamodb.v20120810#{error}", "message": "made by a test"}
    if reasons:
        body["CancellationReasons"] = [{"Code": code} for code in reasons]
    return json.dumps(body).encode()


def _as_xml(error: str, reasons: Sequence[str]) -> bytes:
    return (
        f"<ErrorResponse><Error><Code>{error}</Code><Message>made by a test</Message></Error></ErrorResponse>".encode()
    )


class _Body:
    """A body that is there already."""

    def __init__(self, content: bytes) -> None:
        self._content = content

    def stream(self) -> Iterator[bytes]:
        yield self._content
