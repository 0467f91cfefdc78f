"""How are things named? Opaque, prefixed, time-sortable ids."""

import secrets
from datetime import UTC, datetime

from chalicelib.core import clock

_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_TIME_DIGITS = 10
_RANDOM_DIGITS = 16


def new(prefix: str) -> str:
    """Return ``<prefix>_<26 characters>``: 48 bits of milliseconds and 80 random bits, as a ULID has them."""
    milliseconds = int(clock.now().timestamp() * 1000)
    return f"{prefix}_{_in_base32(milliseconds, _TIME_DIGITS)}{_in_base32(secrets.randbits(80), _RANDOM_DIGITS)}"


def sibling(identifier: str, prefix: str) -> str:
    """Return the id under another prefix: what is made of one thing exactly once carries the same body."""
    return f"{prefix}_{identifier.partition('_')[2]}"


def made_at(identifier: str) -> datetime:
    """Return when an id was made, to the millisecond."""
    milliseconds = 0
    for digit in identifier.partition("_")[2][:_TIME_DIGITS]:
        milliseconds = milliseconds * 32 + _CROCKFORD.index(digit)
    return datetime.fromtimestamp(milliseconds / 1000, UTC)


def _in_base32(number: int, digits: int) -> str:
    text = ""
    for _ in range(digits):
        number, digit = divmod(number, 32)
        text = _CROCKFORD[digit] + text
    return text
