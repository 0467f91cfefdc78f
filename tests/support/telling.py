"""What do tests tell beside that they passed? Sentences and figures, at the end of the run, whichever half ran them."""

from collections.abc import Callable, Iterable

import pytest
from _pytest.terminal import TerminalReporter

TOLD, TRANSITIONS = "told", "transitions"
_DEPLOYED = "tests/cloud/"

RecordProperty = Callable[[str, object], None]
Tell = Callable[[str], None]


def telling(record: RecordProperty) -> Tell:
    """Return how a test tells something; it is shown at the end."""
    return lambda text: record(TOLD, text)


def show(terminal: TerminalReporter) -> None:
    """Show what tests told, and how long those of the deployed shop took."""
    reports = [each for found in terminal.stats.values() for each in found if isinstance(each, pytest.TestReport)]
    told = dict.fromkeys(str(text) for report in reports for text in _properties(report, TOLD))
    if told:
        terminal.section("what tests tell")
        for text in told:
            terminal.write_line(text)
    _show_deployed(terminal, [each for each in reports if each.nodeid.startswith(_DEPLOYED)])


def _show_deployed(terminal: TerminalReporter, reports: Iterable[pytest.TestReport]) -> None:
    seconds: dict[str, float] = {}
    transitions: dict[str, list[object]] = {}
    for report in reports:
        if report.when != "setup":
            seconds[report.nodeid] = seconds.get(report.nodeid, 0) + report.duration
        if report.when == "teardown":
            transitions[report.nodeid] = _properties(report, TRANSITIONS)
    if seconds:
        terminal.section("cloud ring: seconds, and Standard transitions of each execution of a paid order")
    for nodeid in sorted(seconds):
        counted = " ".join(map(str, transitions.get(nodeid, [])))
        terminal.write_line(f"{seconds[nodeid]:6.1f} s  {counted:<8} {nodeid.removeprefix(_DEPLOYED)}")


def _properties(report: pytest.TestReport, wanted: str) -> list[object]:
    return [value for name, value in report.user_properties if name == wanted]
