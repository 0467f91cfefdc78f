"""Are a vendor and the keepers of the deployed shop's stock told when goods run low, once, from a sale on?"""

from tests.support.market import Market, working_on
from tests.support.people import Rights, a_person
from tests.support.shopper import Shopper
from tests.support.waiting import eventually


def test_a_vendor_sets_a_threshold_and_is_told_when_a_sale_comes_to_it(market: Market) -> None:
    goods, vendor = market.sells(units=9), market.vendors[0]
    with working_on(market.shop):
        keeper = a_person(market.api, Rights(("customer", "staff"), ("stock.manage",)))
    path, address = f"/products/{goods.product_id}/stock/{goods.sku}", vendor.api.must("GET", "/vendors/mine")["email"]
    eventually(lambda: vendor.api.get(path).headers["etag"].startswith('"1.'), 60, "the receipt is judged")
    vendor.api.must("PATCH", path, {"low_at": 8}, if_match='"1.a"')

    Shopper.customer(market).takes(goods).goes_to_pay().pays().gets_order()

    for reader in (address, keeper.email):
        eventually(lambda to=reader: told(market, to, goods.sku) == 1, 60, f"{reader} is told")
    assert market.vendors[1].api.get(path).status == 404
    market.receives(goods, 20)
    eventually(lambda: vendor.api.get(path).headers["etag"].startswith('"4.'), 60, "what has come is judged")
    assert told(market, address, goods.sku) == 1


def told(market: Market, to: str, sku: str) -> int:
    return len([letter for letter in market.letters_to(to) if letter.subject == f"Low stock: {sku}"])
