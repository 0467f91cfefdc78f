"""What do the budgets measure? One purchase of two lines in a stocked shop, recorded act by act."""

import pytest

from infra.bench import journey
from infra.bench.meters import CallMeter
from infra.bench.shop import stocked
from tests.support.account import fresh_account


@pytest.fixture(scope="session")
def purchase(embedded_cloud_url: str) -> CallMeter:
    """Buy twice, since the first time secrets and keys are read; return what the second time asked for."""
    with (
        pytest.MonkeyPatch.context() as patch,
        fresh_account(embedded_cloud_url, patch) as account,
        stocked(account, patch, products=25) as shop,
    ):
        journey.buy(shop, CallMeter(account.dynamodb))
        meter = CallMeter(account.dynamodb)
        journey.buy(shop, meter)
    return meter
