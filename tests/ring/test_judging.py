"""Does the judge of the ring see what is wrong? Worlds that ended well are spoilt by hand."""

from copy import deepcopy
from dataclasses import replace
from decimal import Decimal

import pytest

from chalicelib.core.money import Money
from chalicelib.core.storage import keys
from chalicelib.core.workflows.executions import Status
from chalicelib.orders.models import Order
from chalicelib.payments.models import Payment, PaymentAttempt
from chalicelib.pricing.rules import AppliedPromotion
from infra.local.faults.fates import PASS, Decision, Fate
from infra.local.faults.plan import Place, Plan
from tests.ring import judging
from tests.ring.blueprint import blueprint
from tests.ring.coupons import FULL_DELIVERY, ONCE, TENTH, misused
from tests.ring.invoking import Invoker, Lost
from tests.ring.machines import Waiting
from tests.ring.posting import Letter
from tests.ring.ring import COFFEE, PRICES, Ring
from tests.ring.scenario import Result, play_out
from tests.ring.shoppers import Habit, Shopper
from tests.ring.world import World


@pytest.fixture
def ended(ring: Ring) -> Result:
    """A purchase that was paid and is over."""
    world = World(ring, Plan())
    Shopper("almaz", world, {COFFEE: 1}, Habit.PAYS).comes()
    result = play_out(world)
    assert result.findings == []
    return result


def judged(result: Result) -> str:
    return "\n".join(judging.findings(result.world, result.rows))


def test_a_santim_too_much_is_seen(ended: Result) -> None:
    [taken] = ended.world.chapa.state.memory.transactions.values()
    taken.amount += Decimal("0.01")

    assert "was charged 575.01 ETB for good, and ordered for 575.00 ETB" in judged(ended)


def test_a_payment_that_only_chapa_knows_is_seen(ended: Result) -> None:
    known = ended.world.chapa.state.memory.transactions
    [taken] = known.values()
    known["pay_unheard"] = taken.model_copy(update={"tx_ref": "pay_unheard"})

    assert "Chapa knows pay_unheard, which the shop does not" in judged(ended)


def test_who_pays_for_nothing_is_seen(ended: Result) -> None:
    for row in ended.rows:
        if isinstance(row.item, Payment):
            row.item.amount = Money(0, "ETB")

    assert "for which nothing is due" in judged(ended)


@pytest.mark.parametrize(("again", "is_wrong"), [(PASS, True), (Decision(Fate.KILLED_BEFORE), False)])
def test_who_asks_twice_for_one_refund_is_seen(ring: Ring, again: Decision, *, is_wrong: bool) -> None:
    world = World(ring, Plan())
    Shopper("almaz", world, {COFFEE: 1}, Habit.PAYS_TOO_LITTLE).comes()
    result = play_out(world)
    [asked] = [each for each in world.plan.calls if each.call.name == "chapa POST /v1/refund/{id}"]
    assert result.findings == []

    world.plan.log.append(replace(asked, decision=again))

    assert ("-not_as_asked 2 times" in judged(result)) is is_wrong


def an_order_by(ended: Result, *codes: str, off: int) -> Order:
    """The order again, as much cheaper than its goods by some codes."""
    [order] = [row.item for row in ended.rows if isinstance(row.item, Order)]
    zero = Money(0, "ETB")
    applied = tuple(AppliedPromotion("prm_1", code, {}, zero) for code in codes)
    order.quote = replace(order.quote, discount=Money(off, "ETB"), applied=applied)
    return order


@pytest.mark.parametrize(
    ("codes", "off", "is_wrong"),
    [
        ([], 0, False),
        ([], 1, True),
        ([TENTH.code], 35_00, False),
        ([TENTH.code], 35_02, True),
        ([TENTH.code, ONCE.code], 85_00, False),
        ([ONCE.code], FULL_DELIVERY, True),
    ],
)
def test_an_order_that_is_cheaper_than_its_codes_allow_is_seen(
    ended: Result, codes: list[str], off: int, is_wrong: bool
) -> None:
    found = list(misused([an_order_by(ended, *codes, off=off)], PRICES))

    assert ["cheaper by" in each for each in found] == [True] * is_wrong


def of(order: Order, email: str) -> Order:
    another = deepcopy(order)
    another.email = email
    return another


@pytest.mark.parametrize(
    ("code", "people", "told"),
    [
        (TENTH.code, ["a", "a"], []),
        (TENTH.code, ["a", "b", "c"], ["TENTHOFF was used by 3 orders"]),
        (ONCE.code, ["a", "b", "c"], []),
        (ONCE.code, ["a", "b", "c", "d"], ["ONCEEACH was used by 4 orders"]),
        (ONCE.code, ["a", "b", "a"], ["ONCEEACH was used by 2 orders of a"]),
    ],
)
def test_a_code_that_was_used_too_often_is_seen(ended: Result, code: str, people: list[str], told: list[str]) -> None:
    order = an_order_by(ended, code, off=1)

    assert list(misused([of(order, each) for each in people], PRICES)) == told


def test_a_machine_that_runs_on_is_seen(ended: Result) -> None:
    [execution] = ended.world.states.started.values()
    execution.status = Status.RUNNING

    assert f"machine {execution.name} still runs" in judged(ended)


def test_a_dead_letter_is_seen(ended: Result) -> None:
    post, clock = ended.world.post, ended.world.clock
    post.dead_letters.append(Letter(blueprint().queues[0], "{}", clock.now()))

    assert f"dead letter of {blueprint().queues[0].name}" in judged(ended)


def test_who_sleeps_over_money_is_seen(ended: Result) -> None:
    [execution] = ended.world.states.started.values()
    execution.status, execution.waits = Status.RUNNING, Waiting(ended.world.clock.now(), "token")
    for row in ended.rows:
        if isinstance(row.item, Payment):
            row.item.status = "captured"

    assert judging.sleepers(ended.world, ended.rows) == [f"{execution.name} sleeps over its money"]
    [attempt] = [row.item for row in ended.rows if isinstance(row.item, PaymentAttempt)]
    attempt.gsi2pk = keys.ATTEMPTS_UNSETTLED
    assert judging.sleepers(ended.world, ended.rows) == []


def test_an_exception_that_no_fault_explains_is_a_surprise() -> None:
    def fails() -> None:
        raise ValueError("of its own")

    calm, disturbed = Invoker(Plan()), Invoker(Plan(lambda place, call: replace(PASS, fate=Fate.TWICE)))
    for invoker in (calm, disturbed):
        assert invoker.attempt("step place_order", fails) is None

    assert (calm.surprises, disturbed.surprises) == (["step place_order: ValueError: of its own"], [])


@pytest.mark.parametrize(
    ("fate", "runs"),
    [(Fate.DROPPED, 0), (Fate.KILLED_BEFORE, 0), (Fate.UNANSWERED, 1), (Fate.KILLED_AFTER, 1)],
)
def test_an_invocation_may_be_lost_with_or_without_effect(fate: Fate, runs: int) -> None:
    ran: list[str] = []
    first = Place("step place_order", 1, 1)
    invoker = Invoker(Plan(lambda place, call: Decision(fate) if place == first else PASS))

    with pytest.raises(Lost):
        invoker.invoke("step place_order", lambda: ran.append("once"))

    assert len(ran) == runs


def test_an_invocation_may_come_twice() -> None:
    ran: list[str] = []

    Invoker(Plan(lambda place, call: Decision(Fate.TWICE))).invoke("step place_order", lambda: ran.append("again"))

    assert len(ran) == 2
