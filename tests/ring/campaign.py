"""What came of many scenarios? How many were played, how they ended, and which of them left something wrong."""

import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import reduce
from multiprocessing import get_context

from tests.ring.scenario import Result

WHOLE = slice(0, None, 1)
_TOLD_FINDINGS = 5
_TOLD_EACH = 100


@dataclass(frozen=True)
class Failure:
    """A scenario that left something wrong: its name plays it again."""

    name: str
    findings: list[str]
    trace: str

    def __str__(self) -> str:
        told = "".join(f"\n    {finding}" for finding in self.findings[:_TOLD_FINDINGS])
        return f"{self.name}{told}"


@dataclass
class Report:
    """All of them together."""

    played: int = 0
    calls: int = 0
    faults: int = 0
    seconds: float = 0
    fates: Counter[str] = field(default_factory=Counter)
    failures: list[Failure] = field(default_factory=list)

    def __str__(self) -> str:
        ends = ", ".join(f"{count} {fate}" for fate, count in self.fates.most_common())
        each = self.seconds / self.played if self.played else 0
        return (
            f"{self.played} scenarios, {len(self.failures)} failures, {self.calls} calls, {self.faults} disturbed; "
            f"{self.seconds:.0f} s, {each:.2f} s each\ncheckouts: {ends}"
        )

    def __add__(self, other: "Report") -> "Report":
        """Return what two came to that played side by side."""
        return Report(
            self.played + other.played,
            self.calls + other.calls,
            self.faults + other.faults,
            max(self.seconds, other.seconds),
            self.fates + other.fates,
            [*self.failures, *other.failures],
        )


Scenarios = Iterable[tuple[str, Callable[[], Result]]]


def run(
    scenarios: Scenarios, *, stops_at_first: bool = False, say: Callable[[str], None] = lambda text: None
) -> Report:
    """Play scenarios by name, one after the other, and say now and then how far it is."""
    report, begun_at = Report(), time.monotonic()
    for name, play in scenarios:
        failure = _played(name, play, report)
        report.seconds = time.monotonic() - begun_at
        if failure:
            report.failures.append(failure)
            say(str(failure))
            if stops_at_first:
                break
        if not stops_at_first and report.played % _TOLD_EACH == 0:
            say(f"{report.played} played in {report.seconds:.0f} s, {len(report.failures)} failures")
    return report


def shared(play: Callable[[slice], Report], *, hands: int) -> Report:
    """Let so many processes play each its part, and return what they came to together."""
    parts = [slice(first, None, hands) for first in range(hands)]
    with ProcessPoolExecutor(hands, mp_context=get_context("spawn")) as pool:
        return reduce(Report.__add__, pool.map(play, parts))


def _played(name: str, play: Callable[[], Result], report: Report) -> Failure | None:
    report.played += 1
    try:
        result = play()
    except Exception as problem:
        return Failure(name, [f"{type(problem).__name__}: {problem}"], traceback.format_exc())
    calls = result.world.plan.calls
    report.calls += len(calls)
    report.faults += sum(each.decision.fate != "passed" for each in calls)
    report.fates.update(result.fates)
    return Failure(name, result.findings, result.trace) if result.findings else None
