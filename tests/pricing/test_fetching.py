"""Which exchange rates come in by themselves, and which are not believed?"""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.core import clock
from chalicelib.core.money import CURRENCIES
from chalicelib.pricing import rules
from chalicelib.pricing.rules import Rate, RateOrigin
from functions.schedules.fetch_rates import handler
from tests.pricing.conftest import rates_of
from tests.pricing.test_rates_api import keep
from tests.support.account import Account
from tests.support.calling import Client
from tests.support.rates import Publisher
from tests.support.recorded_calls import recording

ALL_FOUR = {"DJF": ("1.2263", "fetched"), "EUR": ("0.0059", "fetched"), "KES": ("0.8925", "fetched")} | {
    "USD": ("0.0069", "fetched")
}


def fetch() -> dict[str, int]:
    return handler({}, None)


def test_rates_come_in_by_themselves(publisher: Publisher, reader: Client) -> None:
    assert fetch() == {"done": 4, "failed": 0}
    assert rates_of(reader) == ALL_FOUR


def test_the_same_rates_again_write_nothing(aws: Account, publisher: Publisher) -> None:
    fetch()

    with recording(aws.dynamodb) as calls:
        assert fetch() == {"done": 0, "failed": 0}

    assert calls.operations == ["GetItem"]


def test_what_staff_keep_is_not_fetched_over_until_they_let_go(
    publisher: Publisher, staff: Client, reader: Client
) -> None:
    keep(staff, USD="0.0075")
    assert fetch()["done"] == 3
    kept = rates_of(reader)["USD"]

    keep(staff, USD=None)
    fetch()

    assert (kept, rates_of(reader)["USD"]) == (("0.0075", "staff"), ("0.0069", "fetched"))


@pytest.mark.parametrize("nonsense", [0, -0.007, "0.007", None, True, {}, 1e9, 1e-9, 0.0083, 0.0055])
def test_a_rate_that_makes_no_sense_leaves_the_one_before(
    publisher: Publisher, reader: Client, capsys: pytest.CaptureFixture[str], nonsense: Any
) -> None:
    publisher.publishes(clock.epoch_seconds() - 60)
    fetch()

    publisher.publishes(clock.epoch_seconds(), USD=nonsense, KES=0.9)

    assert fetch() == {"done": 3, "failed": 1}
    assert (rates_of(reader)["USD"], rates_of(reader)["KES"]) == (("0.0069", "fetched"), ("0.9", "fetched"))
    assert "RatesNotFetched" in capsys.readouterr().out


def test_a_rate_that_is_missing_leaves_the_one_before(publisher: Publisher, reader: Client) -> None:
    publisher.publishes(clock.epoch_seconds() - 60)
    fetch()

    publisher.publishes(clock.epoch_seconds(), missing=("USD",))

    assert fetch() == {"done": 3, "failed": 1}
    assert rates_of(reader)["USD"] == ("0.0069", "fetched")


@pytest.mark.parametrize("published", [4_102_444_800, 10**15, -5])
def test_rates_from_another_time_are_not_believed(publisher: Publisher, reader: Client, published: int) -> None:
    publisher.publishes(published)

    assert fetch() == {"done": 0, "failed": 4}
    assert rates_of(reader) == {}


@pytest.mark.parametrize(
    "fault",
    [
        {"kind": "html"},
        {"kind": "drop"},
        {"kind": "refuse"},
        {"kind": "refuse", "status": 500},
        {"kind": "hang", "seconds": 10},
    ],
)
def test_a_publisher_that_fails_changes_nothing_and_rings(
    publisher: Publisher, reader: Client, capsys: pytest.CaptureFixture[str], fault: dict[str, Any]
) -> None:
    fetch()
    publisher.fails(**fault)

    assert fetch() == {"done": 0, "failed": 1}
    assert rates_of(reader) == ALL_FOUR
    assert "RatesNotFetched" in capsys.readouterr().out


def test_nothing_is_asked_where_it_is_turned_off(
    publisher: Publisher, reader: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RATES_BASE_URL", "")

    assert fetch() == {"done": 0, "failed": 0}
    assert (publisher.calls, rates_of(reader)) == (0, {})


numbers = st.decimals(allow_nan=True, allow_infinity=True) | st.decimals("0.001", "1000", places=4)
moments = st.sampled_from(["2026-09-10T00:00:00.000000Z", "2026-09-11T00:00:00.000000Z"])
present = st.builds(
    Rate, st.decimals("0.001", "1000", places=3).map(str), moments, st.sampled_from([RateOrigin.STAFF, "fetched"])
)


@given(
    st.dictionaries(st.sampled_from(CURRENCIES), present),
    st.dictionaries(st.sampled_from(CURRENCIES), numbers),
    st.none() | moments,
)
def test_whatever_is_published_what_is_taken_is_sound(known, published, as_of) -> None:
    judged = rules.judged(known, published, wanted=CURRENCIES, jump_percent=Decimal(20), as_of=as_of)

    assert not set(judged.taken) & set(judged.refused)
    for currency, rate in judged.taken.items():
        value = Decimal(rate.value)
        assert 0 < value <= 1_000_000
        assert (rate.as_of, rate.origin) == (as_of, RateOrigin.FETCHED)
        if currency in known:
            before = known[currency]
            assert before.origin is not RateOrigin.STAFF
            assert before.as_of < rate.as_of
            assert abs(value / Decimal(before.value) - 1) <= Decimal("0.2000001")
