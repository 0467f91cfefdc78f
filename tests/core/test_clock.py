"""Is time one thing everywhere: aware, in UTC, and sortable as text?"""

from datetime import UTC, datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as some

from chalicelib.core import clock

ADDIS = timezone(timedelta(hours=3))
moments = some.datetimes(min_value=datetime(1970, 1, 1), max_value=datetime(9000, 1, 1), timezones=some.just(UTC))  # noqa: DTZ001 - hypothesis adds the zone


def test_now_is_aware() -> None:
    assert clock.now().tzinfo is UTC
    assert abs(clock.epoch_seconds() - clock.now().timestamp()) < 2
    assert timedelta(seconds=58) < clock.after(60) - clock.now() < timedelta(seconds=61)


@given(moments, moments)
def test_texts_sort_as_time_does(one: datetime, another: datetime) -> None:
    assert (clock.as_text(one) < clock.as_text(another)) == (one < another)


@given(moments)
def test_a_moment_survives_being_written(moment: datetime) -> None:
    assert clock.from_text(clock.as_text(moment)) == moment


def test_other_zones_are_written_in_utc() -> None:
    assert clock.as_text(datetime(2026, 9, 11, 3, 0, tzinfo=ADDIS)) == "2026-09-11T00:00:00.000000Z"
    assert clock.from_text("2026-09-11T03:00:00+03:00") == datetime(2026, 9, 11, tzinfo=UTC)
