"""Are codes made by the hundred behind the answer, in the deployed shop, and does each page of them tell their use?"""

import re

from tests.support.market import Market
from tests.support.waiting import eventually

QUANTITY = 250


def a_promotion(market: Market) -> str:
    ten_percent = {"name": {"en": "Ten percent"}, "discount": {"kind": "percentage", "percent": "10"}}
    return str(market.staff.must("POST", "/promotions", {**ten_percent, "is_automatic": False})["id"])


def all_codes(market: Market, path: str) -> list[str]:
    codes: list[str] = []
    cursor = ""
    while True:
        page = market.staff.must("GET", f"{path}?limit=100{cursor}")
        assert all(each["uses_left"] == 1 for each in page["items"])
        codes += [each["code"] for each in page["items"]]
        if page["next_cursor"] is None:
            return codes
        cursor = f"&cursor={page['next_cursor']}"


def test_a_batch_of_codes_becomes_whole(market: Market) -> None:
    batches = f"/promotions/{a_promotion(market)}/coupon-batches"

    batch = market.staff.must("POST", batches, {"quantity": QUANTITY, "prefix": "GENNA"})
    assert batch["made"] == 0

    eventually(
        lambda: market.staff.must("GET", batches)["items"][0]["made"] == QUANTITY, 120, f"{QUANTITY} codes are made"
    )
    codes = all_codes(market, f"{batches}/{batch['id']}/coupons")
    assert len(set(codes)) == QUANTITY
    assert all(re.fullmatch(r"GENNA[2-9A-HJKMNP-TW-Z]{12}", code) for code in codes)


def test_staff_see_what_a_cart_would_cost(market: Market) -> None:
    goods = market.sells(units=5)
    half = {"name": {"en": "Half"}, "discount": {"kind": "percentage", "percent": "50"}, "is_automatic": False}
    lines = [{"sku": goods.sku, "quantity": 2}]

    found = market.staff.must(
        "POST", "/promotion-previews", {"lines": lines, "promotion": half | {"priority": 1_000}, "codes": ["NONE"]}
    )

    totals = found["quote"]["totals"]
    assert totals["discount"]["amount"] * 2 == totals["subtotal"]["amount"]
    assert [(each["code"], each["reason"]) for each in found["passed_over"]] == [("NONE", "unknown")]
