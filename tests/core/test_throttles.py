"""Does a throttle let in exactly what its policy says, whoever races, and tell nobody whom it counts?"""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as property_tests
from hypothesis import strategies as some

from chalicelib.core import clock, ids, throttles
from chalicelib.core.errors import Busy
from chalicelib.core.rates import Rate
from chalicelib.core.settings import rate
from chalicelib.core.storage.transactions import write
from chalicelib.core.throttles import Throttle
from infra.books.reading import rows_of
from tests.core.a_store import SACK, Refused, Sack
from tests.support.account import TABLE, Account
from tests.support.faults import failing
from tests.support.recorded_calls import recording

HANA = "hana@coffee.example"
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


class Some:
    """Policies of another program."""

    tastings = rate("Cups that a guest may taste.", "3/600")
    roasts = rate("Roasts of a day.", "1/86400")


def at(moment: float, patch: pytest.MonkeyPatch) -> None:
    """Let it be so many seconds after noon."""
    patch.setattr(clock, "now", lambda: datetime.fromtimestamp(NOON.timestamp() + moment, UTC))


def tasted(times: int, subject: str = HANA) -> list[bool]:
    return [throttles.take(Some.tastings, subject).is_allowed for _ in range(times)]


def rows(aws: Account) -> list[Throttle]:
    found = [row.item for row in rows_of(aws.dynamodb.scan(TableName=TABLE)["Items"])]
    return [item for item in found if isinstance(item, Throttle)]


def test_the_quota_passes_and_no_more(aws: Account) -> None:
    assert tasted(5) == [True, True, True, False, False]


def test_the_verdict_says_what_is_left_and_when_there_is_more(aws: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    at(0, monkeypatch)
    first, second, third, fourth = (throttles.take(Some.tastings, HANA) for _ in range(4))

    assert [each.left for each in (first, second, third, fourth)] == [2, 1, 0, 0]
    assert [each.is_allowed for each in (first, second, third, fourth)] == [True, True, True, False]
    assert {each.seconds_to_next for each in (first, second, third, fourth)} == {200}
    assert first.policy == "tastings"


def test_after_an_interval_there_is_one_more(aws: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    at(0, monkeypatch)
    tasted(3)

    at(199.9, monkeypatch)
    early = throttles.take(Some.tastings, HANA)
    at(200, monkeypatch)

    assert (early.is_allowed, early.seconds_to_next) == (False, 1)
    assert tasted(2) == [True, False]


def test_after_a_long_time_all_is_forgotten_whether_the_row_is_still_there_or_not(
    aws: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    at(0, monkeypatch)
    tasted(4)
    (row,) = rows(aws)

    assert row.expires_at == NOON.timestamp() + 600
    at(600, monkeypatch)
    assert tasted(4) == [True, True, True, False]


def test_subjects_and_policies_count_apart(aws: Account) -> None:
    tasted(3)

    assert tasted(1, "almaz@coffee.example") == [True]
    assert throttles.take(Some.roasts, HANA).is_allowed


@pytest.mark.parametrize("taken", [0, 1, 2])
def test_of_ten_at_once_exactly_the_quota_passes(aws: Account, taken: int) -> None:
    tasted(taken)

    with ThreadPoolExecutor(10) as guests:
        passed = list(guests.map(lambda _: throttles.take(Some.tastings, HANA).is_allowed, range(30)))

    assert passed.count(True) == 3 - taken


def test_in_a_race_nobody_is_told_that_more_is_left_than_there_is(
    aws: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TASTINGS", "10/86400")

    with ThreadPoolExecutor(10) as guests:
        left = list(guests.map(lambda _: throttles.take(Some.tastings, HANA).left, range(10)))

    assert all(told <= there for told, there in zip(sorted(left), range(10), strict=True))


def test_somebody_who_was_faster_in_between_is_seen(aws: Account) -> None:
    tasted(2)

    with failing(aws.dynamodb, "UpdateItem", "ThrottlingException", before=lambda: tasted(1)):
        assert tasted(1) == [False]


@given(steps=some.lists(some.integers(0, 400), min_size=1, max_size=12))
@property_tests(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_is_stored_follows_the_rules(aws: Account, steps: list[int]) -> None:
    """The number in the table and the one of the rules are the same after each attempt."""
    guest, rules, arrival, moment = ids.new("gst"), Rate(3, 600), None, 0
    with pytest.MonkeyPatch.context() as patch:
        for step in steps:
            moment += step
            at(moment, patch)
            following = rules.after_one_more(arrival, clock.epoch_milliseconds())
            arrival = following or arrival

            verdict = throttles.take(Some.tastings, guest)

            assert verdict.is_allowed == (following is not None)
            assert arrival in {row.arrival_ms for row in rows(aws)}


def test_one_write_when_idle_two_when_not_and_one_when_refused(aws: Account) -> None:
    tasted(1, "warm up: the secret is read")
    found = []
    for _ in range(4):
        with recording(aws.dynamodb) as calls:
            tasted(1)
        found.append(calls)

    assert [calls.operations for calls in found] == [
        ["UpdateItem"],
        ["UpdateItem"] * 2,
        ["UpdateItem"] * 2,
        ["UpdateItem"],
    ]
    assert [calls.write_units for calls in found] == [1, 1, 1, 0]


def test_a_changed_policy_goes_on_from_what_was_taken_before(aws: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    at(0, monkeypatch)
    tasted(3)

    monkeypatch.setenv("TASTINGS", "60/600")
    verdict = throttles.take(Some.tastings, HANA)

    assert (verdict.is_allowed, verdict.seconds_to_next) == (False, 10)


def test_an_attempt_counts_even_if_the_work_around_it_fails(aws: Account) -> None:
    for _ in range(3):
        with pytest.raises(Refused):
            taste_and_fail()

    assert tasted(1) == [False]


def taste_and_fail() -> None:
    with write() as work:
        work.create(Sack.at(SACK))
        tasted(1)
        raise Refused()


def test_an_attempt_whose_answer_is_lost_is_not_free(aws: Account) -> None:
    lost = failing(aws.dynamodb, "UpdateItem", "InternalServerError", status=500, is_carried_out=True)

    with lost as fault:
        tasted(1)

    assert fault.made == 1
    assert tasted(3).count(True) <= 2


def test_a_number_that_too_many_write_is_a_busy_shop(aws: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WRITE_PATIENCE_SECONDS", "0")

    with failing(aws.dynamodb, "UpdateItem", "ThrottlingException", times=9), pytest.raises(Busy):
        tasted(1)


def test_the_table_does_not_say_whom_it_counts(aws: Account) -> None:
    tasted(2)
    throttles.take(Some.roasts, "203.0.113.7")

    stored = json.dumps(aws.dynamodb.scan(TableName=TABLE)["Items"])

    assert len(rows(aws)) == 2
    assert [each for each in ("hana", "coffee", "203.0.113") if each in stored] == []


def test_what_is_stored_cannot_be_found_by_trying_all_subjects_without_the_secret(aws: Account) -> None:
    import hashlib

    throttles.take(Some.roasts, "203.0.113.7")

    (row,) = rows(aws)
    assert hashlib.sha256(b"203.0.113.7").hexdigest() not in row.pk
