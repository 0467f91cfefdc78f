"""How is a product named in an address? By its title in Latin letters, each language for itself."""

import re
import unicodedata
from collections.abc import Iterator

_LETTERS = 50
# Ethiopic (U+1200 to U+1357) has eight places for each consonant: one per vowel that follows it.
_FIRST, _PLACES = 0x1200, 8
_CONSONANTS = (
    *(
        "h",
        "l",
        "h",
        "m",
        "s",
        "r",
        "s",
        "sh",
        "q",
        "qw",
        "q",
        "qw",
        "b",
        "v",
        "t",
        "ch",
        "h",
        "hw",
        "n",
        "ny",
        "",
        "k",
    ),
    *("kw", "k", "kw", "w", "", "z", "zh", "y", "d", "d", "j", "g", "gw", "g", "t", "ch", "p", "ts", "ts", "f", "p"),
)
_VOWELS = ("e", "u", "i", "a", "e", "", "o", "wa")
# What begins with a vowel has no consonant: there the first place is read as a, and the bare one as i.
_VOWELS_ALONE = ("a", "u", "i", "a", "e", "i", "o", "e")
_APOSTROPHES = re.compile("['’ʼ`]")
_OTHERS = re.compile("[^a-z0-9]+")


def slug_of(title: str) -> str:
    """Return a title as a slug of at most 50 letters, cut between words; empty if nothing of it can be written so."""
    latin = "".join(map(_in_latin, unicodedata.normalize("NFKD", title)))
    ascii_only = latin.encode("ascii", "ignore").decode().lower()
    slug = _OTHERS.sub("-", _APOSTROPHES.sub("", ascii_only)).strip("-")
    if len(slug) <= _LETTERS:
        return slug
    cut = slug[: _LETTERS + 1].rpartition("-")[0]
    return cut or slug[:_LETTERS]


def candidates(title: str, product_id: str) -> Iterator[str]:
    """Yield slugs for a product in the order in which they are tried; the last one is nobody else's."""
    slug, number = slug_of(title), product_id.rpartition("_")[2].lower()
    if slug:
        yield slug
        yield f"{slug}-{number[-5:]}"
    yield f"product-{number}"


def _in_latin(letter: str) -> str:
    row, place = divmod(ord(letter) - _FIRST, _PLACES)
    if letter in "\u1361\u1362\u1363\u1364\u1365\u1366\u1367\u1368":
        return " "
    if not 0 <= row < len(_CONSONANTS):
        return letter
    consonant = _CONSONANTS[row]
    if not consonant:
        return _VOWELS_ALONE[place]
    if consonant == "h" and place == 0:
        return "ha"
    return consonant + _VOWELS[place]
