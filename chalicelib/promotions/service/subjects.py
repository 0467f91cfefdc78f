"""Whose uses are counted? A customer is known by account and by mail address, so signing out is no way round."""

from chalicelib.core import tokens
from chalicelib.users import rules as users

_PURPOSE = "promotion customers"


def subjects_of(user_id: str | None, email: str | None) -> tuple[str, ...]:
    """Return who makes a purchase: the account, if any, and the mail address, if any, as a digest.

    The digest is keyed, since addresses could be found by trying them all.
    """
    digest = tokens.digest(_PURPOSE, users.normalised_email(email)) if email is not None else None
    return tuple(each for each in (user_id, digest) if each)
