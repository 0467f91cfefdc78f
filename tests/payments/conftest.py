"""Which vendors and machines do these tests talk to?"""

from collections.abc import Iterator

import pytest

from tests.support.account import Account
from tests.support.machine import WaitingMachine, a_waiting_machine
from tests.support.purchases import machine, till

__all__ = ["machine", "refunding", "till"]


@pytest.fixture
def refunding(aws: Account, monkeypatch: pytest.MonkeyPatch) -> Iterator[WaitingMachine]:
    """Make a machine whose executions give money back."""
    with a_waiting_machine(aws, monkeypatch, of="refund") as machine:
        yield machine
