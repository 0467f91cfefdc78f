"""Does the page about pictures say what the code does?"""

import re

from chalicelib.pictures.enums import RefusalReason
from chalicelib.pictures.rules import WIDTHS
from infra.packaging import REPOSITORY

PAGE = (REPOSITORY / "docs" / "pictures.md").read_text()


def test_every_reason_is_explained():
    rows = re.findall(r"^\| (`.+?) \|", PAGE, re.MULTILINE)
    reasons = {name for row in rows for name in re.findall(r"`([a-z_]+)`", row)}

    assert reasons == set(RefusalReason)


def test_the_widths_are_those_that_are_made():
    named = re.search(r"in the widths ([\d, and]+) that", PAGE)

    assert named is not None
    assert tuple(map(int, re.findall(r"\d+", named[1]))) == WIDTHS
