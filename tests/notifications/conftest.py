"""Which fixtures do tests of notifications share?"""

from collections.abc import Iterator

import pytest

from tests.support.account import Account
from tests.support.twilio import Phones, some_phones


@pytest.fixture
def phones(aws: Account, monkeypatch: pytest.MonkeyPatch) -> Iterator[Phones]:
    """Run a sender of texts for the shop, and show what arrives."""
    with some_phones(monkeypatch) as phones:
        yield phones
