"""Which old rows do the tests of migrations begin with?"""

from collections.abc import Callable, Sequence
from typing import Any

from chalicelib.core.storage import connection, keys
from chalicelib.core.storage.attributes import IntegerAttribute, UnicodeAttribute
from chalicelib.core.storage.key import Key
from chalicelib.core.storage.shapes import Row
from chalicelib.core.storage.table import Item
from infra.migrations import m0001_vendor_names
from infra.migrations.plan import Migration
from infra.migrations.running import Pace, run
from tests.support.account import TABLE

NUMBERS = {"schema_version", "version", "honey_grams", "honey_kilograms"}


def client() -> Any:
    """Return the client that the shop itself uses."""
    return connection.table().connection.client


def put(key: Key, **members: str) -> Key:
    """Write a row as a release of another day did."""
    row = {"pk": key.pk, "sk": key.sk} | members
    raw = {name: {"N" if name in NUMBERS else "S": value} for name, value in row.items()}
    client().put_item(TableName=TABLE, Item=raw)
    return key


def stored(key: Key) -> Row:
    """Return a row as it lies in the table."""
    row: Row = client().get_item(TableName=TABLE, Key={"pk": {"S": key.pk}, "sk": {"S": key.sk}}, ConsistentRead=True)[
        "Item"
    ]
    return row


def everything() -> list[Row]:
    """Return every row of the table, in the order of their keys."""
    rows: list[Row] = client().scan(TableName=TABLE, ConsistentRead=True)["Items"]
    return sorted(rows, key=lambda row: (row["pk"]["S"], row["sk"]["S"]))


def an_old_vendor(vendor_id: str = "ven_GEDEO", **members: str) -> Key:
    """Write a vendor as it was stored before vendors had names by language."""
    old = {"kind": "vendor", "vendor_id": vendor_id, "name": f"Union {vendor_id}", "email": "shop@union.example"}
    old |= {"created_at": "2026-01-02T03:04:05.000000Z", "schema_version": "1", "version": "1"}
    return put(keys.vendor(vendor_id), **old | members)


def with_grams(row: Row) -> Row:
    return {**row, "honey_grams": {"N": str(int(row["honey_kilograms"]["N"]) * 1000)}}


class Jar(Item, discriminator="test_jar"):
    """A kind without a version, whose counter moves in place."""

    owner = UnicodeAttribute()
    honey_kilograms = IntegerAttribute()
    honey_grams = IntegerAttribute()
    upgrades = (with_grams,)


NAMES = m0001_vendor_names.MIGRATION
JARS = Migration("m0001_grams", kind=Jar, from_version=1, upgrade=with_grams)


def an_old_jar(number: int, *, kilograms: int = 2) -> Key:
    """Write a jar as it was stored when honey was weighed in kilograms."""
    key = Key("JARS", f"JAR#{number}")
    return put(key, kind="test_jar", owner="Aster", honey_kilograms=str(kilograms), schema_version="1")


VENDORS = [f"ven_{number:02}" for number in range(12)]
SMALL = Pace(page=5, rows_per_line=5)


def migrate(plan: Sequence[Migration], **options: Any) -> list[str]:
    """Run migrations in small pages; return the lines that were said."""
    said: list[str] = []
    run(plan, say=said.append, pace=SMALL, **options)
    return said


def on_first(act: Callable[[], None]) -> Callable[[Row], None]:
    """Do something once, after the first row that is moved."""
    seen: list[Row] = []

    def after_each(row: Row) -> None:
        seen.append(row)
        if len(seen) == 1:
            act()

    return after_each
