"""Which moves may payments make, does the money fit, and how often is it asked for?"""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.core.money import Money
from chalicelib.payments import rules
from chalicelib.payments.rules import ImpossibleMove, PaymentStatus
from tests.support.builders import birr

S = PaymentStatus
ALLOWED = {
    (S.OPENING, S.OPEN),
    (S.OPENING, S.CLOSED),
    (S.OPENING, S.CAPTURED),
    (S.OPENING, S.AGREED),
    (S.AGREED, S.CLOSED),
    (S.AGREED, S.USED),
    (S.AGREED, S.TO_COLLECT),
    (S.TO_COLLECT, S.COLLECTED),
    (S.OPEN, S.CLOSED),
    (S.OPEN, S.CAPTURED),
    (S.CLOSED, S.CAPTURED),
    (S.CAPTURED, S.USED),
    (S.CAPTURED, S.REFUND_DUE),
}


@pytest.mark.parametrize(("status", "to"), list(itertools.product(PaymentStatus, PaymentStatus)))
def test_a_payment_makes_only_the_moves_it_may(status: PaymentStatus, to: PaymentStatus) -> None:
    if (status, to) in ALLOWED:
        rules.demand_move(status, to)
        return
    with pytest.raises(ImpossibleMove):
        rules.demand_move(status, to)


def test_exactly_what_was_asked_fits() -> None:
    assert fits()


@pytest.mark.parametrize(
    "difference",
    [
        {"paid": birr(349)},
        {"paid": birr(351)},
        {"paid": Money(35_000, "USD")},
        {"paid": None},
        {"paid_ref": "pay_2"},
        {"mode_matches": False},
    ],
)
def test_anything_else_does_not_fit(difference: dict[str, object]) -> None:
    assert not fits(**difference)


def test_pauses_double_up_to_the_longest() -> None:
    pauses = [pause(checks) for checks in range(5)]

    assert pauses == [60, 120, 240, 300, 300]


@given(st.integers(0, 10**9))
def test_no_pause_is_longer_than_the_longest(checks: int) -> None:
    assert 60 <= pause(checks) <= 300


def pause(checks: int) -> int:
    return rules.pause_before_check(checks=checks, first_seconds=60, longest_seconds=300)


def fits(**difference: object) -> bool:
    given = {"asked": birr(350), "asked_ref": "pay_1", "paid": birr(350), "paid_ref": "pay_1", "mode_matches": True}
    return rules.fits(**{**given, **difference})  # type: ignore[arg-type]
