"""Does a process keep only so much, and only for so long?"""

from hypothesis import given
from hypothesis import strategies as st

from chalicelib.core.kept import Kept

KEYS = st.sampled_from("abcdef")


def keep(kept: Kept, key: str, value: object = "x", *, weight: int = 1, seconds: float = 60) -> None:
    kept.keep(key, value, weight=weight, limit=4, for_seconds=seconds)


def test_what_was_not_asked_for_the_longest_goes_first():
    kept = Kept()
    for key in "abcd":
        keep(kept, key)
    kept.find("a")

    keep(kept, "e")

    assert [kept.find(key) for key in "abcde"] == ["x", None, "x", "x", "x"]


def test_what_weighs_more_than_all_may_is_not_kept():
    kept = Kept()
    keep(kept, "a")

    keep(kept, "b", weight=5)

    assert (kept.find("a"), kept.find("b"), kept.weight) == ("x", None, 1)


def test_nothing_is_kept_beyond_its_time():
    kept = Kept()

    keep(kept, "a", seconds=0)

    assert kept.find("a") is None
    assert kept.weight == 0


def test_all_is_forgotten_at_once():
    kept = Kept()
    keep(kept, "a")

    kept.forget()

    assert (kept.find("a"), kept.weight) == (None, 0)


@given(st.lists(st.tuples(KEYS, st.integers(1, 6)) | KEYS))
def test_it_never_weighs_more_than_it_may_and_tells_what_was_kept_last(happenings):
    kept, last, weights = Kept(), {}, {}

    for happening in happenings:
        if isinstance(happening, str):
            assert kept.find(happening) in (None, last.get(happening))
        else:
            key, weight = happening
            last[key], weights[key] = object(), weight
            keep(kept, key, last[key], weight=weight)
        assert kept.weight <= 4
        assert kept.weight == sum(weights[key] for key in weights if kept.find(key) is last[key])
