"""Which passwords will the shop not take? Those that a pinned package has collected, put beside the users' code.

The list is not committed: building takes it out of `zxcvbn` (MIT), which development installs.
"""

from pathlib import Path

from infra.packaging import REPOSITORY

FILE = REPOSITORY / "chalicelib" / "users" / "common_passwords.txt"
_LIST = "passwords"


def build(file: Path = FILE) -> None:
    """Write the list, one password a line; what is there already, and the same, stays untouched."""
    # Only here: the package is large, and runs of an operator's commands need none of it.
    from zxcvbn.frequency_lists import FREQUENCY_LISTS

    text = "".join(f"{each}\n" for each in sorted(set(FREQUENCY_LISTS[_LIST])))
    if not file.exists() or file.read_text("utf-8") != text:
        file.write_text(text, "utf-8")
