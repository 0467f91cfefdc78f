"""Did Chapa send this webhook? HMAC-SHA256 over the body, with the secret hash of Chapa's dashboard."""

import hashlib
import hmac
import json
from collections.abc import Iterable

# `chapa-signature` usually signs the secret with itself: the same for every body, which proves nothing. Chapa's custom
# webhooks sign the body there. Whatever the header, only a signature over the body counts.
HEADER = "x-chapa-signature"


def any_is_genuine(body: bytes, signatures: Iterable[str | None], secret: str) -> bool:
    """Tell whether one of some signatures fits."""
    return any(is_genuine(body, signature, secret) for signature in signatures)


def is_genuine(body: bytes, signature: str | None, secret: str) -> bool:
    """Tell whether the signature fits the raw body, or its compact form, which Chapa's own sample signs."""
    if not signature or not secret:
        return False
    given = signature.strip().lower().encode("utf-8", "replace")
    fits = hmac.compare_digest(given, _signed(body, secret))
    compact = _compact(body)
    return fits or (compact is not None and hmac.compare_digest(given, _signed(compact, secret)))


def _signed(body: bytes, secret: str) -> bytes:
    return hmac.new(secret.encode(), body, hashlib.sha256).hexdigest().encode()


def _compact(body: bytes) -> bytes | None:
    try:
        return json.dumps(json.loads(body), separators=(",", ":"), ensure_ascii=False).encode()
    except (ValueError, RecursionError):
        return None
