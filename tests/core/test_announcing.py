"""Does an event ride on the item that changed, whole or not at all?"""

from dataclasses import dataclass
from typing import ClassVar

import pytest

from chalicelib.core import observability
from chalicelib.core.events.event import Event, announcement, envelope, registered
from chalicelib.core.storage import transactions
from chalicelib.core.storage.key import Key
from chalicelib.core.storage.table import find
from chalicelib.core.storage.transactions import StaleItem
from tests.core.announcements import HoneyPoured, JarBroken, Jug, Scale
from tests.support.account import Account

JUG = Key("JUGS", "JUG#1")


def a_jug() -> Jug:
    jug = Jug.at(JUG)
    with transactions.write() as work:
        work.create(jug, event=HoneyPoured("jug_1", 250))
    return jug


def test_an_event_says_what_happened_to_what_and_when(aws: Account) -> None:
    a_jug()

    stored = find(Jug, JUG)

    assert stored is not None
    assert stored.event["id"].startswith("evt_")
    assert stored.event["time"].endswith("Z")
    assert {name: stored.event[name] for name in ("type", "subject", "sequence", "data")} == {
        "type": "test.honey_poured",
        "subject": "jug_1",
        "sequence": 1,
        "data": {"jar_id": "jug_1", "grams": 250, "bees": []},
    }


def test_a_change_that_announces_nothing_takes_the_old_event_away(aws: Account) -> None:
    jug = a_jug()

    with transactions.write() as work:
        work.save(jug)

    stored = find(Jug, JUG)
    assert stored is not None
    assert (stored.event, stored.version) == (None, 2)


def test_each_change_has_a_higher_sequence_and_an_id_of_its_own(aws: Account) -> None:
    jug = a_jug()
    first = jug.event

    with transactions.write() as work:
        work.save(jug, event=JarBroken("jug_1"))

    assert (first["sequence"], jug.event["sequence"]) == (1, 2)
    assert first["id"] != jug.event["id"]


def test_a_stale_save_announces_nothing(aws: Account) -> None:
    a_jug()
    mine, theirs = find(Jug, JUG), find(Jug, JUG)
    assert mine is not None
    assert theirs is not None
    with transactions.write() as work:
        work.save(theirs, event=JarBroken("theirs"))

    with pytest.raises(StaleItem), transactions.write() as work:
        work.save(mine, event=JarBroken("mine"))

    stored = find(Jug, JUG)
    assert stored is not None
    assert stored.event["subject"] == "theirs"


def test_what_has_no_version_cannot_announce() -> None:
    with pytest.raises(TypeError, match="Scale has no version, so it cannot announce"):
        transactions.Work().create(Scale.at(JUG), event=JarBroken("jug_1"))


@pytest.mark.parametrize("letter", ["x", "ዳ"])
def test_an_event_carries_at_most_two_kilobytes(letter: str) -> None:
    room = 2_048 - len('{"jar_id": ""}')
    fits = letter * (room // len(letter.encode()))

    assert announcement(JarBroken(fits), sequence=1)["data"]["jar_id"] == fits
    with pytest.raises(ValueError, match=r"test\.jar_broken carries more than 2048 bytes; carry ids instead"):
        announcement(JarBroken(fits + letter), sequence=1)


def test_fields_that_a_newer_version_added_are_left_out() -> None:
    read = HoneyPoured.from_data({"jar_id": "jar_1", "grams": 5, "colour": "amber"})

    assert read == HoneyPoured("jar_1", 5)


def test_fields_that_an_older_version_lacked_have_their_defaults() -> None:
    assert HoneyPoured.from_data({"jar_id": "jar_1", "grams": 5}).bees == ()


def test_a_field_without_a_default_must_be_there() -> None:
    with pytest.raises(TypeError, match="grams"):
        HoneyPoured.from_data({"jar_id": "jar_1"})


def test_a_type_is_declared_once() -> None:
    with pytest.raises(TypeError, match=r"two events are called test\.honey_poured"):

        @dataclass(frozen=True)
        class AlsoPoured(Event):
            """It was poured again."""

            TYPE: ClassVar[str] = "test.honey_poured"

            jar_id: str

    assert registered()["test.honey_poured"] is HoneyPoured


def test_the_envelope_is_a_cloud_event(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STAGE", "staging")
    token = observability.traceparent.set("00-" + "a" * 32 + "-" + "b" * 16 + "-01")
    try:
        wrapped = envelope(announcement(JarBroken("jar_1"), sequence=7))
    finally:
        observability.traceparent.reset(token)

    assert {"specversion": "1.0", "source": "nexus/staging", "type": "test.jar_broken"}.items() <= wrapped.items()
    assert (wrapped["subject"], wrapped["sequence"], wrapped["data"]) == ("jar_1", 7, {"jar_id": "jar_1"})
    assert wrapped["datacontenttype"] == "application/json"
    assert wrapped["traceparent"].startswith("00-")


def test_without_a_trace_the_envelope_has_none() -> None:
    assert "traceparent" not in envelope(announcement(JarBroken("jar_1"), sequence=1))
