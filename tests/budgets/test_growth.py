"""Do reads cost the same in a larger shop, and would a read that does not be found?"""

import pytest

from infra.bench.growth.cloning import product_id_of, word_of
from infra.bench.growth.reads import NOTHING_KEPT, Reader, growing
from infra.bench.growth.shop import GrowingShop, vendor_id_of
from infra.bench.units import Cost
from tests.support.account import fresh_account
from tests.support.calling import Client
from tests.support.tokens import token_for

# More than the pages that are turned
SIZES = (120, 400)


@pytest.fixture(scope="module")
def costs(embedded_cloud_url: str) -> dict[int, dict[str, Cost]]:
    with (
        pytest.MonkeyPatch.context() as patch,
        fresh_account(embedded_cloud_url, patch) as account,
    ):
        patch.setenv(*NOTHING_KEPT)
        token = token_for(roles=["admin"])
        shop, found = GrowingShop.opened(account, token), {}
        for size in SIZES:
            shop.grow(size, told=lambda rows: None)
            found[size] = Reader(account, token).costs(size)
        return found


def test_no_read_costs_more_in_a_larger_shop(costs):
    assert list(growing(costs)) == []
    assert len(costs[SIZES[0]]) == len(costs[SIZES[1]]) >= 10


def test_a_read_that_grows_is_named():
    small = {"page": Cost(("Query",), 1, 0), "product": Cost(("Query",), 1, 0)}

    assert list(growing({10: small, 100: {**small, "page": Cost(("Query", "Query"), 1, 0)}})) == [
        "page: 1 calls and 1 units with 10 products, 2 and 1 with 100"
    ]
    assert len(list(growing({10: small, 100: {**small, "product": Cost(("Query",), 1.5, 0)}}))) == 1


def test_a_copy_is_a_product_like_any_other(aws):
    token = token_for(roles=["admin"])
    shop = GrowingShop.opened(aws, token)

    shop.grow(5, told=lambda rows: None)

    shown = shop.staff.get(f"/products/{product_id_of(4)}").json
    assert (shown["id"], shown["vendor"]["id"]) == (product_id_of(4), vendor_id_of(4))
    assert [variant["sku"] for variant in shown["variants"]] == [f"{word_of(4)}-250", f"{word_of(4)}-500"]
    listed = Client(shop.staff.app).get("/products?limit=100").json["items"]
    assert {item["id"] for item in listed} > {product_id_of(number) for number in range(5)}
    assert shop.staff.get(f"/products/{product_id_of(4)}/stock").json["items"][0]["available"] == 1_000
