"""Does everybody see a row in today's shape, whenever it was written?"""

from chalicelib.core.storage import connection, keys, transactions
from chalicelib.core.storage.attributes import UnicodeAttribute
from chalicelib.core.storage.key import Key
from chalicelib.core.storage.shapes import Row
from chalicelib.core.storage.table import Item, VersionedItem, find, find_many, page, partition
from tests.support.account import Account


def with_region(row: Row) -> Row:
    return {**row, "region": {"S": row["town"]["S"].partition(", ")[2]}}


def with_label(row: Row) -> Row:
    return {**row, "label": {"S": f"from {row['region']['S']}"}}


class Basket(VersionedItem, discriminator="test_basket"):
    """A kind that has changed twice."""

    town = UnicodeAttribute()
    region = UnicodeAttribute()
    label = UnicodeAttribute()
    upgrades = (with_region, with_label)


KEY = Key("BASKETS", "BASKET#1")


def put(**members: str) -> None:
    """Write a row as a release of another day did."""
    numbers = {"schema_version", "version"}
    row = {"pk": KEY.pk, "sk": KEY.sk, "kind": "test_basket", "version": "1"} | members
    raw = {name: {"N" if name in numbers else "S": value} for name, value in row.items()}
    connection.table().connection.client.put_item(TableName="nexus", Item=raw)


def stored() -> Row:
    row: Row = connection.table().get_item(KEY.pk, KEY.sk, consistent_read=True)["Item"]
    return row


def test_an_old_row_is_read_in_todays_shape_by_every_way_of_reading(aws: Account) -> None:
    put(town="Dilla, Gedeo", schema_version="1")

    found = [
        find(Basket, KEY),
        *find_many([KEY]),
        *partition(KEY.pk),
        *page(Basket, KEY.pk, after=None, limit=5).items,
    ]

    assert len(found) == 4
    for basket in found:
        assert isinstance(basket, Basket)
        assert (basket.region, basket.label, basket.schema_version) == ("Gedeo", "from Gedeo", 3)


def test_a_row_halfway_only_takes_the_steps_it_lacks(aws: Account) -> None:
    put(town="Dilla, Gedeo", region="chosen by hand", schema_version="2")

    basket = find(Basket, KEY)

    assert basket is not None
    assert (basket.region, basket.label) == ("chosen by hand", "from chosen by hand")


def test_a_row_without_a_schema_version_is_of_the_first_shape(aws: Account) -> None:
    put(town="Dilla, Gedeo")

    basket = find(Basket, KEY)

    assert basket is not None
    assert basket.region == "Gedeo"


def test_reading_writes_nothing_and_saving_writes_todays_shape(aws: Account) -> None:
    put(town="Dilla, Gedeo", schema_version="1")

    basket = find(Basket, KEY)
    assert basket is not None
    assert "region" not in stored()
    with transactions.write() as work:
        work.save(basket)

    assert stored()["region"] == {"S": "Gedeo"}
    assert stored()["schema_version"] == {"N": "3"}


def test_a_new_item_has_todays_shape() -> None:
    assert Basket.at(KEY, town="Dilla").schema_version == 3
    assert Item.at(keys.vendor("ven_1")).schema_version == 1


def test_what_an_older_release_saves_is_upgraded_again(aws: Account) -> None:
    put(town="Dilla, Gedeo", region="Gedeo", label="from Gedeo", weave="tight", schema_version="4")

    basket = find(Basket, KEY)
    assert basket is not None
    with transactions.write() as work:
        work.save(basket)

    assert "weave" not in stored()
    assert stored()["schema_version"] == {"N": "3"}
