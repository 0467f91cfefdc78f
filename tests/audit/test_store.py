"""What does a search cost, and does each index find what it should?"""

import pytest

from chalicelib.audit import rules, store
from chalicelib.audit.models import AuditEntry
from chalicelib.audit.rules import Search
from chalicelib.core.storage import connection
from chalicelib.core.storage.table import Slice
from tests.audit.builders import ABEBE, COFFEE, GABI, HANA, an_event, kept, kept_all
from tests.support.account import Account
from tests.support.recorded_calls import recording


@pytest.fixture
def trail(aws: Account) -> None:
    """Six acts of two people on two products, a second apart."""
    for number, (actor, subject, kind) in enumerate(
        [
            (HANA, COFFEE, "create_product"),
            (HANA, GABI, "create_product"),
            (ABEBE, COFFEE, "change_product"),
            (HANA, COFFEE, "change_product"),
            (ABEBE, GABI, "change_product"),
            ("", COFFEE, "change_product"),
        ],
        start=1,
    ):
        at = f"2026-11-22T06:00:{number:02d}.000000Z"
        kind_of_actor = "staff" if actor else "system"
        kept(an_event(number, at=at, actor=actor, subject=subject, kind=kind, actor_kind=kind_of_actor))


def numbers(found: Slice[AuditEntry]) -> list[int]:
    return [entry.number for entry in found.items]


def at(second: int) -> str:
    return rules.moment(f"2026-11-22T06:00:{second:02d}Z")


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (Search(), [6, 5, 4, 3, 2, 1]),
        (Search(subject=COFFEE), [6, 4, 3, 1]),
        (Search(actor=HANA), [4, 2, 1]),
        (Search(actor="system"), [6]),
        (Search(kind="create_product"), [2, 1]),
        (Search(subject=COFFEE, actor=HANA), [4, 1]),
        (Search(actor=ABEBE, kind="change_product"), [5, 3]),
        (Search(subject=COFFEE, actor=HANA, kind="create_product"), [1]),
        (Search(subject="prd_other"), []),
        (Search(subject=COFFEE, since=at(3), until=at(6)), [4, 3]),
        (Search(actor=HANA, since=at(2)), [4, 2]),
        (Search(kind="change_product", until=at(4)), [3]),
        (Search(since=at(2), until=at(5)), [4, 3, 2]),
        (Search(until=at(2)), [1]),
    ],
)
def test_what_is_wanted_is_found_newest_first(trail: None, wanted: Search, found: list[int]) -> None:
    assert numbers(store.entries(wanted, after=None, limit=10)) == found


@pytest.mark.parametrize("wanted", [Search(), Search(subject=COFFEE), Search(actor=HANA, kind="change_product")])
@pytest.mark.parametrize("limit", [1, 2, 3])
def test_page_after_page_finds_everything_once(trail: None, wanted: Search, limit: int) -> None:
    whole = numbers(store.entries(wanted, after=None, limit=10))

    found, after = [], None
    while True:
        page = store.entries(wanted, after=after, limit=limit)
        found += numbers(page)
        after = page.next_after
        if after is None:
            break

    assert found == whole


@pytest.mark.parametrize(
    ("wanted", "index"),
    [
        (Search(), None),
        (Search(subject=COFFEE, actor=HANA, kind="change_product"), "gsi1"),
        (Search(actor=HANA, kind="change_product"), "gsi2"),
        (Search(kind="change_product", since=at(1)), "gsi3"),
    ],
)
def test_a_page_is_one_query(aws: Account, wanted: Search, index: str | None) -> None:
    kept_all(25)

    with recording(connection.audit_table().connection.client) as calls:
        found = store.entries(wanted, after=None, limit=20)

    assert calls.operations == ["Query"]
    assert calls.sent[0].params.get("IndexName") == index
    assert len(found.items) in (0, 20)
    assert calls.read_units <= 2.5


def test_the_end_of_a_chain_is_one_consistent_query_of_one_entry(aws: Account) -> None:
    assert store.last_entry(rules.CHAIN) is None
    kept_all(3)

    with recording(connection.audit_table().connection.client) as calls:
        last = store.last_entry(rules.CHAIN)

    assert last is not None
    assert (last.number, calls.operations) == (3, ["Query"])
    assert (calls.sent[0].params["ConsistentRead"], calls.sent[0].params["Limit"], calls.read_units) == (True, 1, 1)
