"""Which rows are in the table, and which of them has somebody changed?"""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from infra.clouds import Cloud
from tests.support.waiting import eventually

# What being turned away may leave behind: how often somebody tried, and a note of it.
LEFT_BY_REFUSALS = frozenset({"throttle", "audit_note"})
_SETTLED_SECONDS = 60
Rows = Mapping[tuple[str, str], Any]


@dataclass(frozen=True)
class Table:
    """A shop's table, looked at from outside."""

    cloud: Cloud
    name: str

    def rows(self) -> Rows:
        """Return every row by its key, without those that refusals may write."""
        pages = self.cloud.client("dynamodb").get_paginator("scan").paginate(TableName=self.name, ConsistentRead=True)
        rows = [row for page in pages for row in page["Items"]]
        return {(row["pk"]["S"], row["sk"]["S"]): row for row in rows if row["kind"]["S"] not in LEFT_BY_REFUSALS}

    def rows_at_rest(self, *, quiet_seconds: float) -> Rows:
        """Return every row once none has changed for so long."""
        rows, since = self.rows(), time.monotonic()

        def is_quiet() -> bool:
            nonlocal rows, since
            now = self.rows()
            if now != rows:
                rows, since = now, time.monotonic()
            return time.monotonic() - since >= quiet_seconds

        eventually(is_quiet, _SETTLED_SECONDS, f"nothing changes in {self.name}")
        return rows


def changed(before: Rows, after: Rows) -> list[str]:
    """Name the rows that were made, changed or removed."""
    return sorted(" / ".join(key) for key in before.keys() | after.keys() if before.get(key) != after.get(key))
