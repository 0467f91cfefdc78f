"""Which moves may payments make, does the money fit, and how often is it asked for?"""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.core.money import Money
from chalicelib.payments import rules
from chalicelib.payments.rules import PAID, AttemptStatus, ImpossibleMove, PaymentStatus
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


@pytest.mark.parametrize(("status", "to"), list(itertools.product(AttemptStatus, AttemptStatus)))
def test_an_attempt_makes_only_the_moves_it_may(status: AttemptStatus, to: AttemptStatus) -> None:
    begins = status is AttemptStatus.CREATED and to is not AttemptStatus.CREATED
    is_noticed_late = status in (AttemptStatus.REFUSED, AttemptStatus.ENDED) and to in PAID
    if begins or is_noticed_late:
        rules.demand_attempt_move(status, to)
        return
    with pytest.raises(ImpossibleMove):
        rules.demand_attempt_move(status, to)


@pytest.mark.parametrize("paid", [birr(350), birr(351)])
def test_what_was_asked_fits_and_so_does_more(paid: Money) -> None:
    assert fits(paid=paid)


@pytest.mark.parametrize(
    ("paid", "charge", "has_charge", "is_ours"),
    [
        (Money(35_000, "ETB"), Money(1_225, "ETB"), False, Money(35_000, "ETB")),
        (Money(36_225, "ETB"), Money(1_225, "ETB"), False, Money(36_225, "ETB")),
        (Money(36_225, "ETB"), Money(1_225, "ETB"), True, Money(35_000, "ETB")),
        (Money(36_226, "ETB"), Money(1_225, "ETB"), True, Money(35_001, "ETB")),
        (Money(36_224, "ETB"), Money(1_225, "ETB"), True, Money(36_224, "ETB")),
        (Money(35_000, "ETB"), Money(1_225, "ETB"), True, Money(35_000, "ETB")),
        (Money(36_225, "USD"), Money(1_225, "USD"), True, Money(36_225, "USD")),
        (Money(36_225, "ETB"), Money(1_225, "USD"), True, Money(36_225, "ETB")),
        (Money(36_225, "ETB"), None, True, Money(36_225, "ETB")),
        (None, Money(1_225, "ETB"), True, None),
    ],
)
def test_the_charge_is_not_the_shops_where_shoppers_bear_it(
    paid: Money | None, charge: Money | None, has_charge: bool, is_ours: Money | None
) -> None:
    assert rules.counted(paid, charge, asked=birr(350), has_charge=has_charge) == is_ours


@pytest.mark.parametrize(
    ("paid", "beyond"),
    [(birr(350), None), (birr(349), None), (None, None), (Money(90_000, "USD"), None), (birr(351), birr(1))],
)
def test_what_came_beyond_the_price_is_known_to_the_santim(paid: Money | None, beyond: Money | None) -> None:
    assert rules.excess(asked=birr(350), paid=paid) == beyond


@pytest.mark.parametrize(
    "difference",
    [
        {"paid": birr(349)},
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
