"""Do exchange rates reach the deployed shop, and what it shows?"""

from tests.support.market import Market
from tests.support.rates import Publisher


def test_rates_are_fetched_and_convert_what_is_shown(market: Market) -> None:
    goods = market.sells(units=1)
    Publisher(market.shop.rates).publishes(EUR=0.006)

    market.fetches_rates()

    (variant,) = market.api.get(f"/products/{goods.product_id}?currency=EUR").json["variants"]
    rates = {each["currency"]: each for each in market.api.get("/exchange-rates").json["items"]}
    assert variant["price"] == {"amount": 150, "currency": "EUR"}
    assert variant["conversion"] == {"currency": "ETB", "rate": "0.006", "as_of": rates["EUR"]["as_of"]}
