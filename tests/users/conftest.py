"""What may a test of accounts ask for beside an empty account?"""

import pytest

from chalicelib.core.rates import Rate
from chalicelib.core.settings import declared


@pytest.fixture
def patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let everybody try as often as they like."""
    for each in declared():
        if each.read == Rate.from_text:
            monkeypatch.setenv(each.name, "20000/864000")
