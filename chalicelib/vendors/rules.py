"""In which language is a vendor's name? Pure decisions about vendors."""

from collections.abc import Mapping

# Unicode blocks Ethiopic and Ethiopic Supplement
_ETHIOPIC = range(0x1200, 0x13A0)


def names_of(name: str, others: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return a vendor's names by language: the one it goes by, and what it is called in others."""
    return {language_of(name): name} | dict(others or {})


def other_names(names: Mapping[str, str], name: str) -> dict[str, str]:
    """Return what a vendor is called beside the name it goes by."""
    return {language: each for language, each in names.items() if each != name}


def language_of(name: str) -> str:
    """Return the language that the script of a name speaks for: Amharic or English."""
    return "am" if any(ord(letter) in _ETHIOPIC for letter in name) else "en"
