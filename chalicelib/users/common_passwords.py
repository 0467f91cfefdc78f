"""Which passwords does everybody know? The list that the build takes out of a pinned package and puts beside this."""

from functools import cache
from pathlib import Path

_FILE = Path(__file__).parent / "common_passwords.txt"


@cache
def listed() -> frozenset[str]:
    """Return passwords in lower case. A package without the list is broken, so that is an error."""
    return frozenset(_FILE.read_text(encoding="utf-8").splitlines())
