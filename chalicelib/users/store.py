"""How are users, their sessions and their tokens found?"""

from collections.abc import Iterable, Sequence
from typing import TypeVar

from chalicelib.core.storage import keys
from chalicelib.core.storage.identity import Standing
from chalicelib.core.storage.key import Key
from chalicelib.core.storage.table import Item, find, find_many, partition
from chalicelib.users.enums import Channel
from chalicelib.users.models import (
    Challenge,
    Credential,
    EmailGuard,
    PermissionHolder,
    PhoneGuard,
    RefreshToken,
    SecondFactor,
    Session,
    User,
)
from chalicelib.users.rules import Contact

T = TypeVar("T", bound=Item)

# A BatchGetItem takes 100 keys, and each user is two.
_USERS_AT_ONCE = 50


def find_user_id(contact: Contact) -> str | None:
    """Return whose a contact is."""
    if contact.channel is Channel.EMAIL:
        email = find(EmailGuard, keys.email_guard(contact.value))
        return None if email is None else email.user_id
    phone = find(PhoneGuard, keys.phone_guard(contact.value))
    return None if phone is None else phone.user_id


def find_challenge(challenge_id: str) -> Challenge | None:
    """Return a challenge that still counts."""
    return find(Challenge, keys.challenge(challenge_id))


def find_user(user_id: str) -> User | None:
    """Return a user."""
    return find(User, keys.user(user_id))


def find_factor(user_id: str) -> SecondFactor | None:
    """Return a user's second factor, enabled or being set up."""
    return find(SecondFactor, keys.second_factor(user_id))


def user_with_standing(user_id: str) -> tuple[User | None, Standing | None]:
    """Return a user and what they may do."""
    found = _found(keys.user(user_id), keys.standing(user_id))
    return _the(User, found), _the(Standing, found)


def holders_of(permission: str) -> list[str]:
    """Return the ids of all who hold a permission."""
    found = partition(keys.permission_holders(permission), consistent=True)
    return [item.user_id for item in found if isinstance(item, PermissionHolder)]


def users_with_standing(user_ids: Sequence[str]) -> list[tuple[User, Standing]]:
    """Return some users and what they may do."""
    found: list[Item] = []
    for first in range(0, len(user_ids), _USERS_AT_ONCE):
        some = user_ids[first : first + _USERS_AT_ONCE]
        found += _found(*map(keys.user, some), *map(keys.standing, some))
    standings = {item.user_id: item for item in found if isinstance(item, Standing)}
    users = {item.user_id: item for item in found if isinstance(item, User)}
    return [(users[each], standings[each]) for each in user_ids if each in users and each in standings]


def user_with_factor(user_id: str) -> tuple[User | None, SecondFactor | None]:
    """Return a user and their second factor."""
    found = _found(keys.user(user_id), keys.second_factor(user_id))
    return _the(User, found), _the(SecondFactor, found)


def user_with_credential(user_id: str) -> tuple[User | None, Credential | None, Standing | None]:
    """Return all that a new password changes."""
    found = _found(keys.user(user_id), keys.credential(user_id), keys.standing(user_id))
    return _the(User, found), _the(Credential, found), _the(Standing, found)


def proofs_of(user_id: str) -> tuple[Credential | None, Standing | None, SecondFactor | None]:
    """Return what a sign-in is checked against."""
    found = _found(keys.credential(user_id), keys.standing(user_id), keys.second_factor(user_id))
    return _the(Credential, found), _the(Standing, found), _the(SecondFactor, found)


def proofs_within_session(
    user_id: str, session_id: str
) -> tuple[Credential | None, Standing | None, SecondFactor | None, Session | None]:
    """Return what a new proof is checked against, and the session that it is for."""
    found = _found(
        keys.credential(user_id),
        keys.standing(user_id),
        keys.second_factor(user_id),
        keys.session(user_id, session_id),
    )
    return _the(Credential, found), _the(Standing, found), _the(SecondFactor, found), _the(Session, found)


def session_with_standing(user_id: str, session_id: str) -> tuple[Session | None, Standing | None]:
    """Return a login session and what its user may do now."""
    found = _found(keys.session(user_id, session_id), keys.standing(user_id))
    return _the(Session, found), _the(Standing, found)


def sessions_with_standing(user_id: str) -> tuple[list[Session], Standing | None]:
    """Return every login session that a user ever had and that is not forgotten, and their standing."""
    found = partition(keys.user_parts(user_id), consistent=True)
    return [item for item in found if isinstance(item, Session)], _the(Standing, found)


def find_refresh_token(digest: str) -> RefreshToken | None:
    """Return the refresh token with this SHA-256."""
    return find(RefreshToken, keys.refresh_token(digest))


def _found(*wanted: Key) -> list[Item]:
    return find_many(wanted)


def _the(kind: type[T], found: Iterable[Item]) -> T | None:
    return next((item for item in found if isinstance(item, kind)), None)
