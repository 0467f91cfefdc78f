"""Waiting ends with the answer, or says what never came."""

import pytest

from tests.support.waiting import eventually


def test_the_first_answer_ends_the_wait() -> None:
    answers = iter([None, "", "ready"])

    assert eventually(lambda: next(answers), within_seconds=5, what="an answer") == "ready"


def test_a_wait_in_vain_says_for_what() -> None:
    with pytest.raises(AssertionError, match=r"not within 0\.1 s: the parcel arrives; last answer: False"):
        eventually(lambda: False, within_seconds=0.1, what="the parcel arrives")
