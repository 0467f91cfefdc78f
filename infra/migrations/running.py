"""How does a migration go through the table? Page by page, noting after each where it is."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from chalicelib.core import clock
from chalicelib.core.aws import client
from chalicelib.core.settings import settings
from chalicelib.core.storage.shapes import Row
from infra.migrations.moving import move
from infra.migrations.plan import Migration
from infra.migrations.progress import Progress, begin, note, progress_of

Say = Callable[[str], None]


class OutOfOrder(Exception):
    """A later migration is done while an earlier one is not."""


@dataclass(frozen=True)
class Pace:
    """Rows looked at per page, after which progress is stored, and rows between two lines about it."""

    page: int = 500
    rows_per_line: int = 10_000


@dataclass(frozen=True)
class Page:
    """Rows of the shape that is sought, how many were looked at, and where the next page starts."""

    rows: Sequence[Row]
    seen: int
    next_start: dict[str, str] | None


def run(
    plan: Sequence[Migration], *, say: Say, pace: Pace | None = None, after_each: Callable[[Row], None] | None = None
) -> None:
    """Carry out what is not done yet, in order. Safe to stop anywhere, to repeat, and while the shop is open.

    ``after_each`` is called with each row that was moved. Raises ``OutOfOrder``, ``RowNotMoved``,
    ``RunningElsewhere``.
    """
    demand_order(plan)
    for migration in plan:
        progress = begin(migration.name)
        if progress.done_at is not None:
            say(f"{migration.name}: done on {progress.done_at[:10]}")
            continue
        _go_through(migration, progress, say=say, pace=pace or Pace(), after_each=after_each or _nothing)
        say(f"{migration.name}: done, {progress.moved} of {progress.seen} rows moved")


def count(plan: Sequence[Migration], *, say: Say, pace: Pace | None = None) -> int:
    """Say how many rows each migration would move by itself, and write nothing; return their number."""
    total = 0
    for migration in plan:
        waiting = sum(len(page.rows) for page in _pages(migration, None, (pace or Pace()).page))
        say(f"{migration.name}: {waiting} rows of {migration.kind_name} have schema version {migration.from_version}")
        total += waiting
    return total


def demand_order(plan: Sequence[Migration]) -> None:
    """Raise ``OutOfOrder`` when something is done that comes after something that is not."""
    waiting: str | None = None
    for migration in plan:
        progress = progress_of(migration.name)
        is_done = progress is not None and progress.done_at is not None
        if is_done and waiting is not None:
            raise OutOfOrder(f"{migration.name} is done, but {waiting}, which comes before it, is not")
        waiting = waiting if is_done else waiting or migration.name


def _go_through(
    migration: Migration, progress: Progress, *, say: Say, pace: Pace, after_each: Callable[[Row], None]
) -> None:
    if progress.cursor is not None:
        say(f"{migration.name}: going on after {progress.seen} rows")
    said = progress.seen
    for page in _pages(migration, progress.cursor, pace.page):
        for row in page.rows:
            if move(migration, row):
                progress.moved += 1
                after_each(row)
        progress.seen += page.seen
        progress.cursor = page.next_start
        if page.next_start is None:
            progress.done_at = clock.as_text(clock.now())
        note(progress)
        if progress.seen - said >= pace.rows_per_line:
            said = progress.seen
            say(f"{migration.name}: {progress.moved} moved, {progress.seen} rows seen")


def _pages(migration: Migration, start: dict[str, str] | None, size: int) -> Iterator[Page]:
    """Scan for rows of the kind in the shape that is to be moved, consistently, so that none is missed."""
    while True:
        found = client("dynamodb").scan(
            TableName=settings.table_name,
            ConsistentRead=True,
            Limit=size,
            FilterExpression="#kind = :kind AND " + _of_version(migration.from_version),
            ExpressionAttributeNames={"#kind": "kind", "#version": "schema_version"},
            ExpressionAttributeValues={
                ":kind": {"S": migration.kind_name},
                ":version": {"N": str(migration.from_version)},
            },
            **({} if start is None else {"ExclusiveStartKey": {name: {"S": text} for name, text in start.items()}}),
        )
        start = _plain(found.get("LastEvaluatedKey"))
        yield Page(found["Items"], found["ScannedCount"], start)
        if start is None:
            return


def _of_version(version: int) -> str:
    # The first rows of all may carry no version.
    return "(#version = :version OR attribute_not_exists(#version))" if version == 1 else "#version = :version"


def _plain(key: dict[str, Any] | None) -> dict[str, str] | None:
    return None if key is None else {name: str(value["S"]) for name, value in key.items()}


def _nothing(row: Row) -> None:
    """Let the next row come."""
