"""How are passwords kept and checked? As Argon2id hashes, with the same work for a user who does not exist."""

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from argon2 import PasswordHasher

# One of OWASP's equal choices: 19 MiB, two passes, one lane.
_MEMORY_KIBIBYTES, _PASSES, _LANES = 19_456, 2, 1
# The hash of a random password that nobody kept, made with these figures.
NOBODYS_HASH = "$argon2id$v=19$m=19456,t=2,p=1$xUbSku6MsGnNuW7v0X4Z5A$SVCAaWt101sRWzYQS7qTXpbf/3LI2NMXtikXaEzKGts"


def hashed(password: str) -> str:
    """Return what is kept of a password."""
    return _hasher().hash(password)


def is_right(password: str, stored: str | None) -> bool:
    """Tell whether a password is the one that was hashed; without a stored hash it takes as long and is not."""
    from argon2.exceptions import VerifyMismatchError

    try:
        _hasher().verify(stored or NOBODYS_HASH, password)
    except VerifyMismatchError:
        return False
    return stored is not None


def is_outdated(stored: str) -> bool:
    """Tell whether a hash was made with other figures than today's."""
    return _hasher().check_needs_rehash(stored)


@cache
def _hasher() -> "PasswordHasher":
    from argon2 import PasswordHasher

    return PasswordHasher(memory_cost=_MEMORY_KIBIBYTES, time_cost=_PASSES, parallelism=_LANES)
