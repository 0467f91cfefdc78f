"""Does the documentation open in a browser, complete, and without a word to another host?"""

import json
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest

from functions.api.platform import app
from infra.api_pages import ROOT
from tests.support.account import Account
from tests.support.browser import visit
from tests.support.serving import serving


@pytest.mark.parametrize("page", ["docs", "redoc"])
def test_every_operation_is_shown_and_nobody_else_is_asked(aws: Account, tmp_path: Path, page: str) -> None:
    with serving(app) as url:
        seen = visit(f"{url}/{page}", tmp_path)

    summaries = [operation["summary"] for operation in operations()]
    # Both show a summary as text, with the apostrophes and quotes that HTML leaves alone.
    assert [summary for summary in summaries if summary.partition("'")[0] not in seen.dom] == []
    assert f"{url}<" in seen.dom or f'{url}"' in seen.dom
    assert seen.hosts == {"127.0.0.1"}
    assert any(request.endswith("/v1/openapi.json") for request in seen.requests)
    assert len(seen.requests) >= 4


def test_the_browser_would_tell_of_a_page_that_asks_others(tmp_path: Path) -> None:
    class Page(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(b'<img src="http://tracker.example/dot.gif">')

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    server = HTTPServer(("127.0.0.1", 0), Page)
    server.timeout = 1
    Thread(target=server.serve_forever, daemon=True).start()

    seen = visit(f"http://127.0.0.1:{server.server_port}/", tmp_path)

    server.shutdown()
    server.server_close()
    assert "tracker.example" in seen.hosts


def operations() -> list[dict[str, str]]:
    paths = json.loads((ROOT / "docs" / "openapi.json").read_text("utf-8"))["paths"]
    return [operation for methods in paths.values() for operation in methods.values()]


def test_the_browser_leaves_nothing_at_home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    home, folder = tmp_path / "home", tmp_path / "folder"
    home.mkdir()
    folder.mkdir()
    monkeypatch.setenv("HOME", str(home))

    page = visit("data:text/html,<p>hello</p>", folder)

    assert "hello" in page.dom
    assert list(home.rglob("*")) == []
