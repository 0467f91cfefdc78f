"""Does nobody ever get more than the quota, and everybody what is due to them?"""

from bisect import bisect_right
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as some

from chalicelib.core.rates import Rate

NOW = 1_800_000_000_000

rates = some.builds(Rate, some.integers(1, 50), some.integers(1, 5_000))
# Attempts follow each other at once, within an interval, or after all is forgotten.
pauses = some.lists(some.integers(0, 3) | some.integers(0, 200_000) | some.integers(0, 20_000_000), max_size=60)


class Bucket:
    """The plain model: a bucket of tokens that fills evenly, and is full at first."""

    def __init__(self, rate: Rate) -> None:
        self.rate, self.tokens, self.at_ms = rate, Fraction(rate.quota), 0

    def takes_one(self, now_ms: int) -> bool:
        filled = self.tokens + Fraction(now_ms - self.at_ms, self.rate.interval_ms)
        self.tokens, self.at_ms = min(filled, Fraction(self.rate.quota)), now_ms
        if self.tokens < 1:
            return False
        self.tokens -= 1
        return True

    @property
    def seconds_to_next(self) -> int:
        whole = int(self.tokens)
        missing = (whole + 1 - self.tokens) * self.rate.interval_ms if whole < self.rate.quota else 0
        return -int(-missing // 1_000)


def moments(steps: list[int]) -> list[int]:
    return [NOW + sum(steps[: number + 1]) for number in range(len(steps))]


def let_in(rate: Rate, steps: list[int]) -> list[int]:
    """Return the moments at which an attempt was let in."""
    arrival, passed = None, []
    for now in moments(steps):
        following = rate.after_one_more(arrival, now)
        if following is not None:
            arrival = following
            passed.append(now)
    return passed


@given(rates, pauses)
def test_it_lets_in_what_a_bucket_of_tokens_would(rate: Rate, steps: list[int]) -> None:
    bucket = Bucket(rate)

    expected = [now for now in moments(steps) if bucket.takes_one(now)]

    assert let_in(rate, steps) == expected


@given(rates, pauses)
def test_what_is_left_and_when_more_is_are_those_of_the_bucket(rate: Rate, steps: list[int]) -> None:
    bucket, arrival = Bucket(rate), None
    for now in moments(steps):
        bucket.takes_one(now)
        arrival = rate.after_one_more(arrival, now) or arrival

        assert arrival is not None
        assert rate.left(arrival, now) == int(bucket.tokens)
        assert rate.seconds_to_next(arrival, now) == bucket.seconds_to_next


@given(rates, pauses)
def test_in_no_stretch_of_time_do_more_pass_than_the_quota_and_one_per_interval(rate: Rate, steps: list[int]) -> None:
    passed = let_in(rate, steps)

    for first, start in enumerate(passed):
        for end in passed[first:]:
            within = bisect_right(passed, end) - first
            assert within <= rate.quota + (end - start) // rate.interval_ms


@given(rates, some.integers(0, 10**9))
def test_exactly_the_quota_passes_at_once(rate: Rate, at: int) -> None:
    assert len(let_in(rate, [at] + [0] * (2 * rate.quota))) == rate.quota


@given(rates, pauses)
def test_whoever_waits_as_told_is_let_in(rate: Rate, steps: list[int]) -> None:
    arrival = None
    for now in moments(steps):
        following = rate.after_one_more(arrival, now)
        if following is None:
            assert arrival is not None
            assert rate.left(arrival, now) == 0
            assert rate.after_one_more(arrival, now + rate.seconds_to_next(arrival, now) * 1_000) is not None
        arrival = following or arrival


@given(rates, pauses, some.integers(0, 10**6))
def test_a_row_that_has_expired_is_as_good_as_none(rate: Rate, steps: list[int], later_ms: int) -> None:
    arrival = None
    for now in moments(steps):
        following = rate.after_one_more(arrival, now)
        if following is not None:
            arrival, then = following, rate.forgotten_at(now) * 1_000 + later_ms
            assert rate.after_one_more(arrival, then) == rate.after_one_more(None, then)


@given(rates, some.integers(-5_000, 5_000), pauses)
def test_clocks_that_differ_let_no_more_in_than_their_difference_is_worth(
    rate: Rate, ahead_ms: int, steps: list[int]
) -> None:
    arrival, passed = None, []
    for number, now in enumerate(moments(steps)):
        following = rate.after_one_more(arrival, now + (ahead_ms if number % 2 else 0))
        if following is not None:
            assert arrival is None or following >= arrival + rate.interval_ms, "the number went back"
            arrival = following
            passed.append(now)

    for first, start in enumerate(passed):
        for end in passed[first:]:
            within = bisect_right(passed, end) - first
            assert within <= rate.quota + (end - start + abs(ahead_ms)) // rate.interval_ms


def test_a_rate_is_told_by_example() -> None:
    rate = Rate.from_text("10/900")

    assert rate == Rate(10, 900)
    assert rate.interval_ms == 90_000
    assert rate.left(NOW + 90_000, NOW) == 9
    assert (rate.seconds_to_next(NOW + 90_000, NOW), rate.seconds_to_next(NOW, NOW)) == (90, 0)
    assert rate.left(NOW + 900_000, NOW) == 0
    assert rate.seconds_to_next(NOW + 900_000, NOW + 89_001) == 1


@pytest.mark.parametrize(
    "text", ["", "10", "10/", "/900", "0/900", "10/0", "-1/9", "1.5/9", "10 / 900", "1/900s", "٣/٩"]
)
def test_what_is_no_rate_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(ValueError, match="not of the form 10/900"):
        Rate.from_text(text)
