"""How long is something held in memory?"""

from datetime import timedelta

import pytest

from chalicelib.core import clock, holding


@pytest.fixture(autouse=True)
def nothing_held() -> None:
    holding.forget()


def test_what_is_held_is_read_once_in_its_time(monkeypatch: pytest.MonkeyPatch) -> None:
    noon = clock.now()
    read = iter("abc")

    def at(seconds: float) -> str:
        monkeypatch.setattr(clock, "now", lambda: noon + timedelta(seconds=seconds))
        return holding.held("letter", lambda: next(read), seconds=60)

    assert [at(0), at(59.9), at(60), at(119)] == ["a", "a", "b", "b"]


def test_what_is_dropped_is_read_anew() -> None:
    read = iter("abc")
    holding.held("letter", lambda: next(read), seconds=60)

    holding.forget("letter")

    assert holding.held("letter", lambda: next(read), seconds=60) == "b"


def test_what_may_not_be_held_is_read_each_time() -> None:
    read = iter("abc")

    assert [holding.held("letter", lambda: next(read), seconds=0) for _ in range(2)] == ["a", "b"]


def test_a_reading_that_fails_holds_nothing() -> None:
    def fails() -> str:
        raise LookupError

    with pytest.raises(LookupError):
        holding.held("letter", fails, seconds=60)

    assert holding.held("letter", lambda: "a", seconds=60) == "a"
