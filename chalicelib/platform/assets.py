"""Which files does the platform hand out? Those that the build put beside this one, and no others.

``infra/api_pages.py`` writes them: the pages and the OpenAPI document under their own names, everything
that the pages load under names that carry a hash of the content, listed in ``index.json``.
"""

import json
from functools import cache
from pathlib import Path

from chalicelib.core.http import Html
from chalicelib.platform.errors import AssetNotFound

_FOLDER = Path(__file__).parent / "assets"
_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".txt": "text/plain; charset=utf-8",
}
# Both pages build their own <style> elements; ReDoc indexes the document in a worker made of a blob.
_PAGE_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self' 'unsafe-inline'",
        "img-src data:",
        "connect-src 'self'",
        "worker-src blob:",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
    )
)


def page(name: str) -> Html:
    """Return one of the pages."""
    return Html(_text(name), _TYPES[Path(name).suffix], _PAGE_POLICY)


def document() -> Html:
    """Return the OpenAPI document."""
    return Html(_text("openapi.json"), _TYPES[".json"])


def asset(name: str) -> Html:
    """Return a file that the pages load; raises ``AssetNotFound`` for a name that the index does not list."""
    if name not in _index():
        raise AssetNotFound()
    return Html(_text(name), _TYPES[Path(name).suffix], is_immutable=True)


@cache
def _index() -> frozenset[str]:
    return frozenset(json.loads(_text("index.json")))


@cache
def _text(name: str) -> str:
    try:
        return (_FOLDER / name).read_text(encoding="utf-8")
    except FileNotFoundError:
        raise AssetNotFound() from None
