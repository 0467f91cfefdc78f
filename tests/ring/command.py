"""What can be asked of the ring by hand: the whole matrix, many seeds, a hunt, one scenario again?"""

import argparse
import contextlib
import io
import itertools
import logging
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial

from chalicelib.core.observability import logger
from infra import common_passwords
from infra.local.faults.fates import Fate
from tests.ring import campaign, matrix, swarm
from tests.ring.campaign import WHOLE, Report, Scenarios
from tests.ring.matrix import Scenario
from tests.ring.ring import Ring, a_ring
from tests.ring.shoppers import Habit
from tests.support.cloud import running_cloud

# With a defect in it, much is found by who just buys; the rest by seeds and places in turn.
_HUNTED_SEEDS, _HUNTED_SHARE = 80, 6
_HUNTED_HABITS = (
    *(Habit.PAYS, Habit.NEVER_PAYS, Habit.GIVES_UP, Habit.PAYS_UNHEARD),
    *(Habit.PAYS_TOO_LITTLE, Habit.PAYS_TOO_MUCH),
)


def main(arguments: list[str]) -> int:
    """Play what is asked for; the status tells whether anything was found."""
    asked = _parser().parse_args(arguments)
    common_passwords.build()
    if asked.what in ("matrix", "swarm") and asked.hands > 1:
        report = campaign.shared(partial(_played, asked), hands=asked.hands)
    elif asked.what == "replay":
        with _quiet(), _opened(asked.cloud) as ring:
            return _replay(ring, asked.name, _say)
    else:
        report = _played(asked)
    _say(f"{asked.what}: {report}")
    return 1 if report.failures else 0


def _played(asked: argparse.Namespace, part: slice = WHOLE) -> Report:
    """Play what is asked for, or a part of it, in a ring of its own."""
    with _quiet(), _opened(asked.cloud) as ring:
        scenarios = itertools.islice(_scenarios(ring, asked), part.start, None, part.step)
        return campaign.run(scenarios, stops_at_first=asked.what == "hunt", say=_say)


def by_name(ring: Ring, name: str) -> Scenarios:
    """Return the one scenario of that name: a seed's number, or a line of the matrix."""
    if name.isdigit():
        return [(name, partial(swarm.play_seed, ring, int(name)))]
    return [each for each in of_matrix(ring, list(matrix.scenarios(ring))) if each[0] == name]


def of_matrix(ring: Ring, scenarios: list[Scenario]) -> Scenarios:
    """Return lines of the matrix by their names."""
    return [(str(each), partial(matrix.play_one, ring, each)) for each in scenarios]


def of_seeds(ring: Ring, seeds: range) -> Scenarios:
    """Return seeds by their numbers."""
    return [(str(seed), partial(swarm.play_seed, ring, seed)) for seed in seeds]


def _scenarios(ring: Ring, asked: argparse.Namespace) -> Scenarios:
    if asked.what == "swarm":
        return of_seeds(ring, range(asked.first, asked.first + asked.seeds))
    if asked.what == "hunt":
        return _hunted(ring)
    found = list(matrix.scenarios(ring))
    return of_matrix(ring, found if asked.share == 1 else matrix.sampled(found, asked.share))


def _hunted(ring: Ring) -> Iterator[tuple[str, partial[campaign.Result]]]:
    """Go through seeds and places in turn, so that whichever finds something finds it soon: lasting trouble first."""
    found = list(matrix.scenarios(ring, _HUNTED_HABITS))
    lasting = [each for each in found if each.is_lasting]
    delayed = [each for each in found if each.fate is Fate.DELAYED and each.habit is Habit.PAYS]
    overtaken = [each for each in found if each.fate is Fate.OVERTAKEN]
    unheard = [each for each in found if each.fate is Fate.KILLED_AFTER and each.habit is Habit.GIVES_UP]
    unheard += [each for each in found if each.fate is Fate.KILLED_BEFORE and each.habit is Habit.PAYS_UNHEARD]
    unheard += [each for each in found if each.fate is Fate.KILLED_AFTER and each.place.invocation == "step ask_refund"]
    seeds = of_seeds(ring, range(_HUNTED_SEEDS))
    sample = matrix.sampled(found, _HUNTED_SHARE, of_who_pays=_HUNTED_SHARE)
    places = of_matrix(ring, [*lasting[::3], *unheard, *delayed, *overtaken, *sample])
    for pair in itertools.zip_longest(seeds, places):
        yield from (each for each in pair if each is not None)


def _replay(ring: Ring, name: str, say: Callable[[str], None]) -> int:
    for _, play in by_name(ring, name):
        result = play()
        say(result.trace)
        say("\n".join(result.findings) or f"nothing wrong: {', '.join(result.fates)}")
        return 1 if result.findings else 0
    say(f"no scenario is called {name}")
    return 2


def _say(text: str) -> None:
    print(text, file=sys.__stdout__, flush=True)


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep logs and metrics, which are lines on standard output, to ourselves."""
    logger.setLevel(logging.CRITICAL)
    with contextlib.redirect_stdout(io.StringIO()):
        yield


@contextmanager
def _opened(cloud_url: str | None) -> Iterator[Ring]:
    os.environ["TMPDIR"] = tempfile.gettempdir()
    if cloud_url:
        with a_ring(cloud_url) as ring:
            yield ring
        return
    with running_cloud() as cloud, a_ring(cloud.endpoint_url) as ring:
        yield ring


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.ring", description=__doc__)
    parser.add_argument("what", choices=["matrix", "swarm", "hunt", "replay"])
    parser.add_argument("name", nargs="?", default="", help="what to replay: a seed, or a line of the matrix")
    parser.add_argument("--seeds", type=int, default=200, help="so many seeds of the swarm")
    parser.add_argument("--first", type=int, default=0, help="beginning with this one")
    parser.add_argument("--share", type=int, default=1, help="of those who do not just pay, one in so many")
    parser.add_argument("--hands", type=int, default=os.cpu_count() or 1, help="so many play at once")
    parser.add_argument("--cloud", help="an embedded cloud that runs already")
    return parser
