"""How does a vendor's stand-in speak HTTP with nothing but the standard library?"""

import json
import re
import socket
import sys
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Protocol, Self
from urllib.parse import parse_qsl, unquote, urlsplit

LONGEST_BODY = 1_000_000


@dataclass(frozen=True)
class Request:
    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes
    params: Mapping[str, str] = field(default_factory=dict)

    @property
    def media_type(self) -> str:
        return self.headers.get("content-type", "").split(";")[0].strip().lower()

    def form(self) -> dict[str, str]:
        return dict(parse_qsl(self.body.decode("utf-8", "replace"), keep_blank_values=True))

    def json(self) -> object:
        """The parsed body; `ValueError` when it is not JSON."""
        return json.loads(self.body)


@dataclass(frozen=True)
class Reply:
    status: int
    body: bytes = b""
    media_type: str = "application/json"
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class NoReply:
    """The connection is closed without a word."""


Answer = Reply | NoReply
View = Callable[[Request], Answer]


def json_reply(status: int, document: object) -> Reply:
    return Reply(status, json.dumps(document, ensure_ascii=False, default=str).encode())


def html_reply(status: int, page: str, *, policy: str) -> Reply:
    headers = {
        "Content-Security-Policy": policy,
        "Cache-Control": "no-store",
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
    }
    return Reply(status, page.encode(), "text/html; charset=utf-8", headers)


class Routes:
    """Paths such as `/v1/banks/{bank_id}`, the first match wins."""

    def __init__(self, *, nowhere: Callable[[], Reply] | None = None) -> None:
        self._rows: list[tuple[str, re.Pattern[str], View]] = []
        self._nowhere = nowhere or (lambda: _failed(404, "Not found"))

    def add(self, method: str, path: str, view: View) -> None:
        pattern = re.sub(r"\\{(\w+)\\}", r"(?P<\1>[^/]+)", re.escape(path))
        self._rows.append((method, re.compile(pattern), view))

    def answer(self, request: Request) -> Answer:
        allowed = set()
        for method, pattern, view in self._rows:
            if not (found := pattern.fullmatch(request.path)):
                continue
            if method == request.method:
                params = {name: unquote(value) for name, value in found.groupdict().items()}
                return view(Request(**{**vars(request), "params": params}))
            allowed.add(method)
        if allowed:
            reply = _failed(405, "Method not allowed")
            return Reply(reply.status, reply.body, headers={"Allow": ", ".join(sorted(allowed))})
        return self._nowhere()


def _failed(status: int, message: str) -> Reply:
    return json_reply(status, {"message": message, "status": "failed", "data": None})


class Answering(Protocol):
    """Whoever has an answer to every request, as routes have."""

    def answer(self, request: Request) -> Answer: ...


class Server:
    """Serves what somebody answers, from a background thread."""

    def __init__(self, routes: Answering, *, host: str, port: int) -> None:
        handler = type("Handler", (_Handler,), {"routes": routes})
        self._http = _Threads((host, port), handler)
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.02,), daemon=True)

    @property
    def port(self) -> int:
        return int(self._http.server_address[1])

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._http.shutdown()
        self._http.server_close()
        self._thread.join()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()


class _Threads(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64

    def handle_error(self, request: object, client_address: object) -> None:
        """A caller that hung up is no news here."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = 60
    disable_nagle_algorithm = True
    routes: Answering

    def _serve(self) -> None:
        request = self._request()
        if request is None:
            self._send(Reply(413, b'{"message":"Body too large or of unknown length","status":"failed"}'))
            self.close_connection = True
            return
        answer = self.routes.answer(request)
        if isinstance(answer, NoReply):
            self.close_connection = True
            self.connection.shutdown(socket.SHUT_RDWR)
        else:
            self._send(answer)

    do_GET = do_HEAD = do_POST = do_PUT = do_PATCH = do_DELETE = _serve  # noqa: N815

    def _request(self) -> Request | None:
        length = self.headers.get("content-length", "0")
        if "transfer-encoding" in self.headers or not length.isdigit() or int(length) > LONGEST_BODY:
            return None
        target = urlsplit(self.path)
        return Request(
            method="GET" if self.command == "HEAD" else self.command,
            path=target.path,
            query=dict(parse_qsl(target.query, keep_blank_values=True)),
            headers={name.lower(): value for name, value in self.headers.items()},
            body=self.rfile.read(int(length)),
        )

    def _send(self, reply: Reply) -> None:
        self.send_response(reply.status)
        self.send_header("Content-Type", reply.media_type)
        self.send_header("Content-Length", str(len(reply.body)))
        for name, value in reply.headers.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(reply.body)

    def log_message(self, format: str, *args: object) -> None:
        """Stay silent: who wants to know reads the control pages."""
