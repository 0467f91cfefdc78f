"""Which browsers may call? An allow-list of origins, echoed exactly, and headers that keep answers safe."""

from collections.abc import Mapping
from typing import Any

from chalicelib.core.settings import settings

_EXPOSED = "ETag, Link, Location, RateLimit, RateLimit-Policy, Retry-After, X-Request-Id, Idempotency-Replayed"
_ALLOWED = (
    "Authorization, Content-Type, Accept-Language, Idempotency-Key, If-Match, If-None-Match, Prefer,"
    " X-Request-Id, traceparent"
)
_METHODS = "GET, POST, PATCH, PUT, DELETE, OPTIONS"
_SECURITY = {
    "Strict-Transport-Security": "max-age=63072000; includeSubDomains",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}


def common_headers(origin: str | None) -> dict[str, str]:
    """Return what every reply carries: security headers and, for a listed origin, the CORS ones."""
    headers = {**_SECURITY, "Vary": "Accept-Language, Origin"}
    if origin is not None and origin in settings.allowed_origins:
        headers["Access-Control-Allow-Origin"] = origin
        headers["Access-Control-Expose-Headers"] = _EXPOSED
    return headers


def preflight(event: Mapping[str, Any], context: object) -> dict[str, Any]:
    """Answer a browser's OPTIONS request (Lambda proxy shape)."""
    given = {name.lower(): value for name, value in (event.get("headers") or {}).items()}
    headers = common_headers(given.get("origin"))
    if "Access-Control-Allow-Origin" in headers:
        headers["Access-Control-Allow-Methods"] = _METHODS
        headers["Access-Control-Allow-Headers"] = _ALLOWED
        headers["Access-Control-Max-Age"] = "7200"
    return {"statusCode": 204, "headers": headers, "body": ""}
