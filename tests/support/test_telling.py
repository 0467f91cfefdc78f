"""Is what a test tells shown at the end, whichever half ran it?"""

import pytest

from infra.packaging import REPOSITORY

pytest_plugins = ["pytester"]

CONFTEST = """
from tests.support.telling import show, telling
import pytest

def pytest_terminal_summary(terminalreporter):
    show(terminalreporter)

@pytest.fixture
def tell(record_property):
    return telling(record_property)
"""


@pytest.mark.parametrize("halves", [(), ("-n", "2")])
def test_what_a_test_tells_is_shown_at_the_end(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch, halves: tuple[str, ...]
) -> None:
    monkeypatch.setenv("PYTHONPATH", str(REPOSITORY))
    pytester.makeconftest(CONFTEST)
    pytester.makepyfile("def test_a_sale(tell):\n    tell('fifty units, fifty orders')")

    result = pytester.runpytest_subprocess("-p", "no:schemathesis", *halves)

    result.stdout.fnmatch_lines(["*what tests tell*", "fifty units, fifty orders"])
