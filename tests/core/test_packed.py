"""Is a packed value what it was, smaller, and read however it was stored?"""

from chalicelib.core.storage import connection, transactions
from chalicelib.core.storage.attributes import PackedAttribute
from chalicelib.core.storage.key import Key
from chalicelib.core.storage.table import VersionedItem, find
from tests.support.account import Account

KEY = Key("CRATES", "CRATE#1")
LINES = [{"sku": f"SIDA-{number}", "title": "Sidama coffee, washed", "titles": "ሲዳማ ቡና"} for number in range(40)]


class Crate(VersionedItem, discriminator="test_crate"):
    """A kind with long lines that are all alike."""

    lines = PackedAttribute[list[dict[str, str]]](list[dict[str, str]], default=list)


def test_a_packed_value_is_read_as_it_was_written(aws: Account) -> None:
    with transactions.write() as work:
        work.create(Crate.at(KEY, lines=LINES))

    crate = find(Crate, KEY)

    assert crate is not None
    assert crate.lines == LINES


def test_a_packed_value_takes_a_fraction_of_its_text(aws: Account) -> None:
    with transactions.write() as work:
        work.create(Crate.at(KEY, lines=LINES))

    stored = connection.table().get_item(KEY.pk, KEY.sk, consistent_read=True)["Item"]

    assert len(stored["lines"]["B"]) < len(str(LINES)) / 5


def test_a_value_that_was_stored_before_it_was_packed_is_read_and_then_packed(aws: Account) -> None:
    row = {"pk": KEY.pk, "sk": KEY.sk, "kind": "test_crate", "lines": '[{"sku": "SIDA-1"}]'}
    raw: dict[str, dict[str, str]] = {name: {"S": value} for name, value in row.items()}
    raw |= {"version": {"N": "1"}, "schema_version": {"N": "1"}}
    connection.table().connection.client.put_item(TableName="nexus", Item=raw)

    crate = find(Crate, KEY)
    assert crate is not None
    assert crate.lines == [{"sku": "SIDA-1"}]
    with transactions.write() as work:
        work.save(crate)

    assert "B" in connection.table().get_item(KEY.pk, KEY.sk, consistent_read=True)["Item"]["lines"]
