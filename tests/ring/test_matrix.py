"""Does every purchase come to an allowed end, whatever befalls any one of its calls?

In `make check` every second of all that can be meets who pays, and one in eighteen the others; `RING=whole` plays all.
"""

from functools import partial

import pytest

from infra.local.faults.fates import Fate
from tests.ring import campaign, matrix
from tests.ring.matrix import HABITS, OF_WRITES, Scenario
from tests.ring.ring import Ring
from tests.ring.shoppers import Habit
from tests.support.telling import Tell
from tests.support.whole import IS_WHOLE

_OF_WHO_PAYS, _OF_OTHERS = 2, 18
STEPS = {
    "POST /checkouts",
    "step reserve_stock",
    "step open_payment",
    "step await_payment",
    "POST /webhooks/chapa",
    "queue PaymentWebhooksQueue",
    "step place_order",
    "queue InventoryLedgerQueue",
    "step refuse_order",
    "step close_payment",
    "step release_stock",
    "step reopen_cart",
}
# Where uses of coupons are taken, spent and given back.
OF_COUPONS = {
    (Habit.PAYS_BY_COUPON, "step reserve_stock"),
    (Habit.PAYS_BY_COUPON, "step place_order"),
    (Habit.LEAVES_A_COUPON, "step release_stock"),
    (Habit.OWES_NOTHING, "step place_order"),
}
# Where money goes back.
OF_REFUNDS = {
    (habit, part)
    for habit in (Habit.PAYS_TOO_LITTLE, Habit.PAYS_TOO_MUCH)
    for part in ("queue PaymentWebhooksQueue", "queue RefundRequestsQueue", "step ask_refund", "step await_refund")
}


@pytest.fixture(scope="module")
def scenarios(ring: Ring) -> list[Scenario]:
    return list(matrix.scenarios(ring))


def test_every_step_of_a_checkout_is_in_the_matrix_with_every_fate(scenarios: list[Scenario]) -> None:
    met = {(each.place.invocation, each.fate) for each in scenarios}

    assert met >= {(step, fate) for step in STEPS for fate in OF_WRITES}
    assert {each.habit for each in scenarios} == set(HABITS)


def test_whatever_moves_the_uses_of_a_coupon_meets_every_fate(scenarios: list[Scenario]) -> None:
    met = {(each.habit, each.place.invocation, each.fate) for each in scenarios}

    assert met >= {(*place, fate) for place in OF_COUPONS for fate in OF_WRITES}


def test_whatever_gives_money_back_meets_every_fate(scenarios: list[Scenario]) -> None:
    met = {(each.habit, each.place.invocation, each.fate) for each in scenarios}

    assert met >= {(*place, fate) for place in OF_REFUNDS for fate in OF_WRITES}


def test_a_purchase_survives_whatever_befalls_one_call(ring: Ring, scenarios: list[Scenario], tell: Tell) -> None:
    chosen = scenarios if IS_WHOLE else matrix.sampled(scenarios, _OF_OTHERS, of_who_pays=_OF_WHO_PAYS)

    report = campaign.run((str(each), partial(matrix.play_one, ring, each)) for each in chosen)

    tell(f"crash matrix, {len(chosen)} of {len(scenarios)}: {report}")
    assert report.failures == [], "\n\n".join(f"{each}\n{each.trace}" for each in report.failures[:3])


def test_who_is_overtaken_goes_on_when_another_run_of_the_same_has_ended(ring: Ring, scenarios: list[Scenario]) -> None:
    [scenario] = [
        each
        for each in scenarios
        if (each.habit, each.fate, each.place.invocation) == (Habit.PAYS, Fate.OVERTAKEN, "step place_order")
    ]

    world = matrix.play_one(ring, scenario).world

    calls = [each for each in world.plan.calls if each.place.invocation == "step place_order"]
    at = next(number for number, each in enumerate(calls) if each.decision.fate is Fate.OVERTAKEN)
    other = [each for each in calls[at:] if each.place.turn == 2]
    assert scenario.place.turn == 1
    # The other run made the same calls, its writes too, before this one's was let through and found nothing to do.
    assert [each.call.operation for each in other[1 : scenario.place.number]] == [
        each.call.operation for each in calls[1 : scenario.place.number]
    ]
    assert (other[scenario.place.number - 1].status, calls[at].status) == (200, 400)


@pytest.mark.parametrize("fate", [Fate.KILLED_BEFORE, Fate.KILLED_AFTER])
def test_an_order_whose_step_dies_again_and_again_ends_all_the_same(
    ring: Ring, scenarios: list[Scenario], fate: Fate
) -> None:
    [scenario] = [
        each
        for each in scenarios
        if (each.habit, each.fate, each.is_lasting) == (Habit.PAYS, fate, True)
        and each.place.invocation == "step place_order"
        and each.place.number > 1
    ]

    result = matrix.play_one(ring, scenario)

    assert result.findings == [], result.trace
    # What died after its effect finds, when it is tried again, that the order is placed.
    deaths = sum(each.decision.fate is fate for each in result.world.plan.calls)
    assert deaths > 1 if fate is Fate.KILLED_BEFORE else deaths == 1
