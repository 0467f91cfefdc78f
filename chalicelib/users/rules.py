"""Which addresses are the same, which passwords will do, and what does a refresh token's second use mean?"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from chalicelib.users.enums import Role
from chalicelib.users.errors import PasswordGuessable, PasswordTooShort

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


def normalised_email(email: str) -> str:
    """Return the one spelling under which an address is known."""
    return unicodedata.normalize("NFC", email).lower()


def demand_strong(password: str, *, min_length: int, about: Iterable[str]) -> None:
    """Refuse what is short, or made of little else than common words and what is known ``about`` the user.

    No rule about kinds of characters (NIST SP 800-63B-4 section 3.1.1.2).
    """
    if len(password) < min_length:
        raise PasswordTooShort(min_length=min_length)
    left = password.lower()
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


def with_role(roles: Iterable[str], role: Role) -> list[str]:
    """Return the roles with one more, each once."""
    return sorted({*roles, role})
