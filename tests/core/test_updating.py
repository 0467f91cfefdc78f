"""Does whoever changes a number in place learn what it is now, and does it stand on its own if it must?"""

import pytest

from chalicelib.core.storage.key import Key
from chalicelib.core.storage.table import find
from chalicelib.core.storage.transactions import Work, write, write_apart
from tests.core.a_store import ABSENT, OTHER, SACK, Refused, Sack, a_sack
from tests.support.account import TABLE, Account
from tests.support.faults import failing
from tests.support.recorded_calls import recording


def take_out(work: Work, sack: Sack, kilograms: int) -> None:
    taken = Sack.kilograms.set(Sack.kilograms - kilograms)
    work.update(sack, [taken], when=Sack.kilograms >= kilograms, refusal=Refused())


def take_out_and_fail() -> None:
    with write() as work:
        work.create(Sack.at(OTHER))
        with write_apart() as apart:
            take_out(apart, Sack.at(SACK), 1)
        raise Refused()


def stored(key: Key) -> int | None:
    sack = find(Sack, key)
    return sack and sack.kilograms


def test_a_lone_update_says_what_is_left(aws: Account) -> None:
    a_sack()
    mine = Sack.at(SACK)

    with recording(aws.dynamodb) as calls:
        for kilograms in (3, 4):
            with write() as work:
                take_out(work, mine, kilograms)

    assert mine.kilograms == 3
    assert calls.operations == ["UpdateItem", "UpdateItem"]


def test_a_lone_update_that_is_refused_says_what_is_there(aws: Account) -> None:
    a_sack()
    mine = Sack.at(SACK, kilograms=99)

    with recording(aws.dynamodb) as calls, pytest.raises(Refused), write() as work:
        take_out(work, mine, 11)

    assert mine.kilograms == 10
    assert calls.count == 1


def test_where_nothing_is_a_refused_update_leaves_the_item_alone(aws: Account) -> None:
    mine = Sack.at(ABSENT, kilograms=99)

    with pytest.raises(Refused), write() as work:
        take_out(work, mine, 1)

    assert (mine.key, mine.kilograms) == (ABSENT, 99)


class Left(Exception):
    """Says how much the row held that failed."""


def how_much(sack: Sack | None) -> Exception:
    return Left(sack and sack.kilograms)


def take_out_too_much(sack: Sack, *, beside: int) -> None:
    with write() as work:
        for _ in range(beside):
            work.create(Sack.at(OTHER))
        taken = Sack.kilograms.set(Sack.kilograms - 11)
        work.update(sack, [taken], when=Sack.kilograms >= 11, refusal=how_much)


@pytest.mark.parametrize("beside", [0, 1])
def test_a_refusal_can_be_told_from_the_row_that_failed(aws: Account, beside: int) -> None:
    a_sack()

    for key, left in ((SACK, 10), (ABSENT, None)):
        with recording(aws.dynamodb) as calls, pytest.raises(Left) as refused:
            take_out_too_much(Sack.at(key), beside=beside)

        assert refused.value.args == (left,)
        assert calls.count == 1


def test_a_lone_update_waits_while_others_are_served(aws: Account) -> None:
    a_sack()

    with failing(aws.dynamodb, "UpdateItem", "ThrottlingException", times=2) as fault, write() as work:
        take_out(work, Sack.at(SACK), 1)

    assert (fault.made, stored(SACK)) == (2, 9)


def test_a_row_that_an_update_begins_can_be_read_like_any_other(aws: Account) -> None:
    sack = Sack.at(SACK)

    with write() as work:
        work.update(sack, [*sack.labels, Sack.kilograms.set(7)], when=Sack.pk.does_not_exist())

    (row,) = aws.dynamodb.scan(TableName=TABLE)["Items"]
    assert (row["kind"], row["schema_version"]) == ({"S": "test_sack"}, {"N": "1"})
    assert stored(SACK) == 7


def test_what_is_written_apart_stands_when_the_work_around_it_fails(aws: Account) -> None:
    a_sack()

    with pytest.raises(Refused):
        take_out_and_fail()

    assert (stored(SACK), stored(OTHER)) == (9, None)


def test_after_writing_apart_others_join_as_before(aws: Account) -> None:
    a_sack()

    with recording(aws.dynamodb) as calls, write() as outer:
        with write_apart() as apart:
            take_out(apart, Sack.at(SACK), 1)
        with write() as inner:
            inner.create(Sack.at(OTHER))

    assert inner is outer
    assert calls.operations == ["UpdateItem", "PutItem"]
