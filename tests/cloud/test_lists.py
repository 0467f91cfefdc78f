"""Do the lists of the deployed shop follow what staff do, by its stream, its queue and its schedule?"""

import secrets

from tests.support.market import Market
from tests.support.waiting import eventually


def listed(market: Market, query: str) -> list[str]:
    return [card["id"] for card in market.api.must("GET", f"/products?{query}")["items"]]


def a_category(market: Market) -> str:
    category_id = f"shelf-{secrets.token_hex(3)}"
    market.staff.must("POST", "/categories", {"id": category_id, "name": {"en": "Shelf"}})
    return category_id


def a_product(market: Market, category_id: str) -> str:
    price = {"amount": 30_000, "currency": "ETB"}
    draft = {
        "vendor_id": market.vendors[0].id,
        "title": {"en": "Gabi"},
        "category_ids": [category_id],
        "variants": [{"sku": f"GABI-{secrets.token_hex(4)}", "price": price, "weight_grams": 900}],
        "status": "active",
    }
    return str(market.staff.must("POST", "/products", draft)["id"])


def comes_to_list(market: Market, query: str, product_ids: list[str]) -> None:
    eventually(lambda: listed(market, query) == product_ids, 60, f"{query} lists {product_ids}")


def test_products_follow_their_category_when_it_is_moved(market: Market) -> None:
    old, new, moved = (a_category(market) for _ in range(3))
    product_id = a_product(market, moved)
    for parent_id in (old, new):
        tag = market.api.get("/categories").headers["etag"]
        market.staff.must("PUT", f"/categories/{moved}/place", {"parent_id": parent_id}, if_match=tag)
        comes_to_list(market, f"category={parent_id}", [product_id])

    comes_to_list(market, f"category={old}", [])
    assert listed(market, f"category={moved}") == [product_id]


def test_a_collection_shows_what_is_for_sale(market: Market) -> None:
    product_id = a_product(market, a_category(market))
    collection_id = f"set-{secrets.token_hex(3)}"

    market.staff.must(
        "PUT", f"/collections/{collection_id}", {"name": {"en": "Warm"}, "product_ids": ["prd_NONE", product_id]}
    )

    comes_to_list(market, f"collection={collection_id}", [product_id])


def test_the_schedule_finds_nothing_to_do(market: Market) -> None:
    assert market.relists() == {"done": 0, "failed": 0}
