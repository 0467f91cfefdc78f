"""Does a migration go through the whole table, whatever stops it on the way?"""

from dataclasses import replace

import pytest

from chalicelib.core.storage import keys
from chalicelib.core.storage.attributes import UnicodeAttribute
from chalicelib.core.storage.key import Key
from chalicelib.core.storage.shapes import Row
from chalicelib.core.storage.table import Item
from chalicelib.vendors import service as vendors
from infra.migrations import progress
from infra.migrations.plan import Migration
from infra.migrations.running import OutOfOrder, count
from tests.migrations.builders import (
    JARS,
    NAMES,
    SMALL,
    VENDORS,
    an_old_jar,
    an_old_vendor,
    client,
    everything,
    migrate,
    on_first,
    put,
    stored,
    with_grams,
)
from tests.support.account import Account
from tests.support.recorded_calls import recording


def with_shelf(row: Row) -> Row:
    return {**row, "shelf": {"S": f"shelf of {row['owner']['S']}"}}


class TwoJars(Item, discriminator="test_two_jars"):
    """A kind that changed twice."""

    owner = UnicodeAttribute()
    upgrades = (with_grams, with_shelf)


TWO_JARS = Key("TWO_JARS", "JAR")
TWICE = [
    replace(JARS, kind=TwoJars),
    Migration("m0002_shelf", kind=TwoJars, from_version=2, upgrade=with_shelf),
]


class Crash(Exception):
    """The process dies."""


def test_everything_else_stays_as_it_is(aws: Account) -> None:
    vendors.register(name="Weavers", email="shop@weavers.example", vendor_id="ven_NEW")
    an_old_jar(1)
    before = everything()

    migrate([NAMES])

    assert [row for row in everything() if row["pk"]["S"] != keys.MIGRATIONS] == before


def test_a_crash_in_the_middle_is_resumed_where_it_was(aws: Account) -> None:
    for vendor_id in VENDORS:
        an_old_vendor(vendor_id)
    moved: list[str] = []

    def dying(row: Row) -> None:
        moved.append(row["sk"]["S"])
        if len(moved) == 7:
            raise Crash

    with pytest.raises(Crash):
        migrate([NAMES], after_each=dying)
    halfway = progress.progress_of("m0001_vendor_names")
    said = migrate([NAMES], after_each=lambda row: moved.append(row["sk"]["S"]))

    assert halfway is not None
    assert (halfway.seen, halfway.done_at) == (5, None)
    assert halfway.moved in (4, 5), "the note of the progress may itself be among the rows"
    assert said[0] == "m0001_vendor_names: going on after 5 rows"
    assert sorted(moved) == [f"VENDOR#{vendor_id}" for vendor_id in VENDORS]
    assert {stored(keys.vendor(vendor_id))["schema_version"]["N"] for vendor_id in VENDORS} == {"2"}


def test_running_twice_writes_nothing_more(aws: Account) -> None:
    an_old_vendor()
    migrate([NAMES])
    before = everything()

    with recording(client()) as calls:
        said = migrate([NAMES])

    assert set(calls.operations) == {"GetItem"}
    assert everything() == before
    assert len(said) == 1
    assert said[0].startswith("m0001_vendor_names: done on 20")


def test_progress_is_told_and_stored(aws: Account) -> None:
    for vendor_id in VENDORS:
        an_old_vendor(vendor_id)

    said = migrate([NAMES])

    assert [line.partition(" moved, ")[2] for line in said[:2]] == ["5 rows seen", "10 rows seen"]
    assert said[-1] == "m0001_vendor_names: done, 12 of 13 rows moved"
    noted = progress.progress_of("m0001_vendor_names")
    assert noted is not None
    assert (noted.moved, noted.cursor, noted.done_at is None) == (12, None, False)


def test_a_kind_that_changed_twice_is_moved_twice(aws: Account) -> None:
    key = put(TWO_JARS, kind="test_two_jars", owner="Aster", honey_kilograms="1", schema_version="1")

    said = migrate(TWICE)

    assert stored(key)["shelf"] == {"S": "shelf of Aster"}
    assert stored(key)["schema_version"] == {"N": "3"}
    assert [line for line in said if "done" in line] == [
        "m0001_grams: done, 1 of 2 rows moved",
        "m0002_shelf: done, 1 of 3 rows moved",
    ]


def test_a_later_one_that_is_done_before_an_earlier_one_is_refused(aws: Account) -> None:
    migrate(TWICE)
    progress.forget("m0001_grams")

    with pytest.raises(OutOfOrder, match="m0002_shelf is done, but m0001_grams, which comes before it, is not"):
        migrate(TWICE)


def test_two_runs_at_once_do_not_run_on(aws: Account) -> None:
    for vendor_id in VENDORS:
        an_old_vendor(vendor_id)

    def somebody_else() -> None:
        progress.note(progress.begin("m0001_vendor_names"))

    with pytest.raises(progress.RunningElsewhere):
        migrate([NAMES], after_each=on_first(somebody_else))


def test_a_dry_run_counts_and_writes_nothing(aws: Account) -> None:
    for vendor_id in VENDORS:
        an_old_vendor(vendor_id)
    before, said = everything(), []

    waiting = count([NAMES], say=said.append, pace=SMALL)

    assert waiting == 12
    assert said == ["m0001_vendor_names: 12 rows of vendor have schema version 1"]
    assert everything() == before


def test_what_an_old_process_wrote_behind_the_cursor_is_found_by_going_again(aws: Account) -> None:
    migrate([NAMES])
    late = an_old_vendor()

    migrate([NAMES])
    assert stored(late)["schema_version"] == {"N": "1"}
    progress.forget("m0001_vendor_names")
    migrate([NAMES])

    assert stored(late)["schema_version"] == {"N": "2"}
