"""Which vendors and machines do tests of purchases talk to? Fixtures that several folders import."""

from collections.abc import Iterator

import pytest

from tests.support.account import Account
from tests.support.chapa import Till, a_till
from tests.support.machine import WaitingMachine, a_waiting_machine

__all__ = ["machine", "till"]


@pytest.fixture
def till(aws: Account, monkeypatch: pytest.MonkeyPatch) -> Iterator[Till]:
    """Run a payment provider of this test's own."""
    with a_till(monkeypatch) as till:
        yield till


@pytest.fixture
def machine(aws: Account, monkeypatch: pytest.MonkeyPatch) -> Iterator[WaitingMachine]:
    """Make a machine that the shop can start and resume."""
    with a_waiting_machine(aws, monkeypatch) as machine:
        yield machine
