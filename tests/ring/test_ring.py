"""Does the ring play a purchase as the shop would?"""

import pytest

from chalicelib.core import clock
from chalicelib.orders.models import Order
from chalicelib.payments.models import Payment
from infra.local.faults.fates import Decision
from infra.local.faults.plan import Plan
from tests.ring.coupons import ALL_FREE, ONCE, TENTH
from tests.ring.ring import COFFEE, GABI, Ring
from tests.ring.scenario import Result, play_out
from tests.ring.shoppers import Habit, Shopper
from tests.ring.world import World


@pytest.mark.parametrize(
    ("habit", "fate"),
    [
        (Habit.PAYS, "completed"),
        (Habit.DECLINES, "expired"),
        (Habit.NEVER_PAYS, "expired"),
        (Habit.PAYS_LATE, "completed"),
        (Habit.PAYS_UNHEARD, "completed"),
        (Habit.PAYS_CASH, "completed"),
        (Habit.PAYS_BY_COUPON, "completed"),
        (Habit.LEAVES_A_COUPON, "expired"),
        (Habit.OWES_NOTHING, "completed"),
        (Habit.PAYS_TOO_LITTLE, "payment_refused"),
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


def orders_of(result: Result) -> list[Order]:
    return [row.item for row in result.rows if isinstance(row.item, Order)]


def test_who_comes_when_a_coupon_is_used_up_pays_in_full(ring: Ring) -> None:
    world = World(ring, Plan())
    for turn, name in enumerate(("almaz", "bekele", "chaltu")):
        Shopper(name, world, {COFFEE: 1}, Habit.PAYS, codes=[TENTH.code]).comes(after_seconds=60 * turn)

    result = play_out(world)

    assert (result.findings, result.fates) == ([], ["completed"] * 3), result.trace
    assert sorted(order.quote.discount.minor for order in orders_of(result)) == [0, 35_00, 35_00]


def test_who_comes_again_has_had_their_coupon(ring: Ring) -> None:
    world = World(ring, Plan())
    for turn in range(2):
        Shopper("almaz", world, {COFFEE: 1}, Habit.PAYS, codes=[ONCE.code]).comes(after_seconds=60 * turn)

    result = play_out(world)

    assert (result.findings, result.fates) == ([], ["completed"] * 2), result.trace
    assert sorted(order.quote.discount.minor for order in orders_of(result)) == [0, 50_00]


def test_who_owes_nothing_meets_no_vendor(ring: Ring) -> None:
    world = World(ring, Plan())
    Shopper("almaz", world, {COFFEE: 1}, Habit.OWES_NOTHING).comes()

    result = play_out(world)

    [payment] = [row.item for row in result.rows if isinstance(row.item, Payment)]
    [order] = orders_of(result)
    assert (payment.method, order.quote.total.minor) == ("nothing_due", 0)
    assert ALL_FREE.code in {each.code for each in order.quote.applied}
    assert "chapa" not in {each.call.service for each in world.plan.calls}


def test_hours_pass_in_a_moment(ring: Ring) -> None:
    world = World(ring, Plan())
    Shopper("almaz", world, {COFFEE: 1}, Habit.NEVER_PAYS).comes()
    begun_at = clock.now()

    play_out(world)

    assert (clock.now() - begun_at).total_seconds() > 1800


def test_what_is_written_after_the_stream_was_read_is_published_all_the_same(ring: Ring) -> None:
    world = World(ring, Plan())

    def somebody_looks() -> None:
        world.post.has_records()

    world.plan.rule = lambda place, call: Decision(before=somebody_looks)
    Shopper("almaz", world, {COFFEE: 1}, Habit.PAYS).comes()

    play_out(world)

    assert ring.new_records() == []


def test_the_same_scenario_makes_the_same_calls(ring: Ring) -> None:
    def calls() -> list[str]:
        world = World(ring, Plan())
        Shopper("almaz", world, {COFFEE: 2, GABI: 1}, Habit.PAYS).comes()
        return [str(each) for each in play_out(world).world.plan.calls]

    calls()
    assert calls() == calls()
