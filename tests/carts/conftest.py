"""What lies in a cart when a test of carts begins?"""

import pytest

from tests.carts.builders import a_guest, put_in
from tests.support.account import Account
from tests.support.builders import COFFEE, GABI, a_variant, birr
from tests.support.calling import Client


@pytest.fixture
def shopping(aws: Account) -> tuple[Client, str]:
    """A guest with two coffees and a gabi in their cart, and its path."""
    a_variant(COFFEE, price=birr(250), left=10)
    a_variant(GABI, price=birr(1800), left=10)
    guest, cart = a_guest()
    put_in(guest, cart, COFFEE, quantity=2)
    put_in(guest, cart, GABI)
    return guest, cart
