"""Which moves may a checkout make, and has its shopper agreed?"""

import itertools

import pytest

from chalicelib.checkout import rules
from chalicelib.checkout.rules import ACTIVE, ENDED, CheckoutStatus, ImpossibleMove
from tests.support.builders import birr

S = CheckoutStatus
ALLOWED = {
    (S.RESERVING, S.AWAITING_PAYMENT),
    (S.RESERVING, S.COMPLETED),
    (S.RESERVING, S.CLOSING),
    (S.AWAITING_PAYMENT, S.COMPLETED),
    (S.AWAITING_PAYMENT, S.CLOSING),
    (S.CLOSING, S.RESERVING),
    *((S.CLOSING, ended) for ended in ENDED),
    *((ended, S.RESERVING) for ended in ENDED),
}


@pytest.mark.parametrize(("status", "to"), list(itertools.product(S, S)))
def test_a_checkout_makes_only_the_moves_it_may(status: S, to: S) -> None:
    if (status, to) in ALLOWED:
        assert rules.moved(status, to) is to
        return
    with pytest.raises(ImpossibleMove):
        rules.moved(status, to)


def test_every_status_is_under_way_ended_completed_or_being_closed() -> None:
    assert set(S) == ACTIVE | ENDED | {S.COMPLETED, S.CLOSING}
    assert not ACTIVE & ENDED


@pytest.mark.parametrize(
    ("accepted", "has_moved", "is_agreed"),
    [(None, False, True), (None, True, False), (100, True, True), (100, False, True), (99, False, False)],
)
def test_a_total_is_agreed_when_it_was_accepted_or_nothing_moved(
    accepted: int | None, has_moved: bool, is_agreed: bool
) -> None:
    total = None if accepted is None else birr(accepted)

    assert rules.is_agreed(birr(100), accepted=total, has_moved=has_moved) is is_agreed


def test_each_attempt_has_a_reservation_of_its_own() -> None:
    assert rules.reservation_id("chk_1", 1) != rules.reservation_id("chk_1", 2)
