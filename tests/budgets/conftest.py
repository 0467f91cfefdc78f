"""What do the budgets measure? A purchase of two lines, a customer who is back, a changed product, moved stock."""

import pytest

from infra.bench import journey, shelving, signing_in, stocking
from infra.bench.meters import CallMeter
from infra.bench.shop import stocked
from tests.support.account import fresh_account


@pytest.fixture(scope="session")
def measured(embedded_cloud_url: str) -> CallMeter:
    """Do it twice, since the first time secrets and keys are read; return what the second time asked for."""
    with (
        pytest.MonkeyPatch.context() as patch,
        fresh_account(embedded_cloud_url, patch) as account,
        stocked(account, patch, products=25) as shop,
    ):
        signing_in.sign_up()
        staff = shelving.hire()
        for _ in range(2):
            meter = CallMeter(account.dynamodb)
            journey.buy(shop, meter)
            signing_in.come_back(meter)
            shelving.shelve(shop, staff, meter)
            stocking.keep_stock(shop, meter)
    return meter
