"""What if a row was written in another shape? It is brought up to date before anybody sees it."""

import json
import zlib
from collections.abc import Callable, Mapping, Sequence
from typing import Any

# A row as DynamoDB gives it: ``{"name": {"S": "Hana"}}``.
Row = Mapping[str, Any]
# From one shape to the next. Pure, and only adding: the release before still reads what it leaves behind.
Upgrade = Callable[[Row], Row]

VERSION = "schema_version"


def latest(upgrades: Sequence[Upgrade]) -> int:
    """Return the schema version that these upgrades lead to; rows begin with 1."""
    return len(upgrades) + 1


def version_of(row: Row) -> int:
    """Return the schema version that a row was written with."""
    return int(row[VERSION]["N"]) if VERSION in row else 1


def upgraded(row: Row, upgrades: Sequence[Upgrade]) -> Row:
    """Return the row in the shape of the last upgrade.

    A row from a newer release counts as ours: what this release saves is written, and labelled, in this
    release's shape, so that the newer one upgrades it again.
    """
    version, wanted = version_of(row), latest(upgrades)
    if version == wanted:
        return row
    for upgrade in upgrades[version - 1 :]:
        row = upgrade(row)
    return labelled(row, wanted)


def labelled(row: Row, version: int) -> Row:
    """Return the row as one of this schema version."""
    return {**row, VERSION: {"N": str(version)}}


def reshaped(row: Row, name: str, change: Callable[[dict[str, Any]], Mapping[str, Any]]) -> Row:
    """Return a row whose value of that name is changed as the plain data that its JSON tells, packed if it was."""
    stored = row[name]
    text = stored["S"] if "S" in stored else zlib.decompress(stored["B"])
    told = json.dumps(change(json.loads(text)), ensure_ascii=False, separators=(",", ":"))
    return {**row, name: {"S": told} if "S" in stored else {"B": zlib.compress(told.encode())}}
