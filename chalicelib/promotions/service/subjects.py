"""Whose uses are counted? A customer is known by account and by mail address, so signing out is no way round."""

import hashlib
import hmac

from chalicelib.core import secrets
from chalicelib.core.settings import settings
from chalicelib.users import rules as users

_PURPOSE = "promotion customers"


def subjects_of(user_id: str | None, email: str) -> tuple[str, ...]:
    """Return who makes a purchase: the account, if any, and the mail address as a digest.

    The digest is keyed, since addresses could be found by trying them all.
    """
    key = secrets.key_for(settings.tokens_secret, _PURPOSE)
    digest = hmac.digest(key, users.normalised_email(email).encode(), hashlib.sha256).hex()
    return (user_id, digest) if user_id else (digest,)
