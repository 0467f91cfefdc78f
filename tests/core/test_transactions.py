"""Is a write all or nothing, refused for the right reason, and patient with others?"""

from collections.abc import Callable
from itertools import permutations

import pytest

from chalicelib.core.errors import Busy, Conflict
from chalicelib.core.storage import transactions
from chalicelib.core.storage.attributes import IntegerAttribute, UnicodeAttribute
from chalicelib.core.storage.keys import Key
from chalicelib.core.storage.table import Item, VersionedItem, find
from chalicelib.core.storage.transactions import StaleItem, Work, WriteContended, settled, write
from tests.support.account import Account
from tests.support.faults import failing
from tests.support.recorded_calls import recording


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


def label() -> str | None:
    shelf = find(Shelf, SHELF)
    return shelf and shelf.label


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
    with pytest.raises(Refused), write() as work:
        work.create(Sack.at(SACK))
        raise Refused()

    assert find(Sack, SACK) is None
    a_sack(OTHER)
    assert find(Sack, SACK) is None, "the failed block left its writes behind"


def test_an_inner_block_that_fails_takes_its_writes_with_it(aws: Account) -> None:
    with write() as outer:
        outer.create(Sack.at(SACK))
        try:
            with write() as inner:
                inner.create(Sack.at(OTHER))
                raise Refused()
        except Refused:
            pass

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
        with pytest.raises(Refused) as refused, write() as work:
            others[0](work)
            failing_entry(work, refusal)
            for other in others[1:]:
                other(work)
        assert refused.value is refusal


def test_of_several_failures_one_is_told_and_nothing_is_written(aws: Account) -> None:
    a_sack()

    with pytest.raises(Refused) as refused, write() as work:
        work.create(Sack.at(OTHER))
        work.create(Sack.at(SACK), refusal=Refused(number=1))
        failing_check(work, Refused(number=2))

    assert refused.value.facts == {"number": 2}
    assert find(Sack, OTHER) is None


def test_a_single_check_is_demanded_too(aws: Account) -> None:
    with pytest.raises(Refused), write() as work:
        failing_check(work, Refused())


def test_a_conflict_is_waited_out(aws: Account) -> None:
    with (
        failing(
            aws.dynamodb,
            "TransactWriteItems",
            "TransactionCanceledException",
            times=3,
            reasons=["None", "TransactionConflict"],
        ) as fault,
        write() as work,
    ):
        work.create(Sack.at(SACK))
        work.create(Sack.at(OTHER))

    assert fault.made == 3
    assert find(Sack, OTHER) is not None


@pytest.mark.parametrize("error", ["TransactionConflictException", "ProvisionedThroughputExceededException"])
def test_a_single_write_waits_too(aws: Account, error: str) -> None:
    with failing(aws.dynamodb, "PutItem", error, times=5) as fault:
        a_sack()

    assert fault.made == 5
    assert find(Sack, SACK) is not None


def test_a_refusal_beside_a_conflict_is_a_refusal(aws: Account) -> None:
    reasons = ["ConditionalCheckFailed", "TransactionConflict"]
    with failing(aws.dynamodb, "TransactWriteItems", "TransactionCanceledException", reasons=reasons) as fault:
        with pytest.raises(Refused) as refused, write() as work:
            work.create(Sack.at(SACK), refusal=Refused(number=1))
            work.create(Sack.at(OTHER), refusal=Refused(number=2))

    assert refused.value.facts == {"number": 1}
    assert fault.made == 1


def test_contention_that_outlasts_the_patience_is_never_a_refusal(
    aws: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WRITE_PATIENCE_SECONDS", "0")
    reasons = ["TransactionConflict", "None"]
    conflict = ("TransactWriteItems", "TransactionCanceledException")

    with failing(aws.dynamodb, *conflict, times=100, reasons=reasons), pytest.raises(WriteContended), write() as work:
        work.create(Sack.at(SACK), refusal=Refused())
        work.create(Sack.at(OTHER), refusal=Refused())

    assert find(Sack, SACK) is None


def test_settled_answers_busy_when_others_never_stop(aws: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WRITE_PATIENCE_SECONDS", "0")
    tries: list[int] = []

    def stale() -> None:
        tries.append(1)
        raise StaleItem("somebody was faster")

    with pytest.raises(Busy):
        settled(stale)

    assert tries == [1]


def test_settled_reads_and_decides_anew(aws: Account) -> None:
    a_shelf("first")
    tries: list[str] = []

    def relabel() -> None:
        shelf = find(Shelf, SHELF)
        assert shelf is not None
        tries.append(shelf.label)
        if len(tries) == 1:
            rename("second")
        shelf.label += " floor"
        with write() as work:
            work.save(shelf)

    settled(relabel)

    assert tries == ["first", "second"]
    assert label() == "second floor"


def rename(text: str) -> None:
    shelf = find(Shelf, SHELF)
    assert shelf is not None
    shelf.label = text
    with write() as work:
        work.save(shelf)


def test_what_is_no_contention_is_raised_at_once(aws: Account) -> None:
    with failing(aws.dynamodb, "PutItem", "AccessDeniedException", times=9) as fault, pytest.raises(Exception) as seen:
        a_sack()

    assert "AccessDenied" in str(seen.value)
    assert fault.made == 1


def test_a_transaction_whose_answer_is_lost_counts_once(aws: Account) -> None:
    a_sack()
    lost = failing(aws.dynamodb, "TransactWriteItems", "InternalServerError", status=500, is_carried_out=True)

    with lost as fault, write() as work:
        work.create(Sack.at(OTHER))
        work.update(Sack.at(SACK), [Sack.kilograms.set(Sack.kilograms - 1)], when=Sack.kilograms >= 1)

    assert fault.made == 1
    sack = find(Sack, SACK)
    assert sack is not None
    assert sack.kilograms == 9


@pytest.mark.parametrize("verb", ["replace", "update"])
def test_items_with_a_version_are_only_saved(verb: str) -> None:
    work = Work()

    with pytest.raises(TypeError, match="Shelf has a version: save it"):
        if verb == "replace":
            work.replace(Shelf.at(SHELF, label="x"))
        else:
            work.update(Shelf.at(SHELF), [Shelf.label.set("x")], when=Shelf.pk.exists())


def test_the_open_work_is_not_seen_by_others(aws: Account) -> None:
    assert transactions._open.get() is None
    with write():
        pass
    assert transactions._open.get() is None
