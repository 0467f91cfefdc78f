"""How is a call on its way made to fail? A small HTTP proxy asks for each one what is to become of it."""

import threading
from collections.abc import Callable
from http.client import HTTPConnection, HTTPException
from types import TracebackType
from typing import Protocol, Self
from urllib.parse import urlencode, urlsplit

from infra.local.faults.calls import Call
from infra.local.faults.fates import Decision, Fate
from infra.local.faults.refusals import refusal
from infra.local.serving import Answer, NoReply, Reply, Request, Server

# Hop by hop, or written anew by whoever sends.
_NOT_PASSED_ON = frozenset({"connection", "content-length", "content-type", "transfer-encoding", "server", "date"})
_PATIENCE_SECONDS = 30

Upstream = Callable[[Call], Answer]


class Judge(Protocol):
    """Who decides over calls, and hears what was answered."""

    def decide(self, call: Call) -> Decision: ...
    def heard(self, call: Call, answer: Answer) -> None: ...


class FaultProxy:
    """Stands before one service on `url`, while the `with` block lasts."""

    def __init__(
        self, upstream: Upstream, judge: Judge, *, named: Callable[[Request], Call], is_vendor: bool = False
    ) -> None:
        self._upstream, self._judge, self._named, self._is_vendor = upstream, judge, named, is_vendor
        self._is_stopping = threading.Event()
        self._server = Server(self, host="127.0.0.1", port=0)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.port}"

    def answer(self, request: Request) -> Answer:
        """Answer one request as was decided about it."""
        call = self._named(request)
        decision = self._judge.decide(call)
        decision.before()
        answer = self._carried_out(call, decision) if decision.fate.takes_effect else self._refused(call, decision)
        decision.after()
        self._judge.heard(call, answer)
        return answer

    def __enter__(self) -> Self:
        self._server.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._is_stopping.set()
        self._server.stop()

    def _carried_out(self, call: Call, decision: Decision) -> Answer:
        answer = self._upstream(call)
        match decision.fate:
            case Fate.TWICE:
                return self._upstream(call)
            case Fate.DELAYED:
                self._is_stopping.wait(decision.seconds)
                return answer
            case Fate.SILENT:
                self._is_stopping.wait(decision.seconds)
                return NoReply()
            case Fate.UNANSWERED | Fate.KILLED_AFTER:
                return NoReply()
        return answer

    def _refused(self, call: Call, decision: Decision) -> Answer:
        if decision.fate in (Fate.DROPPED, Fate.KILLED_BEFORE):
            return NoReply()
        return refusal(call, decision.fate, is_vendor=self._is_vendor)


def forwarded_to(url: str) -> Upstream:
    """Pass calls on to a server, on one connection for each thread that asks."""
    target, kept = urlsplit(url), threading.local()

    def send(call: Call) -> Answer:
        connection = getattr(kept, "connection", None)
        if connection is None:
            connection = kept.connection = HTTPConnection(target.hostname or "", target.port, timeout=_PATIENCE_SECONDS)
        try:
            return _sent(connection, call.request)
        except (OSError, HTTPException):
            kept.connection = None
            connection.close()
            return NoReply()

    return send


def _sent(connection: HTTPConnection, request: Request) -> Reply:
    query = f"?{urlencode(request.query)}" if request.query else ""
    headers = {name: value for name, value in request.headers.items() if name not in ("connection", "content-length")}
    connection.request(request.method, request.path + query, body=request.body, headers=headers)
    answer = connection.getresponse()
    passed_on = {name: value for name, value in answer.getheaders() if name.lower() not in _NOT_PASSED_ON}
    media_type = answer.getheader("content-type") or "application/octet-stream"
    return Reply(answer.status, answer.read(), media_type, passed_on)
