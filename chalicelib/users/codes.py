"""What is the code of a challenge? It is derived from the challenge with a secret, so that it is stored nowhere."""

import base64
import hashlib
import hmac

from chalicelib.core import secrets
from chalicelib.core.settings import settings
from chalicelib.users.enums import Channel

_DIGITS = 6


def code_for(channel: str, *about: str) -> str:
    """Return six digits to be typed from a text message, or 256 bits to be carried by a link in a mail.

    ``about`` binds it to one challenge, its purpose and its contact.
    """
    key = secrets.key_for(settings.codes_secret, f"challenge/{channel}")
    digest = hmac.digest(key, "\x00".join(about).encode(), hashlib.sha256)
    if channel == Channel.PHONE:
        # 64 bits over a million codes: no code is measurably likelier than another.
        return f"{int.from_bytes(digest[:8]) % 10**_DIGITS:0{_DIGITS}}"
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def is_right(given: str, code: str) -> bool:
    """Compare in constant time."""
    return hmac.compare_digest(given.strip().encode(), code.encode())
