"""Who defines promotions in these tests?"""

import pytest

from functions.api.promotions import app
from tests.support.account import Account
from tests.support.calling import Client
from tests.support.tokens import token_for


@pytest.fixture
def staff(aws: Account) -> Client:
    """Return a client signed in as somebody who keeps promotions."""
    return Client(app).signed_with(token_for(permissions=["promotions.manage"]))
