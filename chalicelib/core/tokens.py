"""How does the shop recognise what it gave out? Short signed texts, one key per purpose."""

import base64
import hashlib
import hmac

from chalicelib.core import secrets
from chalicelib.core.settings import settings

_SIGNATURE_BYTES = 16


def sign(purpose: str, text: str) -> str:
    """Return the text with its signature: ``<text>.<22 characters>``."""
    return f"{text}.{_signature(purpose, text)}"


def opened(purpose: str, token: str) -> str | None:
    """Return the text of a token that was signed for this purpose, or ``None``."""
    text, _, signature = token.rpartition(".")
    genuine = hmac.compare_digest(signature.encode(), _signature(purpose, text).encode())
    return text if text and genuine else None


def _signature(purpose: str, text: str) -> str:
    key = secrets.key_for(settings.tokens_secret, purpose)
    digest = hmac.digest(key, text.encode(), hashlib.sha256)[:_SIGNATURE_BYTES]
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
