"""How does what an order costs grow with its lines? Whole purchases of one line, of five, of twenty and of fifty."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from statistics import median

from infra.bench import journey
from infra.bench.dollars import Usage
from infra.bench.meters import CallMeter
from infra.bench.shop import MeasuredShop
from infra.bench.units import Cost

LINES = (1, 2, 5, 20, 50)
_TIMED = 5
_NOTHING = Cost((), 0, 0)
# Each movement of stock is judged once more, by a function of its own; `stocking` measures that.
_JUDGED = Cost(("BatchGetItem",), 2, 0)


@dataclass
class Adding(CallMeter):
    """Counts an act that comes again once more, unlike a meter of single acts."""

    @contextmanager
    def __call__(self, act: str) -> Iterator[None]:
        before = self.costs.get(act, _NOTHING)
        with super().__call__(act):
            yield
        self.costs[act] += before


@dataclass
class Clock:
    """CPU milliseconds of this thread in all acts together, and how many functions were called."""

    milliseconds: float = 0
    acts: list[str] = field(default_factory=list)

    @contextmanager
    def __call__(self, act: str) -> Iterator[None]:
        start = time.thread_time()
        yield
        if act not in journey.BROWSING:
            self.milliseconds += (time.thread_time() - start) * 1_000
            self.acts.append(act)


@dataclass(frozen=True)
class Bought:
    """What buying so many lines took."""

    lines: int
    to_order: Cost
    whole: Cost
    usage: Usage


def bought(shop: MeasuredShop, *, transitions: int) -> list[Bought]:
    """Buy carts of every size."""
    return [_bought(shop, lines, transitions=transitions) for lines in LINES]


def _bought(shop: MeasuredShop, lines: int, *, transitions: int) -> Bought:
    calls = Adding(shop.account.dynamodb)
    journey.buy(shop, calls, lines=lines)
    clocks = [Clock() for _ in range(_TIMED)]
    for clock in clocks:
        journey.buy(shop, clock, lines=lines)
    to_order = sum((calls.costs[act] for act in journey.CHECKOUT), start=_NOTHING)
    whole = sum((cost for act, cost in calls.costs.items() if act not in journey.BROWSING), start=_NOTHING)
    whole = sum([_JUDGED] * lines, start=whole)
    acts = clocks[0].acts
    usage = Usage(
        write_units=whole.write_units,
        read_units=whole.read_units,
        aws_calls=len(whole.calls),
        cpu_milliseconds=median(clock.milliseconds for clock in clocks),
        api_requests=sum(act in journey.REQUESTS for act in acts),
        invocations=len(acts) + lines,
        transitions=transitions,
        events=(*journey.EVENTS, *journey.EVENTS_PER_LINE * lines),
    )
    return Bought(lines, to_order, whole, usage)
