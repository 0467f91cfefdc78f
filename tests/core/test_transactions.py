"""Is a write all or nothing, and refused for the right reason?"""

from collections.abc import Callable
from contextlib import suppress
from itertools import permutations

import pytest

from chalicelib.core.storage.key import Key
from chalicelib.core.storage.table import find
from chalicelib.core.storage.transactions import StaleItem, Work, write
from tests.core.a_store import (
    ABSENT,
    OTHER,
    SACK,
    SHELF,
    Refused,
    Sack,
    Shelf,
    a_sack,
    a_shelf,
    label,
    write_and_fail,
)
from tests.support.account import Account
from tests.support.recorded_calls import recording


def test_one_write_is_one_call_and_several_are_one_transaction(aws: Account) -> None:
    with recording(aws.dynamodb) as calls:
        a_shelf()
        with write() as work:
            work.create(Sack.at(SACK))
            work.create(Sack.at(OTHER))
        with write():
            pass

    assert calls.operations == ["PutItem", "TransactWriteItems"]


def test_an_inner_write_joins_the_outer_one(aws: Account) -> None:
    with recording(aws.dynamodb) as calls, write() as outer:
        outer.create(Sack.at(SACK))
        with write() as inner:
            inner.create(Sack.at(OTHER))

    assert inner is outer
    assert calls.operations == ["TransactWriteItems"]


def test_nothing_is_written_when_the_block_fails(aws: Account) -> None:
    with pytest.raises(Refused):
        write_and_fail(SACK)

    assert find(Sack, SACK) is None
    a_sack(OTHER)
    assert find(Sack, SACK) is None, "the failed block left its writes behind"


def test_an_inner_block_that_fails_takes_its_writes_with_it(aws: Account) -> None:
    with write() as outer:
        outer.create(Sack.at(SACK))
        with suppress(Refused):
            write_and_fail(OTHER)

    assert find(Sack, SACK) is not None
    assert find(Sack, OTHER) is None


def test_a_stale_save_is_refused(aws: Account) -> None:
    a_shelf()
    mine, theirs = find(Shelf, SHELF), find(Shelf, SHELF)
    assert mine is not None
    assert theirs is not None
    for shelf, text in ((theirs, "theirs"), (mine, "mine")):
        shelf.label = text

    with write() as work:
        work.save(theirs)
    with pytest.raises(StaleItem), write() as work:
        work.save(mine)

    assert label() == "theirs"


def test_a_taken_key_is_refused_with_what_the_caller_says(aws: Account) -> None:
    a_sack()

    with pytest.raises(Refused), write() as work:
        work.create(Sack.at(SACK), refusal=Refused())


Entry = Callable[[Work, Exception], None]


def failing_check(work: Work, refusal: Exception) -> None:
    work.check(Sack.at(ABSENT), when=Sack.pk.exists(), refusal=refusal)


def failing_delete(work: Work, refusal: Exception) -> None:
    work.delete(Sack.at(SACK), when=Sack.kilograms == 0, refusal=refusal)


def failing_put(work: Work, refusal: Exception) -> None:
    work.create(Sack.at(OTHER), refusal=refusal)


def failing_update(work: Work, refusal: Exception) -> None:
    more = Shelf.version.set(5)
    work.update(Sack.at(SHELF), [more], when=Sack.kilograms >= 11, refusal=refusal)


def good_check(work: Work) -> None:
    work.check(Sack.at(SACK), when=Sack.pk.exists())


def good_delete(work: Work) -> None:
    work.delete(Sack.at(Key("STORE", "GONE")))


def good_put(work: Work) -> None:
    work.replace(Sack.at(Key("STORE", "PUT")))


def good_update(work: Work) -> None:
    work.update(Sack.at(OTHER), [Sack.kilograms.set(Sack.kilograms - 1)], when=Sack.kilograms >= 1)


def write_all(entries: list[Callable[[Work], None]]) -> None:
    with write() as work:
        for entry in entries:
            entry(work)


@pytest.mark.parametrize("failing_entry", [failing_check, failing_delete, failing_put, failing_update])
def test_the_entry_that_failed_gives_its_refusal_wherever_it_stands(aws: Account, failing_entry: Entry) -> None:
    """A transaction goes out grouped by verb and its reasons come in that order."""
    a_sack()
    a_sack(OTHER)
    a_sack(SHELF)
    harmless = {
        failing_check: (good_delete, good_put, good_update),
        failing_delete: (good_put, good_update),
        failing_put: (good_check, good_delete),
        failing_update: (good_check, good_delete, good_put),
    }[failing_entry]

    for number, others in enumerate(permutations(harmless)):
        refusal = Refused(number=number)
        first, *rest = others
        with pytest.raises(Refused) as refused:
            write_all([first, lambda work, refusal=refusal: failing_entry(work, refusal), *rest])
        assert refused.value is refusal


def test_of_several_failures_one_is_told_and_nothing_is_written(aws: Account) -> None:
    a_sack()

    with pytest.raises(Refused) as refused:
        write_all(
            [
                lambda work: work.create(Sack.at(OTHER)),
                lambda work: work.create(Sack.at(SACK), refusal=Refused(number=1)),
                lambda work: failing_check(work, Refused(number=2)),
            ]
        )

    assert refused.value.facts == {"number": 2}
    assert find(Sack, OTHER) is None


def test_a_single_check_is_demanded_too(aws: Account) -> None:
    with pytest.raises(Refused), write() as work:
        failing_check(work, Refused())


def test_items_with_a_version_are_only_saved() -> None:
    shelf = Shelf.at(SHELF, label="x")

    with pytest.raises(TypeError, match="Shelf has a version: save it"):
        Work().replace(shelf)
    with pytest.raises(TypeError, match="Shelf has a version: save it"):
        Work().update(shelf, [Shelf.label.set("x")], when=Shelf.pk.exists())
