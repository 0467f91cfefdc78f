"""How do staff put products together, and what do shoppers see of it?"""

import pytest

from chalicelib.catalog import service as catalog
from chalicelib.catalog.rules import ProductStatus
from chalicelib.catalog.schemas import ProductChange
from tests.catalog.builders import a_product
from tests.support.account import Account
from tests.support.calling import Client
from tests.support.recorded_calls import recording


def a_draft(product_ids: list[str], **members: object) -> dict[str, object]:
    return {"name": {"en": "For a ceremony", "am": "ለቡና ሥነ ሥርዓት"}, "product_ids": product_ids} | members


def put(staff: Client, collection_id: str, product_ids: list[str], **headers: str):
    return staff.call("PUT", f"/collections/{collection_id}", a_draft(product_ids), **headers)


def products(count: int) -> list[str]:
    made = [a_product() for _ in range(count)]
    for product in made:
        catalog.refresh_cards(product.product_id)
    return [product.product_id for product in made]


def listed(client: Client, query: str) -> list[str]:
    return [card["id"] for card in client.get(f"/products?{query}").json["items"]]


def test_a_collection_lists_its_products_in_its_own_order(shop: Account, staff: Client, shopper: Client):
    first, second, third = products(3)
    put(staff, "ceremony", [second, third, first])

    with recording(shop.dynamodb) as calls:
        assert listed(shopper, "collection=ceremony") == [second, third, first]

    # Whether anything changed, the collection, and the cards.
    assert calls.operations == ["Query", "GetItem", "BatchGetItem"]


def test_a_collection_is_turned_page_by_page(staff: Client, shopper: Client):
    chosen = products(5)
    put(staff, "ceremony", chosen)

    pages, cursor = [], ""
    while cursor is not None:
        answer = shopper.get(f"/products?collection=ceremony&limit=2{cursor and f'&cursor={cursor}'}").json
        pages.append([card["id"] for card in answer["items"]])
        cursor = answer["next_cursor"]

    assert pages == [chosen[:2], chosen[2:4], chosen[4:]]


def test_what_is_not_shown_is_left_out_and_comes_back(staff: Client, shopper: Client):
    first, second = products(2)
    put(staff, "ceremony", [first, "prd_NONE", second])
    for status, seen in ((ProductStatus.INACTIVE, [second]), (ProductStatus.ACTIVE, [first, second])):
        catalog.change_product(first, ProductChange(status=status), if_version=None)
        catalog.refresh_cards(first)

        assert listed(shopper, "collection=ceremony") == seen


def test_there_is_always_a_featured_collection(staff: Client, shopper: Client):
    (product_id,) = products(1)
    before = shopper.get("/collections/featured")
    tag = staff.get("/staff/collections/featured").headers["etag"]

    made = put(staff, "featured", [product_id], if_match=tag)

    assert before.json == {"id": "featured", "name": "Featured", "description": ""}
    assert made.status == 200
    assert listed(shopper, "collection=featured") == [product_id]
    assert shopper.get("/collections/featured").json["name"] == "For a ceremony"


def test_a_collection_that_is_not_there_is_not_found_and_lists_nothing(staff: Client, shopper: Client):
    assert shopper.get("/collections/none").code == "collection_not_found"
    assert staff.get("/staff/collections/none").code == "collection_not_found"
    assert staff.call("DELETE", "/collections/none", if_match='"1.a"').code == "collection_not_found"
    assert listed(shopper, "collection=none") == listed(shopper, "collection=featured") == []


def test_a_collection_is_changed_by_whoever_read_it(staff: Client, shopper: Client):
    first, second = products(2)
    made = put(staff, "ceremony", [first])

    blind = put(staff, "ceremony", [second])
    changed = put(staff, "ceremony", [second], if_match=made.headers["etag"])
    late = put(staff, "ceremony", [first], if_match=made.headers["etag"])
    of_nothing = put(staff, "another", [first], if_match=made.headers["etag"])

    assert (blind.status, blind.code) == (428, "precondition_required")
    assert (changed.status, changed.json["product_ids"]) == (200, [second])
    assert (late.status, of_nothing.status) == (412, 412)
    assert listed(shopper, "collection=ceremony") == [second]


def test_collections_are_listed_in_the_readers_language(staff: Client, shopper: Client):
    put(staff, "ceremony", [])
    put(staff, "breakfast", [])

    answer = shopper.get("/collections", accept_language="am")

    assert [each["id"] for each in answer.json["items"]] == ["breakfast", "ceremony"]
    assert answer.json["items"][0]["name"] == "ለቡና ሥነ ሥርዓት"


def test_a_collection_goes_and_its_products_stay(staff: Client, shopper: Client):
    (product_id,) = products(1)
    made = put(staff, "ceremony", [product_id])

    gone = staff.call("DELETE", "/collections/ceremony", if_match=made.headers["etag"])

    assert gone.status == 204
    assert shopper.get("/collections/ceremony").status == 404
    assert listed(shopper, "collection=ceremony") == []
    assert listed(shopper, "") == [product_id]


@pytest.mark.parametrize(
    ("product_ids", "code"),
    [(["prd_1", "prd_1"], "repeated"), ([f"prd_{number}" for number in range(501)], "too_long"), ([""], "pattern")],
)
def test_a_list_that_is_none_is_refused(staff: Client, product_ids: list[str], code: str):
    answer = put(staff, "ceremony", product_ids)

    assert answer.status == 422
    assert code in answer.json["errors"][0]["code"]


def test_only_staff_keep_collections(shopper: Client, shop: Account):
    assert shopper.call("PUT", "/collections/ceremony", a_draft([])).status == 401
    assert shopper.call("DELETE", "/collections/ceremony").status == 401
    assert shopper.get("/staff/collections/featured").status == 401
