"""How does the shop recognise what it gave out? Short signed texts, one key per purpose."""

import base64
import hashlib
import hmac

from chalicelib.core import secrets
from chalicelib.core.settings import settings

GUEST = "guest"
_SIGNATURE_BYTES = 16


def guest_token(cart_id: str) -> str:
    """Return the bearer token that opens one guest's cart, its checkouts and its orders."""
    return sign(GUEST, cart_id)


def guest_cart_id(token: str) -> str | None:
    """Return the id of the cart that a guest's token opens, or ``None`` if it is not one of ours."""
    return opened(GUEST, token)


def sign(purpose: str, text: str) -> str:
    """Return the text with its signature: ``<text>.<22 characters>``."""
    return f"{text}.{_signature(purpose, text)}"


def opened(purpose: str, token: str) -> str | None:
    """Return the text of a token that was signed for this purpose, or ``None``."""
    text, _, signature = token.rpartition(".")
    genuine = hmac.compare_digest(signature.encode(), _signature(purpose, text).encode())
    return text if text and genuine else None


def digest(purpose: str, text: str) -> str:
    """Return what is stored of a text that could be found by trying all there are, such as a mail address."""
    return hmac.digest(secrets.key_for(settings.tokens_secret, purpose), text.encode(), hashlib.sha256).hex()


def _signature(purpose: str, text: str) -> str:
    key = secrets.key_for(settings.tokens_secret, purpose)
    digest = hmac.digest(key, text.encode(), hashlib.sha256)[:_SIGNATURE_BYTES]
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
