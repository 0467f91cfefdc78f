"""What if everything goes wrong at once? Random shoppers, faults and races by a seed, which plays the same again."""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from infra.local.chapa.switches import Scheme, Switches
from infra.local.faults.calls import Call
from infra.local.faults.fates import PASS, Decision, Fate
from infra.local.faults.plan import Place, Plan
from tests.ring.blueprint import blueprint
from tests.ring.coupons import FOR_NOTHING, LIMITED, ONCE, TENTH
from tests.ring.matrix import LASTS_TURNS, OF_VENDORS, OF_VENDORS_READS
from tests.ring.ring import COFFEE, GABI, Ring
from tests.ring.scenario import Result, play_out
from tests.ring.shoppers import DUMB, Habit, Shopper
from tests.ring.world import Unit, World

_NAMES = ("almaz", "bekele", "chaltu", "dawit", "eden")
_COMMON = (*[Habit.PAYS] * 3, Habit.PAYS_LATE, Habit.DECLINES)
# Whether and how the provider tells of payments depends on the seed alone: in one of eight it tells nobody anything.
# Too much is paid in the matrix only; one more habit would make other scenarios of all seeds.
_HABITS = (*_COMMON, *(each for each in Habit if each not in (Habit.PAYS_UNHEARD, Habit.PAYS_TOO_MUCH)))
_TELLING = (*[Switches()] * 5, *(Switches(webhook_scheme=each) for each in (Scheme.PAYLOAD, Scheme.BASIC)), DUMB)
_CROWDS = (1, 2, 2, 2, 3, 3, 5)
# What most of a crowd name, and some name otherwise.
_FASHIONS = ((), (), (TENTH.code,), (TENTH.code,), (ONCE.code,), LIMITED, FOR_NOTHING)
_FOLLOWS_FASHION = 0.75
# Everybody is at the till before anything else goes on, for the same bargain.
_RUSHES_ONE_IN = 3
# Of which there is enough for all of them, so that coupons run out and not the goods.
_BARGAIN = {COFFEE: 1}
_FATES = (
    *(Fate.DROPPED, Fate.FAILED, Fate.THROTTLED, Fate.STARVED, Fate.CONFLICTED, Fate.CONFLICTED),
    *(Fate.UNANSWERED, Fate.UNANSWERED, Fate.TWICE, Fate.KILLED_BEFORE, Fate.KILLED_AFTER, Fate.KILLED_AFTER),
)
# How often the provider of payments says something else than it should.
_WHIM_RATES = (0, 0, 0.05, 0.2)
_FAULT_RATES = (0, 0.01, 0.03, 0.06)
_RACE_RATES = (0, 0.02, 0.08)
_OTHERS_MEANWHILE = (1, 1, 2, 8)
_TIME_RATES = (0, 0.02, 0.08)
_STRETCHES = (20, 65, 310, 1_900, 3_700)
# Some come when others have had their chance.
_LATER_SECONDS = (0, 0, 0, 0, 2_000, 4_000)
# More would be an outage, which ends everything alike.
_MOST_FAULTS = 25


@dataclass(frozen=True)
class Outage:
    """A step that dies at one of its calls, for so many turns that whoever tries it gives up."""

    invocation: str
    number: int
    fate: Fate

    def hits(self, place: Place) -> bool:
        return (place.invocation, place.number) == (self.invocation, self.number) and place.turn <= LASTS_TURNS


