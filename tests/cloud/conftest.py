"""Which shop do the tests of this ring buy in, and what is true after each of them?"""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest

from infra.local.embedded_cloud import EmbeddedCloud
from tests.support.books import assert_books_balance
from tests.support.cloud import Shop, is_embedded
from tests.support.load import Load, watched
from tests.support.market import Market, open_market
from tests.support.telling import TRANSITIONS
from tests.support.waiting import eventually

TRANSITIONS_LIMIT = 8
SOON_SECONDS = 20
# Schedules look each minute, on a machine that may be busy.
PATIENCE = timedelta(minutes=2)


@pytest.fixture(scope="session")
def _opened_market(shop: Shop) -> Market:
    return open_market(shop)


@pytest.fixture(autouse=True)
def _balanced_books(shop: Shop) -> Iterator[None]:
    """Whatever a test did, nothing in the table contradicts anything else in the end."""
    yield
    assert_books_balance(shop.cloud, shop.outputs["TableName"], patience=PATIENCE)


@pytest.fixture
def market(_opened_market: Market, record_property: Callable[[str, object], None]) -> Iterator[Market]:
    """The deployed shop with people in it, and afterwards what each order cost in transitions."""
    market = _opened_market
    market.placed.clear()
    yield market
    market.chapa.behave()
    for checkout_id in market.placed:
        for states in _states_of_executions(market, checkout_id):
            record_property(TRANSITIONS, len(states))
            assert len(states) <= TRANSITIONS_LIMIT, states


@pytest.fixture
def load(request: pytest.FixtureRequest) -> Iterator[Load]:
    """How much the cloud is while a test runs; nothing can be said of one that is elsewhere."""
    if not is_embedded():
        yield Load()
        return
    cloud: EmbeddedCloud = request.getfixturevalue("embedded_cloud")
    with watched(cloud.pid) as load:
        yield load


def _states_of_executions(market: Market, checkout_id: str) -> list[list[str]]:
    def ended() -> list[str] | None:
        found = market.executions_of(checkout_id)
        is_over = all(each["status"] == "SUCCEEDED" for each in found)
        return [each["executionArn"] for each in found] if is_over else None

    arns = eventually(ended, SOON_SECONDS, f"the executions of {checkout_id} succeed")
    return [market.states_entered(arn) for arn in arns]
