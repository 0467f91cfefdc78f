"""Do the books balance after all that a test did? Once everything has come to rest."""

from datetime import timedelta

from chalicelib.core import clock
from infra.books.checking import Finding, check
from infra.books.reading import read_table
from infra.clouds import Cloud
from tests.support.waiting import eventually


def assert_books_balance(
    cloud: Cloud, table: str, *, within_seconds: float = 60, patience: timedelta = timedelta(minutes=1)
) -> None:
    """Read the whole table until nothing in it contradicts anything else; events may be on their way till then."""
    found: list[Finding] = []

    def they_balance() -> bool:
        found[:] = check(read_table(cloud, table), clock.now(), patience=patience)
        return not found

    try:
        eventually(they_balance, within_seconds=within_seconds, what="the books balance")
    except AssertionError as too_late:
        raise AssertionError("\n".join([str(too_late), *map(str, found)])) from None
