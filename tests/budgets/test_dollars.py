"""Is an order's price on AWS what its use and the table of list prices make it, and how does it grow with lines?"""

from collections import Counter
from dataclasses import replace
from itertools import pairwise

import pytest

from infra.bench import journey
from infra.bench.dollars import Prices, Usage, deliveries, dollars, list_prices
from infra.bench.lines import LINES, Bought, bought
from infra.bench.shop import stocked
from tests.support.account import fresh_account

NOTHING = Usage(0, 0, 0, cpu_milliseconds=0, api_requests=0, invocations=0, transitions=0, events=())
PRICES = list_prices()


@pytest.fixture(scope="module")
def purchases(embedded_cloud_url: str) -> list[Bought]:
    with (
        pytest.MonkeyPatch.context() as patch,
        fresh_account(embedded_cloud_url, patch) as account,
        stocked(account, patch, products=20) as shop,
    ):
        return bought(shop, transitions=7)


def more(usage: Usage) -> dict[str, float]:
    """What a thousand orders of this use cost beside those that use nothing."""
    before = dollars(NOTHING, PRICES)
    return {
        name: round(cost - before[name], 6) for name, cost in dollars(usage, PRICES).items() if cost != before[name]
    }


@pytest.mark.parametrize(
    ("usage", "cost"),
    [
        (replace(NOTHING, transitions=8), {"Step Functions": 0.2}),
        (replace(NOTHING, write_units=40, read_units=8), {"DynamoDB": 0.026}),
        (replace(NOTHING, api_requests=10), {"API Gateway": 0.035}),
    ],
)
def test_a_thousand_orders_cost_what_the_list_says(usage: Usage, cost: dict[str, float]) -> None:
    assert more(usage) == cost


def test_running_for_a_second_is_a_gigabyte_second_of_a_function_and_a_share_of_its_machine() -> None:
    second = replace(NOTHING, cpu_milliseconds=1_000 * PRICES.assumed["lambda_cpu_share"])

    assert more(second) == {"Lambda": 0.013333, "Step Functions": 0.001042}


def test_an_event_is_published_once_and_goes_into_the_queues_that_want_it() -> None:
    assert deliveries(("order.placed",)) >= 2
    assert deliveries(("nothing.happened",)) == 0
    assert deliveries(("order.placed", "order.placed")) == 2 * deliveries(("order.placed",))


def test_each_thing_that_is_priced_is_used_and_each_that_is_used_is_priced() -> None:
    free = Prices(dict.fromkeys(PRICES.per_million, 0.0), PRICES.assumed, PRICES.as_of, PRICES.region)
    everything = Usage(1, 1, 1, 1, 1, 1, 1, (journey.EVENTS[0],))

    assert sum(dollars(everything, free).values()) == 0
    for thing in PRICES.per_million:
        priced = replace(free, per_million={**free.per_million, thing: 1.0})
        assert sum(dollars(everything, priced).values()) > 0, thing


def test_a_line_more_costs_the_same_whether_it_is_the_fifth_or_the_fiftieth(purchases: list[Bought]) -> None:
    units = {each.lines: each.whole.write_units for each in purchases}
    per_line = [(units[many] - units[few]) / (many - few) for few, many in pairwise(LINES)]

    assert set(units) == set(LINES)
    assert max(per_line) <= min(per_line) * 1.3


def test_checkout_makes_no_more_calls_for_more_lines_but_one_read_for_each_hundred_rows(
    purchases: list[Bought],
) -> None:
    calls = {each.lines: Counter(each.to_order.calls) for each in purchases}
    fewest, most = calls[LINES[0]], calls[LINES[-1]]

    assert all(calls[lines] == fewest for lines in LINES[:-1])
    assert most - fewest == Counter(["BatchGetItem"])
