"""What if any call of a purchase goes wrong in any way? Each place of a recorded run meets each fate, one at a time."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from infra.local.faults.fates import PASS, Decision, Fate
from infra.local.faults.plan import Heard, Place, Plan, Rule
from tests.ring.ring import COFFEE, GABI, Ring
from tests.ring.scenario import Result, play_out
from tests.ring.shoppers import Habit, Shopper
from tests.ring.world import World

HABITS = (
    *(Habit.PAYS, Habit.DECLINES, Habit.NEVER_PAYS, Habit.PAYS_LATE, Habit.PAYS_CASH),
    *(Habit.PAYS_BY_COUPON, Habit.LEAVES_A_COUPON, Habit.OWES_NOTHING, Habit.GIVES_UP),
    *(Habit.PAYS_TOO_LITTLE, Habit.PAYS_TOO_MUCH),
    Habit.PAYS_UNHEARD,
)
# Before its effect, after it, its answer timed out, and twice.
OF_WRITES = (Fate.KILLED_BEFORE, Fate.KILLED_AFTER, Fate.UNANSWERED, Fate.TWICE)
OF_READS = (Fate.KILLED_BEFORE,)
# What the provider of payments may say, rightly or not.
OF_VENDORS = (Fate.FAILED, Fate.THROTTLED, Fate.REFUSED, Fate.DENIED)
OF_VENDORS_READS = (*OF_VENDORS, Fate.NOT_YET)
# More turns than any machine, queue or shopper tries in a row.
LASTS_TURNS = 12
# A purchase begins with the checkout, and looking at it changes nothing.
_BEFORE_AND_BESIDE = ("POST /carts", "PATCH /carts", "GET /checkouts", "GET /carts")
# How the shop hears of money, and how some of it goes back.
_MONEY = (
    *("POST /webhooks", "queue PaymentWebhooks", "schedule VerifyPayments", "queue CheckoutPayments"),
    *("queue RefundRequests", "step ask_refund", "step await_refund", "step close_refund", "schedule SweepRefunds"),
)
# Where alone somebody differs from who pays.
_ONLY = {
    Habit.GIVES_UP: ("POST /checkouts",),
    Habit.PAYS_UNHEARD: ("schedule VerifyPayments",),
    Habit.PAYS_TOO_LITTLE: (*_MONEY, "step refuse_order", "step close_payment", "step reopen_cart"),
    Habit.PAYS_TOO_MUCH: (*_MONEY, "step place_order"),
}


@dataclass(frozen=True)
class Scenario:
    """One shopper, and what befalls one call; a lasting fate befalls the same call of each later turn too.

    Whoever is delayed goes on when everything else has happened that could; whoever is overtaken, when another run of
    the same has ended.
    """

    habit: Habit
    place: Place
    fate: Fate
    is_lasting: bool = False

    def __str__(self) -> str:
        return f"{self.habit}: {self.place}: {self.fate}{' for long' if self.is_lasting else ''}"

    def rule(self, world: World) -> Rule:
        """Return what becomes of every call of this scenario."""
        decision = Decision(self.fate)
        if self.fate is Fate.DELAYED:
            decision = Decision(self.fate, after=world.all_else)
        elif self.fate is Fate.OVERTAKEN:
            decision = Decision(self.fate, before=world.invoker.again)
        if not self.is_lasting:
            return lambda here, call: decision if here == self.place else PASS
        turns = range(self.place.turn, self.place.turn + LASTS_TURNS)

        def decide(here: Place, call: object) -> Decision:
            is_same = (here.invocation, here.number) == (self.place.invocation, self.place.number)
            return decision if is_same and here.turn in turns else PASS

        return decide


def recorded(ring: Ring, habit: Habit) -> list[Heard]:
    """Return the calls of a purchase to which nothing happens."""
    calls = _played(World(ring, Plan()), habit).world.plan.calls
    part = _ONLY.get(habit, ("",))
    return [
        each
        for each in calls
        if each.place.invocation.startswith(part) and not each.place.invocation.startswith(_BEFORE_AND_BESIDE)
    ]


def scenarios(ring: Ring, habits: Sequence[Habit] = HABITS) -> Iterator[Scenario]:
    """Return every place with every fate that means something there."""
    for habit in habits:
        for heard in recorded(ring, habit):
            for fate in OF_READS if heard.call.is_read else OF_WRITES:
                yield Scenario(habit, heard.place, fate)
            if heard.call.is_of_vendor:
                for fate in OF_VENDORS_READS if heard.call.is_read else OF_VENDORS:
                    yield Scenario(habit, heard.place, fate)
                # Queues give their letters to people at last, as they should.
                if heard.place.turn == 1 and heard.place.invocation.startswith(("step", "schedule")):
                    yield Scenario(habit, heard.place, Fate.REFUSED, is_lasting=True)
            if heard.place.number > 1:
                yield Scenario(habit, heard.place, Fate.DELAYED)
                if _is_of(heard, "step", "queue"):
                    yield Scenario(habit, heard.place, Fate.OVERTAKEN)
            # Whoever tries a step again gives up at last.
            if heard.place.turn == 1 and _is_of(heard, "step"):
                yield Scenario(habit, heard.place, Fate.KILLED_BEFORE, is_lasting=True)
                yield Scenario(habit, heard.place, Fate.KILLED_AFTER, is_lasting=True)


def sampled(all_of_them: Sequence[Scenario], share: int, *, of_who_pays: int = 1, seed: int = 0) -> list[Scenario]:
    """Return one scenario of so many, and of those of who pays one of fewer."""
    dice = random.Random(seed)
    return [each for each in all_of_them if not dice.randrange(of_who_pays if each.habit is Habit.PAYS else share)]


def play_one(ring: Ring, scenario: Scenario) -> Result:
    """Play a scenario to its end."""
    plan = Plan()
    world = World(ring, plan)
    plan.rule = scenario.rule(world)
    return _played(world, scenario.habit)


def _is_of(heard: Heard, *kinds: str) -> bool:
    """Whether it changes something and is of a kind of invocation that is tried again when it is not heard of."""
    return heard.place.invocation.startswith(kinds) and not heard.call.is_read


def _played(world: World, habit: Habit) -> Result:
    Shopper("almaz", world, {COFFEE: 2, GABI: 1}, habit).comes()
    return play_out(world)
