"""Did Twilio send this report? HMAC-SHA1 over the address and every field received (twilio.com/docs/usage/security)."""

import base64
import hashlib
import hmac
from collections.abc import Iterable
from itertools import groupby
from urllib.parse import urlsplit

HEADER = "x-twilio-signature"
_USUAL_PORTS = {"https": 443, "http": 80}


def is_genuine(url: str, fields: Iterable[tuple[str, str]], signature: str | None, *, token: str) -> bool:
    """Tell whether the signature fits what Twilio called, which may name the port that goes without saying."""
    if not signature or not token:
        return False
    given, said = signature.strip().encode("utf-8", "replace"), _in_order(fields)
    fits = [hmac.compare_digest(given, _signed(each + said, token)) for each in (url, _with_port(url))]
    return any(fits)


def _in_order(fields: Iterable[tuple[str, str]]) -> str:
    """Return names and values as they are signed: sorted, and each value of a repeated name once."""
    by_name = groupby(sorted(set(fields)), key=lambda field: field[0])
    return "".join(name + value for name, group in by_name for _, value in group)


def _signed(text: str, token: str) -> bytes:
    # Twilio chose SHA-1; an HMAC needs no resistance to collisions.
    return base64.b64encode(hmac.digest(token.encode(), text.encode("utf-8", "replace"), hashlib.sha1))


def _with_port(url: str) -> str:
    parts = urlsplit(url)
    port = _USUAL_PORTS.get(parts.scheme)
    if parts.port is not None or port is None:
        return url
    return parts._replace(netloc=f"{parts.netloc}:{port}").geturl()
