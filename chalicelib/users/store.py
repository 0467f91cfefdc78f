"""How are users, their sessions and their tokens found?"""

from collections.abc import Iterable
from typing import TypeVar

from chalicelib.core.storage import keys
from chalicelib.core.storage.identity import Standing
from chalicelib.core.storage.table import Item, find, find_many
from chalicelib.users.models import Credential, EmailGuard, RefreshToken, Session, User

T = TypeVar("T", bound=Item)


def find_user_id(email: str) -> str | None:
    """Return whose a normalised address is."""
    guard = find(EmailGuard, keys.email_guard(email))
    return None if guard is None else guard.user_id


def user_with_standing(user_id: str) -> tuple[User | None, Standing | None]:
    """Return a user and what they may do."""
    found = find_many([keys.user(user_id), keys.standing(user_id)])
    return _the(User, found), _the(Standing, found)


def credential_with_standing(user_id: str) -> tuple[Credential | None, Standing | None]:
    """Return what a password is checked against, and whether its owner may sign in."""
    found = find_many([keys.credential(user_id), keys.standing(user_id)])
    return _the(Credential, found), _the(Standing, found)


def session_with_standing(user_id: str, session_id: str) -> tuple[Session | None, Standing | None]:
    """Return a login session and what its user may do now."""
    found = find_many([keys.session(user_id, session_id), keys.standing(user_id)])
    return _the(Session, found), _the(Standing, found)


def find_session(user_id: str, session_id: str) -> Session | None:
    """Return a login session."""
    return find(Session, keys.session(user_id, session_id))


def find_refresh_token(digest: str) -> RefreshToken | None:
    """Return the refresh token with this SHA-256."""
    return find(RefreshToken, keys.refresh_token(digest))


def _the(kind: type[T], found: Iterable[Item]) -> T | None:
    return next((item for item in found if isinstance(item, kind)), None)
