"""Which codes are the same, and which can nobody guess?"""

import secrets
import unicodedata

# Without what is taken for something else: 0 and O, 1, I and L, U and V.
_ALPHABET = "23456789ABCDEFGHJKMNPQRSTWXYZ"
# 29 to the power of 12 is 58 bits: of a million codes, a guess hits one in 3 * 10**11 times.
_RANDOM_LETTERS = 12


def normalised(code: str) -> str:
    """Return a code in its one spelling: people write it small, in groups, or with accents as two letters."""
    return "".join(unicodedata.normalize("NFC", code).upper().replace("-", " ").split())


def random_code(prefix: str = "") -> str:
    """Return a code that cannot be guessed and that people can read to each other."""
    return prefix + "".join(secrets.choice(_ALPHABET) for _ in range(_RANDOM_LETTERS))
