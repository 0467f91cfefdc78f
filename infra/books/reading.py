"""What is in the table? Every row, as it is stored and as the shop reads it."""

import importlib
import pkgutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from pynamodb.exceptions import AttributeDeserializationError

import chalicelib
import infra.migrations
from chalicelib.core.storage.key import Key
from chalicelib.core.storage.table import Item
from infra.clouds import Cloud

Raw = Mapping[str, Any]


@dataclass(frozen=True)
class Row:
    """One row as DynamoDB gave it; ``item`` unless it cannot be read, which ``problem`` then says."""

    raw: Raw
    item: Item | None
    problem: str = ""

    @property
    def key(self) -> Key:
        return Key(self.raw["pk"]["S"], self.raw["sk"]["S"])


def read_table(cloud: Cloud, table: str) -> list[Row]:
    """Read every row, consistently: one Scan page after the other. Writes meanwhile are seen or not."""
    pages = cloud.client("dynamodb").get_paginator("scan").paginate(TableName=table, ConsistentRead=True)
    return rows_of(raw for page in pages for raw in page["Items"])


def rows_of(stored: Iterable[Raw]) -> list[Row]:
    """Read rows that somebody has fetched."""
    _know_every_kind()
    return [_row(raw) for raw in stored]


@cache
def _know_every_kind() -> None:
    """Import every module, since an item whose class is not imported cannot be read."""
    for package in (chalicelib, infra.migrations):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            importlib.import_module(module.name)


def _row(raw: Raw) -> Row:
    try:
        item = Item.from_raw_data(dict(raw))
    except (AttributeDeserializationError, ValueError, KeyError, TypeError) as problem:
        return Row(raw, None, f"{type(problem).__name__} while reading kind {raw.get('kind', {}).get('S')}")
    lacking = [
        name for name, attribute in item.get_attributes().items() if not attribute.null and getattr(item, name) is None
    ]
    return Row(raw, None, f"lacks {', '.join(sorted(lacking))}") if lacking else Row(raw, item)
