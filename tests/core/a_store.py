"""What do the tests of writing begin with? A shelf with a version and sacks without one."""

from chalicelib.core.errors import Conflict
from chalicelib.core.storage.attributes import IntegerAttribute, UnicodeAttribute
from chalicelib.core.storage.key import Key
from chalicelib.core.storage.table import Item, VersionedItem, find
from chalicelib.core.storage.transactions import write


class Shelf(VersionedItem, discriminator="test_shelf"):
    label = UnicodeAttribute()


class Sack(Item, discriminator="test_sack"):
    kilograms = IntegerAttribute(default=10)


class Refused(Conflict):
    code = "refused"


SHELF, SACK, OTHER, ABSENT = (Key("STORE", name) for name in ("SHELF", "SACK", "OTHER", "ABSENT"))


def a_shelf(label: str = "coffee") -> Shelf:
    shelf = Shelf.at(SHELF, label=label)
    with write() as work:
        work.create(shelf)
    return shelf


def a_sack(key: Key = SACK) -> Sack:
    sack = Sack.at(key)
    with write() as work:
        work.create(sack)
    return sack


def write_and_fail(key: Key) -> None:
    with write() as work:
        work.create(Sack.at(key))
        raise Refused()


def label() -> str | None:
    shelf = find(Shelf, SHELF)
    return shelf and shelf.label


def create_both() -> None:
    with write() as work:
        work.create(Sack.at(SACK), refusal=Refused(number=1))
        work.create(Sack.at(OTHER), refusal=Refused(number=2))


def rename(text: str) -> None:
    shelf = find(Shelf, SHELF)
    assert shelf is not None
    shelf.label = text
    with write() as work:
        work.save(shelf)
