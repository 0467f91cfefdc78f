"""How does a real client reach the API in process? Over HTTP, at an address of its own, one request at a time."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

from chalicelib.core.http import Api
from tests.support.calling import Client, Response

BASE_PATH = "/v1"
_NOWHERE = Response(404, {"content-type": "text/plain"}, "")


@contextmanager
def serving(app: Api) -> Iterator[str]:
    """Serve an app until the block ends; yields the API's address, with its version as a deployed one has it.

    Connections have threads, since browsers open some that they may never use. The app does not: its
    current request is one attribute.
    """
    one_at_a_time = threading.Lock()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _answer(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
            with one_at_a_time:
                answer = _called(Client(app), self.command, self.path, body=body, headers=dict(self.headers))
            content = (answer.text or "").encode()
            self.send_response(answer.status)
            for name, value in answer.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

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

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}{BASE_PATH}"
    finally:
        server.shutdown()
        server.server_close()


def _called(client: Client, method: str, target: str, *, body: str, headers: dict[str, str]) -> Response:
    path = target.removeprefix(BASE_PATH)
    if path == target:
        return _NOWHERE
    lower = {name.lower(): value for name, value in headers.items()}
    try:
        return client.call(method, path, body or None, **lower)
    except LookupError:
        return Response(404, {"content-type": "text/plain"}, f"no path {urlsplit(path).path}")
