"""Does the ring play a purchase as the shop would?"""

import pytest

from chalicelib.core import clock
from infra.local.faults.plan import Plan
from tests.ring.ring import COFFEE, GABI, Ring
from tests.ring.scenario import play_out
from tests.ring.shoppers import Habit, Shopper
from tests.ring.world import World


@pytest.mark.parametrize(
    ("habit", "fate"),
    [
        (Habit.PAYS, "completed"),
        (Habit.DECLINES, "expired"),
        (Habit.NEVER_PAYS, "expired"),
        (Habit.PAYS_LATE, "completed"),
        (Habit.PAYS_CASH, "completed"),
        (Habit.PAYS_TOO_LITTLE, "expired"),
        (Habit.CLICKS_TWICE, "completed"),
        (Habit.CANCELS, "cancelled"),
        (Habit.FORGES, "expired"),
    ],
)
def test_every_shopper_comes_to_an_end(ring: Ring, habit: Habit, fate: str) -> None:
    world = World(ring, Plan())
    Shopper("almaz", world, {COFFEE: 2, GABI: 1}, habit).comes()

    result = play_out(world)

    assert (result.findings, result.fates) == ([], [fate]), result.trace


def test_who_was_declined_comes_back_with_the_same_cart(ring: Ring) -> None:
    world = World(ring, Plan())
    Shopper("almaz", world, {GABI: 3}, Habit.COMES_BACK).comes()

    result = play_out(world)

    assert (result.findings, result.fates) == ([], ["completed", "expired"]), result.trace


def test_who_comes_when_all_is_sold_is_told_so(ring: Ring) -> None:
    world = World(ring, Plan())
    Shopper("almaz", world, {GABI: 3}, Habit.PAYS).comes()
    Shopper("bekele", world, {GABI: 1}, Habit.PAYS).comes(after_seconds=60)

    result = play_out(world)

    assert (result.findings, result.fates) == ([], ["completed", "out_of_stock"]), result.trace


def test_hours_pass_in_a_moment(ring: Ring) -> None:
    world = World(ring, Plan())
    Shopper("almaz", world, {COFFEE: 1}, Habit.NEVER_PAYS).comes()
    begun_at = clock.now()

    play_out(world)

    assert (clock.now() - begun_at).total_seconds() > 1800


def test_the_same_scenario_makes_the_same_calls(ring: Ring) -> None:
    def calls() -> list[str]:
        world = World(ring, Plan())
        Shopper("almaz", world, {COFFEE: 2, GABI: 1}, Habit.PAYS).comes()
        return [str(each) for each in play_out(world).world.plan.calls]

    calls()
    assert calls() == calls()
