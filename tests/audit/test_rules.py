"""Does each link depend on all before it, and is what is searched for named as it is stored?"""

import dataclasses
from itertools import pairwise

import pytest

from chalicelib.audit import rules
from chalicelib.audit.rules import BEGINNING, Link, Search
from tests.audit.builders import an_act


def links(count: int) -> list[Link]:
    made: list[Link] = []
    for number in range(1, count + 1):
        made.append(rules.following(made[-1] if made else None, an_act(number), chain="0"))
    return made


def test_a_chain_begins_with_number_one_and_no_link_before() -> None:
    (first,) = links(1)

    assert (first.number, first.previous, len(first.hash)) == (1, BEGINNING, 64)


def test_each_link_names_the_hash_of_the_one_before() -> None:
    for before, after in pairwise(links(3)):
        assert (after.number, after.previous) == (before.number + 1, before.hash)
        assert rules.trouble_with(after, after=before) is None


def test_the_same_act_at_another_place_has_another_hash() -> None:
    first = rules.following(None, an_act(), chain="0")
    second = rules.following(first, an_act(), chain="0")
    elsewhere = rules.following(None, an_act(), chain="1")

    assert len({first.hash, second.hash, elsewhere.hash}) == 3


@pytest.mark.parametrize("name", [field.name for field in dataclasses.fields(an_act())])
def test_no_field_of_an_act_can_be_changed_unseen(name: str) -> None:
    (link,) = links(1)
    value = getattr(link.act, name)
    act = dataclasses.replace(link.act, **{name: [*value, "x"] if isinstance(value, list) else f"{value}x"})

    assert rules.trouble_with(dataclasses.replace(link, act=act), after=None) == "it is not what was written"


def test_a_gap_and_a_stranger_are_told_apart() -> None:
    first, _, third = links(3)
    stranger = rules.following(dataclasses.replace(first, hash="f" * 64), an_act(9), chain="0")

    assert rules.trouble_with(third, after=first) == "number 2 should be here"
    assert rules.trouble_with(stranger, after=first) == "it was not written after the one before it"


def test_places_sort_as_numbers_do() -> None:
    assert sorted(rules.place(number) for number in (1, 2, 10, 999_999_999_999)) == [
        rules.place(number) for number in (1, 2, 10, 999_999_999_999)
    ]


def test_a_rank_sorts_by_time_and_tells_the_place() -> None:
    first, second = links(2)

    assert rules.rank(first) < rules.rank(second)
    assert rules.place_in(rules.rank(second)) == ("0", "000000000002")


@pytest.mark.parametrize(
    ("given", "text"),
    [
        ("2026-11-22T06:00:00Z", "2026-11-22T06:00:00.000000Z"),
        ("2026-11-22T06:00:00.5Z", "2026-11-22T06:00:00.500000Z"),
        ("2026-11-22T06:00:00.123456Z", "2026-11-22T06:00:00.123456Z"),
    ],
)
def test_a_moment_is_as_fine_as_those_of_the_entries(given: str, text: str) -> None:
    assert rules.moment(given) == text
    assert rules.wanted(None, None, None, since=given, until=None) == Search(since=text)


def test_what_the_shop_does_by_itself_is_found_as_such() -> None:
    assert rules.doer_of(an_act(actor="", actor_kind="system")) == "system"
    assert rules.doer_of(an_act(actor="usr_1")) == "usr_1"
