"""Who publishes exchange rates to the tests of pricing?"""

from collections.abc import Iterator
from typing import Any

import pytest

from functions.api.pricing import app
from infra.local.exchange_rates import RatesSimulator
from tests.support.account import Account
from tests.support.calling import Client
from tests.support.rates import Publisher
from tests.support.remote import fresh_connections
from tests.support.tokens import token_for


@pytest.fixture
def publisher(aws: Account, monkeypatch: pytest.MonkeyPatch) -> Iterator[Publisher]:
    """Return a publisher of rates that the shop asks."""
    with RatesSimulator() as simulator, fresh_connections():
        monkeypatch.setenv("RATES_BASE_URL", simulator.api_url)
        monkeypatch.setenv("RATES_PATIENCE_SECONDS", "2")
        yield Publisher(simulator)


@pytest.fixture
def reader(aws: Account) -> Client:
    return Client(app)


@pytest.fixture
def staff(aws: Account) -> Client:
    """Return a client signed in as somebody who keeps rates."""
    return Client(app).signed_with(token_for(permissions=["prices.manage"]))


def rates_of(reader: Client) -> dict[str, Any]:
    """Return rates and origins, by currency."""
    return {each["currency"]: (each["rate"], each["origin"]) for each in reader.get("/exchange-rates").json["items"]}