@dataclass
class Chance:
    """All that is left to chance in one scenario."""

    seed: int
    is_calm: bool = False
    faults: int = 0
    world: World | None = None
    dice: random.Random = field(init=False)
    whims: random.Random = field(init=False)

    def __post_init__(self) -> None:
        self.dice = random.Random(self.seed)
        # Of its own, so that all else of a seed stays as it was.
        self.whims = random.Random(f"{self.seed} whims")
        self.whim_rate = self.whims.choice(_WHIM_RATES)
        self.fault_rate = self.dice.choice(_FAULT_RATES)
        self.race_rate = self.dice.choice(_RACE_RATES)
        self.time_rate = self.dice.choice(_TIME_RATES)
        self.outage = self._outage()
        self.is_rush = not self.dice.randrange(_RUSHES_ONE_IN)
        self.fashion: Sequence[str] = self.dice.choice(_FASHIONS)
        self.crowd = self._crowd()

    def decide(self, place: Place, call: Call) -> Decision:
        """Let a call pass, fail, or be raced by something else that can happen now."""
        if self.is_calm or place.invocation == "nobody":
            return PASS
        if self.outage is not None and self.outage.hits(place):
            return Decision(self.outage.fate)
        if self.faults < _MOST_FAULTS and call.is_of_vendor and self.whims.random() < self.whim_rate:
            self.faults += 1
            return Decision(self.whims.choice(OF_VENDORS_READS if call.is_read else OF_VENDORS))
        if self.faults < _MOST_FAULTS and self.dice.random() < self.fault_rate:
            self.faults += 1
            return Decision(self.dice.choice(_FATES))
        if self.dice.random() < self.race_rate:
            return Decision(before=self._another) if self.dice.random() < 0.5 else Decision(after=self._another)
        return PASS

    def choose(self, units: Sequence[Unit]) -> Unit:
        """Choose what happens next: something that is ready, or time passes, or a schedule runs early."""
        if self.world is not None and self.dice.random() < self.time_rate:
            return Unit("time", "time", self._time_passes)
        moves = [unit for unit in units if unit.name in _NAMES] if self.is_rush else []
        return self.dice.choice(moves or units)

    def _crowd(self) -> Sequence[str]:
        """Choose who comes; one time in five it is the same person with several carts, and often so in a rush."""
        names = _NAMES[: self.dice.choice(_CROWDS)]
        is_one = self.dice.randrange(5) < (3 if self.is_rush else 1)
        return [names[0]] * len(names) if is_one else names

    def _outage(self) -> "Outage | None":
        """Choose, one time in four, a step that dies at the same call again and again."""
        if self.dice.randrange(4):
            return None
        step = self.dice.choice(blueprint().steps)
        fate = self.dice.choice((Fate.KILLED_BEFORE, Fate.KILLED_AFTER))
        return Outage(f"step {step}", self.dice.randint(1, 4), fate)

    def _another(self) -> None:
        """Let other things happen, each whole, in the middle of what is happening."""
        assert self.world is not None
        if self.world.depth > 1:
            return
        for _ in range(self.dice.choice(_OTHERS_MEANWHILE)):
            if units := self.world.ready():
                unit = self.dice.choice(units)
                self.world.plan.note(f"== meanwhile {unit.name}")
                self.world.happens(unit)
        self.world.plan.note("== back")

    def _time_passes(self) -> None:
        assert self.world is not None
        seconds = self.dice.choice(_STRETCHES)
        self.world.clock.move(seconds)
        self.world.plan.note(f"   {timedelta(seconds=seconds)} later")
        names = list(blueprint().schedules)
        self.dice.shuffle(names)
        for name in names:
            self.world.schedule(name)


def play_seed(ring: Ring, seed: int, also: Callable[[World, random.Random], None] | None = None) -> Result:
    """Play the scenario of a seed to its end."""
    chance = Chance(seed)
    world = chance.world = World(ring, Plan(chance.decide))
    with world.chapa.state.changing() as memory:
        memory.switches.everywhere = _TELLING[seed % len(_TELLING)]
    for name in chance.crowd:
        is_fashionable = chance.is_rush or chance.dice.random() < _FOLLOWS_FASHION
        shopper = _shopper(name, world, chance.dice)
        shopper.codes = chance.fashion if is_fashionable else chance.dice.choice(_FASHIONS)
        if chance.is_rush and chance.fashion:
            shopper.wants = _BARGAIN
        shopper.comes(after_seconds=0 if chance.is_rush else chance.dice.choice(_LATER_SECONDS))
    if also:
        also(world, chance.dice)

    def calm() -> None:
        chance.is_calm = True

    return play_out(world, choose=chance.choose, calm=calm)


def _shopper(name: str, world: World, dice: random.Random) -> Shopper:
    habit = dice.choice(_HABITS)
    wants = dice.choice([{COFFEE: 1}, {COFFEE: 2, GABI: 1}, {GABI: 2}, {COFFEE: 3}, {GABI: 1}])
    return Shopper(name, world, wants, habit)
