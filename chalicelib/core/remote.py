"""How is somebody else's HTTP API called? Once, within a time, without redirects, reading no more than it can mean."""

import json
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import requests

_ANSWER_LIMIT_BYTES = 65_536


class RemoteSilent(Exception):
    """No answer came, or one that cannot be read to its end; what the call did is unknown."""


class RemoteUnreached(RemoteSilent):
    """Nobody was there to send anything to, so nothing was done."""


@dataclass(frozen=True)
class RemoteAnswer:
    """``content`` is the JSON object of the body; what is none, such as a page of HTML, says nothing."""

    status: int
    content: dict[str, Any]


def call(method: str, url: str, *, patience_seconds: int, **request: Any) -> RemoteAnswer:
    """Make one call, never twice: only whoever calls knows whether repeating is safe.

    Raises ``RemoteSilent`` with words that quote nothing of what was sent.
    """
    from requests import RequestException

    try:
        with _session().request(
            method, url, timeout=patience_seconds, allow_redirects=False, stream=True, **request
        ) as response:
            return RemoteAnswer(response.status_code, _as_object(_body_of(response)))
    except RequestException as failure:
        silence = RemoteSilent if _was_sent(failure) else RemoteUnreached
        raise silence(f"did not answer: {type(failure).__name__}") from None


def _was_sent(failure: Exception) -> bool:
    from urllib3.exceptions import ConnectTimeoutError, NewConnectionError

    cause = getattr(failure.args[0], "reason", None) if failure.args else None
    return not isinstance(cause, ConnectTimeoutError | NewConnectionError)


@cache
def _session() -> "requests.Session":
    import requests

    return requests.Session()


def _body_of(response: "requests.Response") -> bytes:
    body = b""
    for chunk in response.iter_content(_ANSWER_LIMIT_BYTES):
        body += chunk
        if len(body) > _ANSWER_LIMIT_BYTES:
            raise RemoteSilent("answered with more than can be meant")
    return body


def _as_object(body: bytes) -> dict[str, Any]:
    try:
        content = json.loads(body, parse_float=Decimal)
    except (ValueError, RecursionError):
        return {}
    return content if isinstance(content, dict) else {}
