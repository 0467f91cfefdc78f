"""How is a browser's question before a cross-origin call answered? One function for every path."""

import os
from typing import Any

_ALLOWED = {
    "Access-Control-Allow-Methods": "GET, POST, PATCH, PUT, DELETE",
    "Access-Control-Allow-Headers": (
        "Authorization, Content-Type, Accept-Language, Idempotency-Key, If-Match, If-None-Match, Prefer, "
        "Traceparent, X-Request-Id"
    ),
    "Access-Control-Max-Age": "600",
}


def answer(event: dict[str, Any]) -> dict[str, Any]:
    """Echo the caller's origin when it is on the list; say nothing of origins otherwise."""
    origins = [origin.strip() for origin in os.environ["ALLOWED_ORIGINS"].split(",")]
    asking = {name.lower(): value for name, value in (event.get("headers") or {}).items()}.get("origin")
    headers = {"Vary": "Origin"}
    if asking in origins:
        headers |= {"Access-Control-Allow-Origin": asking, **_ALLOWED}
    return {"statusCode": 204, "headers": headers, "body": ""}
