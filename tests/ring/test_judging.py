"""Does the judge of the ring see what is wrong? Worlds that ended well are spoilt by hand."""

from dataclasses import replace
from decimal import Decimal

import pytest

from chalicelib.core.workflows.executions import Status
from chalicelib.payments.models import Payment
from infra.local.faults.fates import PASS, Decision, Fate
from infra.local.faults.plan import Place, Plan
from tests.ring import judging
from tests.ring.blueprint import blueprint
from tests.ring.invoking import Invoker, Lost
from tests.ring.machines import Waiting
from tests.ring.posting import Letter
from tests.ring.ring import COFFEE, Ring
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
