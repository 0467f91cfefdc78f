"""Which contacts are the same, which passwords will do, and what does a refresh token's second use mean?"""

import re
import unicodedata
from collections.abc import Container, Iterable
from dataclasses import dataclass
from enum import StrEnum

from chalicelib.core.phones import e164
from chalicelib.users.enums import Channel, Permission, Role
from chalicelib.users.errors import OwnRights, PasswordGuessable, PasswordTooShort, PhoneUnknown, RightsBeyondOwn

# What people reach for first when a password must be long (NIST SP 800-63B-4 section 3.1.1.2).
_TRIED_FIRST = (
    "correcthorsebatterystaple",
    "qwertyuiopasdfghjklzxcvbnm",
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "1234567890",
    "123456789",
    "12345678",
    "password",
    "passphrase",
    "passwort",
    "trustno1",
    "iloveyou",
    "welcome",
    "letmein",
    "changeme",
    "qwerty",
    "123456",
    "ethiopia",
    "addisababa",
    "secret",
    "admin",
    "nexus",
    "login",
    "abcdef",
    "1234",
)
_WORD = re.compile(r"[^\W_]+")
_SHORTEST_WORD = 4
_LEAST_LEFT = 6
_LEAST_DISTINCT = 5


_REPEATED = re.compile(r"(.+?)\1+")


@dataclass(frozen=True)
class Contact:
    """A mail address or a telephone number, in the one spelling under which it is known."""

    channel: Channel
    value: str

    @property
    def masked(self) -> str:
        """Return enough of it for its owner to recognise."""
        if self.channel is Channel.PHONE:
            return f"{self.value[:4]}…{self.value[-2:]}"
        name, _, domain = self.value.rpartition("@")
        return f"{name[:1]}…@{domain}"


@dataclass(frozen=True)
class Takeover:
    """From when a signing key signs, and until when those before it are accepted (epoch seconds)."""

    signs_from: int
    old_ends_at: int


class Rotation(StrEnum):
    """What presenting a refresh token means."""

    FIRST_USE = "first use"
    REPEATED = "repeated"  # two tabs, or an answer that got lost
    REUSED = "reused"  # taken for theft


def contact_of(email: str | None, phone: str | None) -> Contact:
    """Return the contact that somebody gave, of which there is exactly one. Raises ``PhoneUnknown``."""
    if email is not None:
        return Contact(Channel.EMAIL, normalised_email(email))
    return Contact(Channel.PHONE, normalised_phone(phone or ""))


def normalised_email(email: str) -> str:
    """Return the one spelling under which an address is known."""
    return unicodedata.normalize("NFC", email).lower()


def normalised_phone(phone: str) -> str:
    """Return the one spelling under which a number is known. Raises ``PhoneUnknown``."""
    known = e164(phone)
    if known is None:
        raise PhoneUnknown()
    return known


def demand_strong(password: str, *, min_length: int, about: Iterable[str], common: Container[str] = ()) -> None:
    """Refuse what is short, common, or made of little else than common words and what is known ``about`` the user.

    ``common`` are passwords in lower case. No rule about kinds of characters (NIST SP 800-63B-4 section 3.1.1.2).
    """
    if len(password) < min_length:
        raise PasswordTooShort(min_length=min_length)
    left = password.lower()
    repeated = _REPEATED.fullmatch(left)
    if left in common or (repeated and repeated[1] in common):
        raise PasswordGuessable()
    known = {word for text in about for word in _WORD.findall(text.lower()) if len(word) >= _SHORTEST_WORD}
    for word in (*sorted(known, key=len, reverse=True), *_TRIED_FIRST):
        left = left.replace(word, "")
    if len(left) < _LEAST_LEFT or len(set(left)) < _LEAST_DISTINCT:
        raise PasswordGuessable()


def rotation_of(used_at: int | None, *, now: int, grace_seconds: int) -> Rotation:
    """Tell what it means that a refresh token is presented now (RFC 9700 section 4.14.2)."""
    if used_at is None:
        return Rotation.FIRST_USE
    return Rotation.REPEATED if now - used_at < grace_seconds else Rotation.REUSED


def takeover(signs_from: int, *, token_seconds: int, leeway_seconds: int) -> Takeover:
    """Return how a key takes over: the old ones end when the last token that they signed is accepted no more.

    The leeway counts twice: a signer's clock may be behind by it, and a verifier's.
    """
    return Takeover(signs_from, signs_from + token_seconds + 2 * leeway_seconds)


def resend_pause(deliveries: int, *, first_seconds: int) -> int:
    """Return how long to wait after so many deliveries: each pause is twice the one before."""
    return int(first_seconds * 2 ** (deliveries - 1))


def demand_grantable(
    roles: Iterable[str], permissions: Iterable[str], *, by_roles: Iterable[str], by_permissions: Iterable[str]
) -> None:
    """Refuse to staff what they lack themselves. An admin may hand out anything."""
    if Role.ADMIN in by_roles:
        return
    if Role.ADMIN in roles or not set(permissions) <= set(by_permissions):
        raise RightsBeyondOwn()


def demand_other(user_id: str, actor_id: str) -> None:
    """Refuse changes of one's own rights."""
    if user_id == actor_id:
        raise OwnRights()


def kept_with(roles: Iterable[str], wanted: Iterable[Role]) -> list[Role]:
    """Return the wanted roles and that of a vendor, which only membership gives and takes."""
    return [*wanted, *([Role.VENDOR] if Role.VENDOR in roles else [])]


def demand_may_close_or_open(roles: Iterable[str], *, by_roles: Iterable[str]) -> None:
    """Refuse to close an admin's account, or to open it again, to staff who are none."""
    if Role.ADMIN in roles and Role.ADMIN not in by_roles:
        raise RightsBeyondOwn()


def rights(roles: Iterable[Role], permissions: Iterable[Permission]) -> tuple[list[str], list[str]]:
    """Return roles and permissions as they are stored: each once, in order; everybody is a customer."""
    return sorted({*roles, Role.CUSTOMER}), sorted(set(permissions))


def with_role(roles: Iterable[str], role: Role) -> list[str]:
    """Return the roles with one more, each once."""
    return sorted({*roles, role})
