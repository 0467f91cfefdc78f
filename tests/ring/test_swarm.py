"""Do shoppers, faults and races of all kinds together leave the books right? By seeds, which can be played again.

`make check` plays the first seeds; `RING=whole` ten times as many, at night. Seeds that once failed are always played.
"""

import re
from functools import partial
from pathlib import Path

import pytest

from tests.ring import campaign, swarm
from tests.ring.coupons import TENTH
from tests.ring.ring import Ring
from tests.ring.world import Unit
from tests.support.telling import Tell
from tests.support.whole import IS_WHOLE

SEEDS, SEEDS_AT_NIGHT = 200, 2_000
# Ids differ at each play.
_MADE_UP = re.compile(r"[0-9A-HJKMNP-TV-Z]{26}|[0-9a-f]{32}")
REGRESSIONS = Path(__file__).parent / "regressions" / "seeds.txt"


def failed_once() -> list[int]:
    """Seeds that found something once: a number a line, and what it was."""
    lines = REGRESSIONS.read_text().splitlines()
    return [int(line.split()[0]) for line in lines if line and not line.startswith("#")]


def test_no_seed_leaves_anything_wrong(ring: Ring, tell: Tell) -> None:
    seeds = range(SEEDS_AT_NIGHT if IS_WHOLE else SEEDS)

    report = campaign.run((str(seed), partial(swarm.play_seed, ring, seed)) for seed in seeds)

    tell(f"swarm: {report}")
    assert report.failures == [], "\n\n".join(f"{each}\n{each.trace}" for each in report.failures[:3])


def test_seeds_that_failed_once_do_not_any_more(ring: Ring) -> None:
    report = campaign.run((str(seed), partial(swarm.play_seed, ring, seed)) for seed in failed_once())

    assert report.failures == [], "\n\n".join(f"{each}\n{each.trace}" for each in report.failures)


@pytest.mark.parametrize("seed", [7, 23])
def test_a_seed_plays_the_same_again_whatever_came_before_and_however_fast_the_machine_is(
    ring: Ring, seed: int
) -> None:
    def told() -> str:
        return _MADE_UP.sub("", swarm.play_seed(ring, seed).trace)

    before = told()
    swarm.play_seed(ring, seed + 1)

    assert "== at 2040-01-0" in before
    assert told() == before


def test_in_a_swarm_things_go_wrong_and_meet(ring: Ring) -> None:
    results = [swarm.play_seed(ring, seed) for seed in range(12)]

    fates = {each.decision.fate for result in results for each in result.world.plan.calls}
    notes = [each for result in results for each in result.world.plan.log if isinstance(each, str)]
    assert len(fates) > 8
    assert sum(note.startswith("== meanwhile") for note in notes) > 10


def test_in_a_rush_all_are_at_the_till_before_anything_else_goes_on() -> None:
    chance = next(each for each in map(swarm.Chance, range(100)) if each.is_rush)
    units = [Unit(name, name, lambda: None) for name in ("stream", "bekele", "machine chk_1-1")]

    assert {chance.choose(units).name for _ in range(20)} == {"bekele"}
    assert {chance.choose([units[0], units[2]]).name for _ in range(20)} == {"stream", "machine chk_1-1"}


def test_in_a_rush_for_a_bargain_it_is_the_coupon_that_runs_out(ring: Ring) -> None:
    chances = [swarm.Chance(seed) for seed in range(100)]
    rushes = [each.seed for each in chances if each.is_rush and TENTH.code in each.fashion and len(each.crowd) > 2]

    fates = [fate for seed in rushes for fate in swarm.play_seed(ring, seed).fates]

    assert rushes
    assert "coupon_used_up" in fates
    assert "out_of_stock" not in fates
