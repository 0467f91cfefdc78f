"""How does a real client reach the API in process? Over HTTP, at an address of its own, one request at a time."""

import json
import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from chalicelib.core.http import Api
from tests.support.calling import Client, Response

BASE_PATH = "/v1"


@contextmanager
def serving(app: Api) -> Iterator[str]:
    """Serve an app until the block ends; yields the API's address, with its version as a deployed one has it."""
    server = _Server(app)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}{BASE_PATH}"
    finally:
        server.shutdown()
        server.server_close()


def _nowhere() -> Response:
    """Answer as the gateway does when nothing is at an address (template.yaml, GatewayNotFound)."""
    request_id = str(uuid.uuid4())
    code = "unknown_path"
    problem = {"type": f"urn:nexus:problem:{code}", "title": "Nothing is at this address.", "status": 404}
    headers = {"content-type": "application/problem+json", "x-request-id": request_id, "cache-control": "no-store"}
    return Response(404, headers, json.dumps({**problem, "code": code, "request_id": request_id}))


class _Server(ThreadingHTTPServer):
    """Connections have threads, since browsers open some that they may never use. The app has none.

    Its current request is one attribute, so requests go to it one by one.
    """

    daemon_threads = True

    def __init__(self, app: Api) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.client = Client(app)
        self.one_at_a_time = threading.Lock()

    def answer_to(self, handler: "_Handler") -> Response:
        body = handler.rfile.read(int(handler.headers.get("Content-Length", 0))).decode("utf-8", "replace")
        path = handler.path.removeprefix(BASE_PATH)
        if path == handler.path or not self.client.has(handler.command, path):
            return _nowhere()
        headers = {name.lower(): value for name, value in handler.headers.items()}
        with self.one_at_a_time:
            return self.client.call(handler.command, path, body or None, **headers)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    # Headers and body are two packets, and the second would wait for word of the first.
    disable_nagle_algorithm = True
    server: _Server

    def _answer(self) -> None:
        answer = self.server.answer_to(self)
        content = (answer.text or "").encode()
        self.send_response(answer.status)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    do_GET = do_HEAD = do_POST = do_PUT = do_PATCH = do_DELETE = _answer  # noqa: N815

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: a test that fails says what it got."""
