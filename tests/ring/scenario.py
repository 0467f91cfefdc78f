"""How is a scenario played to its end? Till nothing is left to happen, and then till nothing is left to look after."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from chalicelib.core import clock
from infra.books.reading import Row, read_table
from tests.ring import judging
from tests.ring.blueprint import blueprint
from tests.ring.world import Unit, World
from tests.support.account import TABLE

Choice = Callable[[Sequence[Unit]], Unit]

# Indexes of what somebody looks after when its time has come.
_LOOKED_AFTER = re.compile(r"(DUE|UNSETTLED)#")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT[\d:.]+Z")
_ROUNDS = 60
# No purchase takes longer; a cart may be looked at again for months.
_HORIZON = timedelta(days=30)
_EACH = timedelta(minutes=1)  # as the template's schedules
_MOST_UNITS = 3_000


class NeverEnds(AssertionError):
    """Things go on and on."""


@dataclass
class Result:
    """What became of a scenario."""

    world: World
    rows: Sequence[Row]
    findings: list[str]
    fates: list[str] = field(default_factory=list)

    @property
    def trace(self) -> str:
        return "\n".join(map(str, self.world.plan.log))


def first(units: Sequence[Unit]) -> Unit:
    """Let things happen in their usual order."""
    return units[0]


def play(world: World, *, choose: Choice = first) -> None:
    """Let things happen until nothing can any more, however much time passes."""
    for _ in range(_MOST_UNITS):
        if units := world.ready():
            unit = choose(units)
            world.plan.note(f"== {unit.name}")
            world.happens(unit)
        elif (moment := world.next_moment()) is not None:
            _time_passes(world, until=moment)
        else:
            return
    raise NeverEnds("\n".join(map(str, world.plan.log[-100:])))


def _time_passes(world: World, *, until: datetime) -> None:
    """Move the clock; when that is long enough, the schedules run too."""
    is_long = until - world.clock.now() > _EACH
    world.clock.move_to(until)
    for name in blueprint().schedules if is_long else ():
        world.schedule(name)


def come_to_rest(world: World) -> Sequence[Row]:
    """Let the schedules run whenever something is due, until nothing will ever be due again; return the table then."""
    play(world)
    horizon = world.clock.now() + _HORIZON
    for _ in range(_ROUNDS):
        rows = read_table(world.ring.cloud, TABLE)
        world.wrongs.update(judging.sleepers(world, rows))
        due = [each for each in (*_due(rows), *world.executions.timeouts()) if each <= horizon]
        if not due:
            return rows
        world.clock.move_to(min(due) + timedelta(seconds=1))
        world.plan.note(f"== at {clock.as_text(clock.now())}")
        for name in blueprint().schedules:
            world.schedule(name)
            play(world)
    return read_table(world.ring.cloud, TABLE)


def play_out(world: World, *, choose: Choice = first, calm: Callable[[], None] = lambda: None) -> Result:
    """Play a scenario to its end and judge what it left behind; `calm` ends what befalls calls, before the rest."""
    with world.playing():
        play(world, choose=choose)
        calm()
        world.post.redrive()
        rows = come_to_rest(world)
        return Result(world, rows, judging.findings(world, rows), judging.fates(rows))


def _due(rows: Sequence[Row]) -> list[datetime]:
    found = []
    for row in rows:
        for index in ("gsi1", "gsi2"):
            partition, moment = row.raw.get(f"{index}pk"), row.raw.get(f"{index}sk")
            if partition and moment and _LOOKED_AFTER.search(partition["S"]) and _MOMENT.fullmatch(moment["S"]):
                found.append(clock.from_text(moment["S"]))
    return found
