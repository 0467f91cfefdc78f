"""Is a row moved without losing what happens to it meanwhile?"""

from dataclasses import replace
from typing import Any

import pytest

from chalicelib.core.aws import client as aws_client
from chalicelib.core.storage import keys, transactions
from chalicelib.core.storage.shapes import Row
from chalicelib.core.storage.table import find
from chalicelib.vendors import service as vendors
from chalicelib.vendors.models import with_names
from infra.migrations.moving import RowNotMoved
from tests.migrations.builders import (
    JARS,
    NAMES,
    VENDORS,
    Jar,
    an_old_jar,
    an_old_vendor,
    everything,
    migrate,
    on_first,
    put,
    stored,
    with_grams,
)
from tests.support.account import Account


def test_a_moved_row_reads_as_it_did_before(aws: Account) -> None:
    key = an_old_vendor()
    before = vendors.require("ven_GEDEO")

    migrate([NAMES])

    after = vendors.require("ven_GEDEO")
    assert after.attribute_values == before.attribute_values
    assert stored(key)["names"] == {"S": '{"en":"Union ven_GEDEO"}'}
    assert (stored(key)["schema_version"], stored(key)["version"]) == ({"N": "2"}, {"N": "1"})


def test_a_moved_row_equals_one_that_the_shop_saves(aws: Account) -> None:
    moved, saved = an_old_vendor("ven_1"), an_old_vendor("ven_2", name="Union ven_1")
    with transactions.write() as work:
        work.save(vendors.require("ven_2"))

    migrate([NAMES])

    of_one_place = {"pk", "sk", "vendor_id", "version"}
    assert {name: value for name, value in stored(moved).items() if name not in of_one_place} == {
        name: value for name, value in stored(saved).items() if name not in of_one_place
    }


def test_what_a_shopkeeper_saves_meanwhile_is_not_lost(aws: Account) -> None:
    for vendor_id in VENDORS[:4]:
        an_old_vendor(vendor_id)

    migrate([NAMES], after_each=on_first(lambda: vendors.change("ven_03", name="Renamed")))

    renamed = vendors.require("ven_03")
    assert (renamed.name, renamed.names, renamed.version) == ("Renamed", {"en": "Renamed"}, 2)
    assert stored(keys.vendor("ven_03"))["schema_version"] == {"N": "2"}


def test_a_counter_that_moves_meanwhile_keeps_its_move(aws: Account) -> None:
    jars = [an_old_jar(number) for number in range(3)]

    def take_two() -> None:
        with transactions.write() as work:
            more = Jar.honey_kilograms.set(Jar.honey_kilograms + 3)
            work.update(Jar.at(jars[2]), [more], when=Jar.pk.exists())

    migrate([JARS], after_each=on_first(take_two))

    jar = stored(jars[2])
    assert (jar["honey_kilograms"], jar["honey_grams"]) == ({"N": "5"}, {"N": "5000"})


def test_a_row_deleted_meanwhile_does_not_come_back(aws: Account) -> None:
    jars = [an_old_jar(number) for number in range(3)]

    def delete() -> None:
        with transactions.write() as work:
            work.delete(Jar.at(jars[2]))

    migrate([JARS], after_each=on_first(delete))

    assert find(Jar, jars[2]) is None
    assert len([row for row in everything() if row["pk"]["S"] == "JARS"]) == 2


def test_a_row_that_never_rests_is_reported(aws: Account) -> None:
    jar = an_old_jar(1)

    def stir(**_: Any) -> None:
        put(jar, kind="test_jar", owner=f"Aster {len(stirred)}", honey_kilograms="2", schema_version="1")
        stirred.append(1)

    stirred: list[int] = []
    aws_client("dynamodb").meta.events.register("before-call.dynamodb.UpdateItem", stir)

    with pytest.raises(RowNotMoved, match="others changed it 20 times meanwhile; run again"):
        migrate([JARS])


def test_a_row_that_cannot_be_moved_is_named_and_stops_the_run(aws: Account) -> None:
    an_old_jar(1)
    broken = an_old_jar(2)
    put(broken, kind="test_jar", owner="Aster", schema_version="1")

    with pytest.raises(RowNotMoved) as stopped:
        migrate([JARS])
    an_old_jar(2)
    migrate([JARS])

    assert str(stopped.value) == "m0001_grams stopped at pk=JARS sk=JAR#2: KeyError: 'honey_kilograms'"
    assert stored(broken)["honey_grams"] == {"N": "2000"}


@pytest.mark.parametrize("name", ["pk", "sk", "kind"])
def test_an_upgrade_cannot_make_another_thing_of_a_row(aws: Account, name: str) -> None:
    an_old_jar(1)

    def elsewhere(row: Row) -> Row:
        return {**row, name: {"S": "ELSEWHERE"}}

    with pytest.raises(RowNotMoved, match="may not change what a row is or where it is stored"):
        migrate([replace(JARS, upgrade=elsewhere)])


def test_an_attribute_that_an_upgrade_drops_is_gone(aws: Account) -> None:
    jar = an_old_jar(1)

    def in_grams_only(row: Row) -> Row:
        return {name: value for name, value in with_grams(row).items() if name != "honey_kilograms"}

    migrate([replace(JARS, upgrade=in_grams_only)])

    assert "honey_kilograms" not in stored(jar)
    assert stored(jar)["honey_grams"] == {"N": "2000"}


def test_what_a_row_announced_once_is_not_announced_again(aws: Account) -> None:
    key = an_old_vendor(event='{"id": "evt_1", "type": "vendor.renamed"}')

    migrate([NAMES])

    assert "event" not in stored(key)


def test_a_row_from_before_there_were_versions_is_moved(aws: Account) -> None:
    key = put(keys.vendor("ven_1"), kind="vendor", vendor_id="ven_1", name="Old", email="o@example.com", created_at="x")

    migrate([NAMES])

    assert stored(key)["schema_version"] == {"N": "2"}


def test_the_upgrade_of_a_vendor_only_adds() -> None:
    old = {"name": {"S": "Gedeo Union"}, "email": {"S": "x@example.com"}, "kind": {"S": "vendor"}}

    assert with_names(old) == old | {"names": {"S": '{"en":"Gedeo Union"}'}}
