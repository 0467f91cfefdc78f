"""Where does the next page start? Signed cursors that hold a sort key and nothing else."""

import base64
import binascii
import hashlib
from collections.abc import Callable
from typing import TypeVar

from chalicelib.core import tokens
from chalicelib.core.errors import Malformed
from chalicelib.core.http.request import Request
from chalicelib.core.i18n import locales
from chalicelib.core.storage.table import Item, Slice
from chalicelib.core.wire import Page

T = TypeVar("T", bound=Item)
V = TypeVar("V")

_PURPOSE = "cursor"


def start(request: Request) -> str | None:
    """Return the sort key after which the asked page starts; a cursor of another list is refused."""
    cursor = request.query.get("cursor", [None])[0]
    if cursor is None:
        return None
    try:
        text = tokens.opened(_PURPOSE, base64.urlsafe_b64decode(cursor.encode() + b"==").decode())
    except (binascii.Error, UnicodeError):
        text = None
    filter_digest, _, sort_key = (text or "").partition("|")
    if not sort_key or filter_digest != _filter_digest(request):
        detail = locales.message("validation.cursor_invalid", request.locale) or ""
        raise Malformed([{"parameter": "cursor", "code": "cursor_invalid", "detail": detail}])
    return sort_key


def page(found: Slice[T], request: Request, view: Callable[[T], V]) -> Page[V]:
    """Return a page of views with the cursor of the next one."""
    return Page(items=[view(item) for item in found.items], next_cursor=_cursor(found.next_after, request))


def _cursor(sort_key: str | None, request: Request) -> str | None:
    if sort_key is None:
        return None
    signed = tokens.sign(_PURPOSE, f"{_filter_digest(request)}|{sort_key}")
    return base64.urlsafe_b64encode(signed.encode()).rstrip(b"=").decode()


def _filter_digest(request: Request) -> str:
    """Digest everything that decides which list this is, so that a cursor fits no other."""
    chosen = sorted((name, values) for name, values in request.query.items() if name not in ("cursor", "limit"))
    return hashlib.sha256(repr((request.path, chosen)).encode()).hexdigest()[:16]
