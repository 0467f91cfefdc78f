"""Do several processes play each scenario once, and tell together what each of them found?"""

from collections import Counter

from tests.ring import campaign
from tests.ring.campaign import Failure, Report

SCENARIOS = ("a", "b", "c", "d", "e")


def plays(part: slice) -> Report:
    """Find something wrong with one scenario, in whichever process it is played."""
    mine = SCENARIOS[part]
    failures = [Failure(name, [f"{name} is wrong"], "") for name in mine if name == "d"]
    return Report(len(mine), calls=2 * len(mine), faults=1, seconds=1.5, fates=Counter(mine), failures=failures)


def test_every_scenario_is_played_once_and_every_failure_told() -> None:
    report = campaign.shared(plays, hands=2)

    assert (report.played, report.calls, report.faults) == (5, 10, 2)
    assert report.fates == Counter(SCENARIOS)
    assert [each.name for each in report.failures] == ["d"]
    assert report.seconds == 1.5
