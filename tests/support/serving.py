"""How does a real client reach the API in process? Over HTTP, at an address of its own, one request at a time."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from chalicelib.core.http import Api
from tests.support.calling import Client, Response

BASE_PATH = "/v1"
_NOWHERE = Response(404, {"content-type": "text/plain"}, "")


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
        path = handler.path.removeprefix(BASE_PATH)
        if path == handler.path:
            return _NOWHERE
        body = handler.rfile.read(int(handler.headers.get("Content-Length", 0))).decode()
        headers = {name.lower(): value for name, value in handler.headers.items()}
        with self.one_at_a_time:
            try:
                return self.client.call(handler.command, path, body or None, **headers)
            except LookupError:
                return _NOWHERE


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    def do_GET(self) -> None:
        self._answer()

    def do_POST(self) -> None:
        self._answer()

    def do_PATCH(self) -> None:
        self._answer()

    def do_DELETE(self) -> None:
        self._answer()

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: a test that fails says what it got."""

    def _answer(self) -> None:
        answer = self.server.answer_to(self)
        content = (answer.text or "").encode()
        self.send_response(answer.status)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)
