"""Do the books of a running shop balance? `python -m infra.books` reads its table and says what does not.

`python -m infra.books repair` mends the counts of stock as far as the ledger and the reservations tell what is right.
"""

import argparse
import sys
from collections.abc import Callable, Iterable
from datetime import timedelta

from chalicelib.core import clock
from infra.books.checking import INVARIANTS, PATIENCE, Finding, check
from infra.books.reading import Row, read_table
from infra.books.repairing import repair
from infra.commands.target import ShopNotFound, add_choices, chosen_cloud, point_at, table_of
from infra.waiting import WaitedTooLong, wait_until

_PAUSE = 2.0

Read = Callable[[], list[Row]]


def main(arguments: list[str] | None = None) -> int:
    """Read the table until nothing is wrong or time is up; print what was wrong all the while."""
    parser = argparse.ArgumentParser(prog="python -m infra.books", description=__doc__)
    add_choices(parser)
    parser.add_argument("verb", nargs="?", choices=("check", "repair"), default="check", help="what is to be done")
    parser.add_argument("--dry-run", action="store_true", help="say what a repair would do, and write nothing")
    parser.add_argument(
        "--patience", type=float, default=PATIENCE.total_seconds(), metavar="SECONDS", help="older than this is stuck"
    )
    parser.add_argument(
        "--settle", type=float, default=30, metavar="SECONDS", help="read again for so long while something is wrong"
    )
    chosen = parser.parse_args(arguments)
    cloud = chosen_cloud()
    try:
        table = table_of(cloud, stack=chosen.stack, table=chosen.table)
    except ShopNotFound as problem:
        sys.exit(str(problem))
    if chosen.verb == "repair":
        point_at(cloud, table=table)
        return _repaired(lambda: read_table(cloud, table), table, is_dry=chosen.dry_run)
    found = lasting(lambda: read_table(cloud, table), patience=chosen.patience, settle=chosen.settle)
    for finding in found:
        print(finding)
    print(f"{table}: {_summary(found)}")
    return 1 if found else 0


def _repaired(read: Read, table: str, *, is_dry: bool) -> int:
    mended = left = 0
    for mending in repair(read, is_dry=is_dry):
        print(f"{'would mend' if is_dry else 'mended'} {mending}" if not mending.left else mending)
        mended, left = mended + (not mending.left), left + bool(mending.left)
    print(f"{table}: {mended} {'to be mended' if is_dry else 'mended'}, {left} left")
    return 1 if left or (is_dry and mended) else 0


def lasting(read: Read, *, patience: float, settle: float, pause: float = _PAUSE) -> list[Finding]:
    """Return what is wrong in every reading: a shop at work contradicts itself for moments only."""
    last: list[Finding] | None = None

    def nothing_lasts() -> bool:
        nonlocal last
        seen = check(read(), clock.now(), patience=timedelta(seconds=patience))
        known = None if last is None else {(each.invariant, each.pk, each.sk) for each in last}
        last = [each for each in seen if known is None or (each.invariant, each.pk, each.sk) in known]
        return not last

    try:
        wait_until(nothing_lasts, within_seconds=settle, every_seconds=pause, what="the books to balance")
    except WaitedTooLong:
        return last or []
    return []


def _summary(found: Iterable[Finding]) -> str:
    broken = {finding.invariant for finding in found}
    return f"{len(broken)} of {len(INVARIANTS)} invariants broken" if broken else "the books balance"


if __name__ == "__main__":
    sys.exit(main())
