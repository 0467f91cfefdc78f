"""May this page call us? The Lambda that answers every OPTIONS request."""

from typing import Any

from chalicelib.core.http.preflight import answer


def app(event: dict[str, Any], _context: object) -> dict[str, Any]:
    return answer(event)
