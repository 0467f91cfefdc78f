"""Does no race break a limit, and is contention never taken for a coupon that is used up?"""

import itertools
from collections import Counter
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor

import pytest

from chalicelib.core.storage import transactions
from chalicelib.core.storage.transactions import settled
from chalicelib.promotions import service as promotions
from chalicelib.promotions.errors import CouponUsedUp
from tests.promotions.builders import EVERYWHERE, code_uses_left, counters, some_claims, status_of, used_by, uses_left
from tests.support.account import Account
from tests.support.faults import failing

CONFLICT = {"error": "TransactionCanceledException", "reasons": ["None", "TransactionConflict"]}
USES, RACERS, AT_ONCE, DECLINED = 20, 100, 10, 6


def racers(people: Iterable[int], *, declining: int = 0) -> list[str]:
    """Let shoppers go for the coupon, each of them somebody else; return whose reservations won it.

    The first few winners are declined when they pay, and what they hold is given back.
    """
    places = itertools.count()

    def race(number: int) -> str | None:
        everywhere = some_claims(*EVERYWHERE.uses, subjects=(f"usr_{number}", f"mail {number}"))
        try:
            settled(lambda: promotions.take(f"res_{number}", everywhere))
        except CouponUsedUp:
            return None
        if next(places) < declining:
            settled(lambda: promotions.release(f"res_{number}"))
        return f"res_{number}"

    with ThreadPoolExecutor(AT_ONCE) as threads:
        return [each for each in threads.map(race, people) if each]


def test_a_race_for_a_coupon_has_exactly_as_many_winners_as_it_has_uses(
    aws: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WRITE_PATIENCE_SECONDS", "60")
    counters(uses=USES, code_uses=RACERS)

    with failing(aws.dynamodb, "TransactWriteItems", **CONFLICT, times=30) as conflicts:
        winners = racers(range(RACERS))

    assert (len(winners), conflicts.made) == (USES, 30)
    assert (uses_left(), code_uses_left()) == (0, RACERS - USES)
    assert sum(used_by(f"usr_{number}") for number in range(RACERS)) == USES


def test_the_uses_of_winners_who_are_declined_are_won_by_others_of_the_race(
    aws: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WRITE_PATIENCE_SECONDS", "60")
    counters(uses=USES, code_uses=RACERS)

    with failing(aws.dynamodb, "TransactWriteItems", **CONFLICT, times=30):
        # Whoever declines has done so before the second half comes, so each use has its takers.
        winners = racers(range(RACERS // 2), declining=DECLINED)
        winners += racers(range(RACERS // 2, RACERS))

    became = Counter(status_of(winner) for winner in winners)
    assert became == {"held": USES, "released": DECLINED}
    assert (uses_left(), code_uses_left()) == (0, RACERS - USES)
    assert sum(used_by(f"usr_{number}") for number in range(RACERS)) == USES


def test_a_use_that_a_winner_gives_back_can_be_taken_again(aws: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WRITE_PATIENCE_SECONDS", "60")
    counters(uses=1, code_uses=RACERS)
    (winner,) = racers(range(AT_ONCE))

    promotions.release(winner)
    again = some_claims(*EVERYWHERE.uses, subjects=("usr_LATE", "late mail"))
    promotions.take("res_late", again)

    assert uses_left() == 0
    with pytest.raises(CouponUsedUp):
        promotions.take("res_later", some_claims(*EVERYWHERE.uses, subjects=("usr_LATER", "later mail")))


def test_conflicts_that_never_stop_are_not_taken_for_used_up(aws: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    counters(uses=1, code_uses=1)
    monkeypatch.setenv("WRITE_PATIENCE_SECONDS", "0")

    with (
        failing(aws.dynamodb, "TransactWriteItems", **CONFLICT, times=100),
        pytest.raises(transactions.WriteContended),
    ):
        promotions.take("res_1", EVERYWHERE)

    assert uses_left() == 1
