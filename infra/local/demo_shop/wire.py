"""How does one request of the demo shop's loader reach the API and come back with an answer?"""

import json
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from email.message import Message
from http.client import HTTPException

from infra.local.demo_shop.requests_for import Json, Request

TRIES = 5
TIMEOUT_SECONDS = 30
FIRST_PAUSE_SECONDS = 0.2
LONGEST_PAUSE_SECONDS = 5.0

_NOT_NOW = frozenset({429, 502, 503, 504})


class LoadError(Exception):
    """The API refused a request or did not answer; running the loader again goes on from there."""

    def __init__(self, request: Request, reason: str) -> None:
        super().__init__(f"{request.method} {request.path}: {reason}")
        self.request = request
        self.reason = reason


@dataclass(frozen=True)
class Answer:
    status: int
    body: Json
    retry_after_seconds: float | None = None

    @property
    def is_final(self) -> bool:
        """A 409 with `Retry-After` says that the same request is still running."""
        still_running = self.status == 409 and self.retry_after_seconds is not None
        return self.status not in _NOT_NOW and not still_running

    @property
    def code(self) -> str:
        return str(self.body.get("code", ""))


@dataclass(frozen=True)
class Api:
    url: str
    token: str

    def send(self, request: Request, *, refusals: frozenset[str] = frozenset()) -> Answer:
        """Send until there is a final answer; codes in `refusals` are answers, other refusals raise.

        Sending again is safe because each state change carries an idempotency key.
        """
        answer = self._final_answer(request)
        if answer.status < 300 or (answer.status == 409 and answer.code in refusals):
            return answer
        raise LoadError(request, f"{answer.status} {answer.code or answer.body.get('title', '')}".strip())

    def _final_answer(self, request: Request) -> Answer:
        reason = ""
        for attempt in range(TRIES):
            pause_seconds = FIRST_PAUSE_SECONDS * 2**attempt
            try:
                answer = self._send_once(request)
            except (OSError, HTTPException) as fault:
                reason = f"no answer ({fault})"
            else:
                if answer.is_final:
                    return answer
                reason = f"{answer.status} {answer.code}".strip()
                pause_seconds = answer.retry_after_seconds or pause_seconds
            if attempt < TRIES - 1:
                time.sleep(min(pause_seconds, LONGEST_PAUSE_SECONDS))
        raise LoadError(request, f"{reason} after {TRIES} tries")

    def _send_once(self, request: Request) -> Answer:
        try:
            with urllib.request.urlopen(self._prepared(request), timeout=TIMEOUT_SECONDS) as reply:
                return _answer(reply.status, reply.headers, reply.read())
        except urllib.error.HTTPError as refusal:
            with refusal:
                return _answer(refusal.code, refusal.headers, refusal.read())

    def _prepared(self, request: Request) -> urllib.request.Request:
        headers = {"Authorization": f"Bearer {self.token}", "Accept": "application/json"}
        if request.content is not None:
            headers |= {"Content-Type": "application/json"}
            if request.is_keyed:
                headers["Idempotency-Key"] = request.idempotency_key
            if request.if_match is not None:
                headers["If-Match"] = request.if_match
        return urllib.request.Request(
            self.url.rstrip("/") + request.path, data=request.content, headers=headers, method=request.method
        )


def _answer(status: int, headers: Message, content: bytes) -> Answer:
    try:
        body = json.loads(content or b"{}")
    except ValueError:
        body = {"title": content[:200].decode(errors="replace")}
    return Answer(status, body if isinstance(body, dict) else {"items": body}, _retry_after_seconds(headers))


def _retry_after_seconds(headers: Message) -> float | None:
    """`Retry-After` in seconds; its other form, a date (RFC 9110, 10.2.3), is ignored."""
    value = headers.get("Retry-After", "")
    return float(value) if value.isdecimal() else None
