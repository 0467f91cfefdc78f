"""Who asks for delivery in these tests?"""

from collections.abc import Iterator

import pytest

from chalicelib.core import holding
from functions.api.shipping import app
from tests.support.account import Account
from tests.support.calling import Client
from tests.support.tokens import token_for


@pytest.fixture
def reader(aws: Account) -> Iterator[Client]:
    """Return anybody, in a process that remembers nothing of other tests."""
    holding.forget()
    yield Client(app)
    holding.forget()


@pytest.fixture
def staff(aws: Account) -> Client:
    """Return a client signed in as somebody who plans deliveries."""
    return Client(app).signed_with(token_for(permissions=["shipping.manage"]))
