"""How is one row moved while the shop is open? By a write that holds only if nobody touched the row since it was read.

Only the difference is written, under the condition that every attribute is as it was read. So a counter that moves
meanwhile, or a save in between, is never undone: the row is read again. Rows that carry what they announced lose it
(it is published already), since a write of such a row would announce it again.
"""

from collections.abc import Mapping
from typing import Any

from botocore.exceptions import ClientError

from chalicelib.core.aws import client
from chalicelib.core.errors import Refusal
from chalicelib.core.settings import settings
from chalicelib.core.storage import transactions
from chalicelib.core.storage.shapes import Row, version_of
from infra.migrations.plan import Migration, Replacement

_TRIES = 20
_ANNOUNCED = "event"
_KEYS = ("pk", "sk")


class RowNotMoved(Exception):
    """A row stays in its old shape; the migration stops at it."""

    def __init__(self, migration: str, row: Row, why: str) -> None:
        super().__init__(f"{migration} stopped at pk={row['pk']['S']} sk={row['sk']['S']}: {why}")


def move(migration: Migration, row: Row) -> bool:
    """Bring a row to its next shape; ``False`` if somebody else did, or deleted it. Raises ``RowNotMoved``."""
    if migration.replacement is not None:
        return _replaced(migration.name, migration.replacement, row)
    read: Row | None = row
    for _ in range(_TRIES):
        if read is None or version_of(read) != migration.from_version:
            return False
        if _written(read, _next_shape(migration, read)):
            return True
        read = _read_again(row)
    raise RowNotMoved(migration.name, row, f"others changed it {_TRIES} times meanwhile; run again")


def _replaced(name: str, replacement: Replacement, row: Row) -> bool:
    try:
        return transactions.settled(lambda: replacement(row))
    except (LookupError, TypeError, ValueError, Refusal) as problem:
        raise RowNotMoved(name, row, f"{type(problem).__name__}: {problem}") from problem


def _next_shape(migration: Migration, row: Row) -> Row:
    try:
        wanted = migration.applied_to(row)
    except (LookupError, TypeError, ValueError, AttributeError) as problem:
        raise RowNotMoved(migration.name, row, f"{type(problem).__name__}: {problem}") from problem
    if any(wanted.get(name) != row[name] for name in (*_KEYS, "kind")):
        raise RowNotMoved(migration.name, row, "an upgrade may not change what a row is or where it is stored")
    return {name: value for name, value in wanted.items() if name != _ANNOUNCED}


def _written(row: Row, wanted: Row) -> bool:
    names = {name: f"#n{number}" for number, name in enumerate(sorted({*row, *wanted} - {*_KEYS}))}
    changed = [name for name in wanted if name in names and row.get(name) != wanted[name]]
    gone = [name for name in row if name not in wanted]
    as_read = [
        f"{place} = {place.replace('#n', ':r')}" if name in row else f"attribute_not_exists({place})"
        for name, place in names.items()
    ]
    update = "SET " + ", ".join(f"{names[name]} = {names[name].replace('#n', ':w')}" for name in changed)
    try:
        client("dynamodb").update_item(
            TableName=settings.table_name,
            Key=_key(row),
            UpdateExpression=update + (f" REMOVE {', '.join(names[name] for name in gone)}" if gone else ""),
            ConditionExpression=" AND ".join(as_read),
            ExpressionAttributeNames={place: name for name, place in names.items()},
            ExpressionAttributeValues={names[name].replace("#n", ":w"): wanted[name] for name in changed}
            | {place.replace("#n", ":r"): row[name] for name, place in names.items() if name in row},
        )
    except ClientError as problem:
        if problem.response["Error"]["Code"] != "ConditionalCheckFailedException":
            raise
        return False
    return True


def _read_again(row: Row) -> Row | None:
    found: Mapping[str, Any] = client("dynamodb").get_item(
        TableName=settings.table_name, Key=_key(row), ConsistentRead=True
    )
    return found.get("Item")


def _key(row: Row) -> dict[str, Any]:
    return {name: row[name] for name in _KEYS}
