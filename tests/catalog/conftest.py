"""Which shop do the tests of the catalogue begin with?"""

import pytest

from functions.api.catalog import app
from tests.catalog.builders import a_category, a_vendor
from tests.support.account import Account
from tests.support.calling import Client
from tests.support.tokens import token_for


@pytest.fixture
def shop(aws: Account) -> Account:
    """Return an account with one vendor and one category."""
    a_vendor()
    a_category("coffee")
    return aws


@pytest.fixture
def staff(shop: Account) -> Client:
    """Return a client signed in as somebody who keeps the catalogue."""
    return Client(app).signed_with(token_for(permissions=["catalog.manage"]))


@pytest.fixture
def shopper(shop: Account) -> Client:
    """Return a client that nobody has signed in with."""
    return Client(app)
