"""Are ids opaque, sortable by time, and never given twice?"""

import re
from datetime import UTC, datetime, timedelta

import pytest

from chalicelib.core import clock, ids


def test_an_id_has_its_prefix_and_26_characters_without_look_alikes() -> None:
    assert re.fullmatch(r"ord_[0-9A-HJKMNP-TV-Z]{26}", ids.new("ord"))


def test_ids_are_not_given_twice() -> None:
    assert len({ids.new("ord") for _ in range(10_000)}) == 10_000


def test_later_ids_sort_later(monkeypatch: pytest.MonkeyPatch) -> None:
    moments = [
        datetime(2026, 1, 1, tzinfo=UTC),
        datetime(2026, 1, 1, 0, 0, 0, 1000, UTC),
        datetime(2999, 1, 1, tzinfo=UTC),
    ]
    given = []
    for moment in moments:
        monkeypatch.setattr(clock, "now", lambda moment=moment: moment)
        given.append(ids.new("ord"))

    assert given == sorted(given)


def test_time_is_written_as_a_ulid_writes_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """The example of the ULID specification: 1469918176385 is 01ARYZ6S41."""
    monkeypatch.setattr(clock, "now", lambda: datetime.fromtimestamp(1469918176.385, UTC))

    assert ids.new("x")[2:12] == "01ARYZ6S41"


def test_a_sibling_has_the_same_body() -> None:
    checkout = ids.new("chk")

    assert ids.sibling(checkout, "ord") == f"ord_{checkout[4:]}"
    assert ids.sibling(ids.sibling(checkout, "ord"), "chk") == checkout


def test_an_id_tells_when_it_was_made() -> None:
    before = clock.now()

    made = ids.made_at(ids.new("crt"))

    assert before - timedelta(milliseconds=1) <= made <= clock.now()
