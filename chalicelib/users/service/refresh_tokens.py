"""What is a refresh token? 256 random bits, of which only the SHA-256 is stored."""

import base64
import hashlib
import hmac
import secrets as randomness

from chalicelib.core import secrets
from chalicelib.core.settings import settings

_BYTES = 32
_SUCCESSION = "refresh"


def new() -> str:
    """Return a token for a new session."""
    return randomness.token_urlsafe(_BYTES)


def successor_of(token: str) -> str:
    """Return the token that follows this one: always the same, and known only to who has the secret."""
    key = secrets.key_for(settings.users_secret, _SUCCESSION)
    return base64.urlsafe_b64encode(hmac.digest(key, token.encode(), hashlib.sha256)).rstrip(b"=").decode()


def digest_of(token: str) -> str:
    """Return what is stored of a token."""
    return hashlib.sha256(token.encode()).hexdigest()
