"""What do shoppers and staff see of the catalogue?"""

from typing import Any

import pytest

from chalicelib.catalog import service as catalog
from chalicelib.inventory import service as inventory
from tests.catalog.builders import a_category, a_draft, a_product, a_variant, birr
from tests.support.account import Account
from tests.support.calling import Client
from tests.support.recorded_calls import recording

SMALL, LARGE = {"weight": "250 g"}, {"weight": "500 g"}


def at_list_price(price: dict[str, Any]) -> dict[str, Any]:
    """Return what is told of a price when there is no sale."""
    return {"price": price, "list_price": price, "discount": None, "sale_ends_at": None, "conversion": None}


def shown(sku: str, options: dict[str, str], *, price: int, left: int | None) -> dict[str, Any]:
    """Return what shoppers see of a variant that is there."""
    bare = {"weight_grams": 250, "barcode": None, "dimensions": None, "picture": None}
    availability = {"in_stock": True, "left": left}
    return {"sku": sku, "options": options, "availability": availability, **at_list_price(birr(price)), **bare}


def test_a_product_for_sale_is_shown_with_its_stock(shop: Account, shopper: Client):
    product = a_product(
        variants=[a_variant("COFFEE-250", options=SMALL), a_variant("COFFEE-500", options=LARGE, price=470)]
    )
    inventory.receive(product.product_id, "COFFEE-250", 40, note="", by="usr_KEEPER")
    inventory.receive(product.product_id, "COFFEE-500", 2, note="", by="usr_KEEPER")

    answer = shopper.get(f"/products/{product.product_id}")

    assert answer.status == 200
    assert answer.json == {
        "id": product.product_id,
        "title": "Yirgacheffe coffee",
        "description": "Washed, from Gedeo.",
        "vendor": {"id": "ven_GEDEO", "name": "Gedeo Union"},
        "categories": [{"id": "coffee", "name": "Coffee"}],
        "status": "active",
        "tax_class": "standard",
        "variants": [
            shown("COFFEE-250", SMALL, price=250, left=None),
            shown("COFFEE-500", LARGE, price=470, left=2),
        ],
        "pictures": [],
        "brand": None,
        "slug": "yirgacheffe-coffee",
        "slugs": {"en": "yirgacheffe-coffee", "am": "yeyrgachefe-buna"},
        "tags": [],
        "type_id": None,
        "specs": [],
        "seo_title": "",
        "seo_description": "",
    }


def test_reading_a_product_is_one_call(shop: Account, shopper: Client):
    product = a_product(variants=[a_variant() for _ in range(20)])

    with recording(shop.dynamodb) as calls:
        shopper.get(f"/products/{product.product_id}")

    assert calls.operations == ["Query"]


def test_a_reader_gets_texts_in_their_language_and_else_in_the_shops(shop: Account, shopper: Client):
    product = a_product()

    answer = shopper.get(f"/products/{product.product_id}", accept_language="am-ET, en;q=0.5")

    assert answer.headers["content-language"] == "am"
    assert answer.json["title"] == "የይርጋጨፌ ቡና"
    assert answer.json["description"] == "Washed, from Gedeo."
    assert answer.json["categories"] == [{"id": "coffee", "name": "ቡና"}]


def test_who_has_the_product_already_is_told_that_it_is_the_same(shop: Account, shopper: Client):
    product = a_product()
    first = shopper.get(f"/products/{product.product_id}")

    again = shopper.get(f"/products/{product.product_id}", if_none_match=first.headers["etag"])

    assert (again.status, again.text) == (304, "")
    assert first.headers["cache-control"].startswith("public, max-age=")


def test_sold_units_make_another_answer(shop: Account, shopper: Client):
    product = a_product(variants=[a_variant("COFFEE-250")])
    first = shopper.get(f"/products/{product.product_id}")
    inventory.receive(product.product_id, "COFFEE-250", 3, note="", by="usr_KEEPER")

    again = shopper.get(f"/products/{product.product_id}", if_none_match=first.headers["etag"])

    assert again.status == 200


def test_a_draft_is_seen_by_staff_only(shop: Account, shopper: Client, staff: Client):
    product = a_product(status="draft")

    assert shopper.get(f"/products/{product.product_id}").code == "product_not_found"
    assert staff.get(f"/products/{product.product_id}").status == 404
    assert staff.get(f"/staff/products/{product.product_id}").json["status"] == "draft"
    assert shopper.get(f"/staff/products/{product.product_id}").status == 401


def test_a_created_product_says_where_it_lives_and_its_version(staff: Client):
    answer = staff.post("/products", a_draft())

    assert answer.status == 201
    assert answer.headers["location"] == f"https://shop.test/v1/products/{answer.json['id']}"
    assert answer.headers["etag"].startswith('"1.')


def test_a_product_created_twice_with_one_key_is_one_product(staff: Client):
    draft = a_draft()

    first = staff.post("/products", draft, idempotency_key="coffee-1")
    again = staff.post("/products", draft, idempotency_key="coffee-1")

    assert first.json == again.json


def test_a_taken_sku_names_the_product_that_has_it(shop: Account, staff: Client):
    product = a_product(variants=[a_variant("COFFEE-250")])

    answer = staff.post("/products", a_draft(variants=[a_variant("COFFEE-250")]), idempotency_key="coffee-2")

    assert (answer.status, answer.code) == (409, "sku_taken")
    assert (answer.json["sku"], answer.json["product_id"]) == ("COFFEE-250", product.product_id)


@pytest.mark.parametrize(
    ("members", "code"),
    [({"vendor_id": "ven_NONE"}, "vendor_unknown"), ({"category_ids": ["coffee", "tea"]}, "category_unknown")],
)
def test_what_a_product_names_must_be_there(staff: Client, members: dict[str, object], code: str):
    answer = staff.post("/products", a_draft(**members))

    assert (answer.status, answer.code) == (409, code)


@pytest.mark.parametrize(
    ("members", "pointer", "code"),
    [
        ({"variants": []}, "/variants", "too_short"),
        ({"variants": [a_variant("A"), a_variant("A")]}, "/variants", "repeated"),
        ({"variants": [a_variant(price=0)]}, "/variants/0/price", "greater_than_equal"),
        ({"category_ids": ["coffee", "coffee"]}, "/category_ids", "repeated"),
        ({"title": {}}, "/title", "too_short"),
        ({"status": "sold"}, "/status", "literal_error"),
        ({"status": "deleted"}, "/status", "literal_error"),
        ({"colour": "red"}, "/colour", "extra_forbidden"),
    ],
)
def test_a_malformed_product_is_told_where(staff: Client, members: dict[str, object], pointer: str, code: str):
    answer = staff.post("/products", a_draft(**members))

    assert answer.status == 422
    assert [(each["pointer"], each["code"]) for each in answer.json["errors"]] == [(pointer, code)]


def test_variants_are_priced_in_one_currency(staff: Client):
    variants = [a_variant(), a_variant() | {"price": {"amount": 500, "currency": "USD"}}]

    answer = staff.post("/products", a_draft(variants=variants))

    assert answer.json["errors"][0]["code"] == "currencies_mixed"


def test_a_change_needs_the_tag_that_was_read(staff: Client):
    product = a_product()

    answer = staff.patch(f"/products/{product.product_id}", {"status": "draft"})

    assert (answer.status, answer.code) == (428, "precondition_required")


def test_a_change_of_what_was_read_is_saved_and_the_next_one_needs_the_new_tag(staff: Client):
    product = a_product()
    path = f"/products/{product.product_id}"
    tag = staff.get(f"/staff{path}").headers["etag"]

    changed = staff.patch(path, {"title": {"en": "Gedeo coffee"}}, if_match=tag)
    late = staff.patch(path, {"title": {"en": "Sidama coffee"}}, if_match=tag)

    assert changed.status == 200
    assert changed.json["title"] == {"en": "Gedeo coffee"}
    assert (late.status, late.code) == (412, "precondition_failed")
    assert staff.patch(path, {"status": "inactive"}, if_match=changed.headers["etag"]).status == 200


def test_a_variant_that_is_left_out_goes_off_sale_and_may_come_back(staff: Client, shopper: Client):
    small, large = a_variant("COFFEE-250"), a_variant("COFFEE-500")
    path = f"/products/{a_product(variants=[small, large]).product_id}"

    without = staff.patch(path, {"variants": [small]}, if_match=staff.get(f"/staff{path}").headers["etag"])
    shown = [variant["sku"] for variant in shopper.get(path).json["variants"]]
    back = staff.patch(path, {"variants": [large, small]}, if_match=without.headers["etag"])

    assert [(each["sku"], each["status"]) for each in without.json["variants"]] == [
        ("COFFEE-250", "active"),
        ("COFFEE-500", "inactive"),
    ]
    assert shown == ["COFFEE-250"]
    assert [each["status"] for each in back.json["variants"]] == ["active", "active"]


def test_the_catalogue_is_changed_by_its_staff_only(shopper: Client):
    assert shopper.post("/products", a_draft()).status == 401
    assert shopper.post("/categories", {"id": "tea", "name": {"en": "Tea"}}).status == 401


def test_categories_come_as_a_tree(shop: Account, shopper: Client, staff: Client):
    for category_id, parent_id in (("spices", None), ("beans", "coffee"), ("decaf", "beans")):
        assert (
            staff.post("/categories", {"id": category_id, "parent_id": parent_id, "name": {"en": category_id}}).status
            == 201
        )

    with recording(shop.dynamodb) as calls:
        answer = shopper.get("/categories")

    assert [(each["id"], each["parent_id"], each["depth"]) for each in answer.json["items"]] == [
        ("coffee", None, 0),
        ("beans", "coffee", 1),
        ("decaf", "beans", 2),
        ("spices", None, 0),
    ]
    # Whether anything changed, and the tree.
    assert calls.operations == ["Query", "Query"]


def test_a_category_is_added_once(staff: Client):
    answer = staff.post("/categories", {"id": "coffee", "name": {"en": "Coffee"}})

    assert (answer.status, answer.code) == (409, "category_exists")


def test_a_category_needs_its_parent(staff: Client):
    answer = staff.post("/categories", {"id": "green", "parent_id": "tea", "name": {"en": "Green"}})

    assert (answer.status, answer.code) == (409, "category_unknown")


def test_a_category_lies_five_levels_deep_at_most(staff: Client):
    for parent, child in (("coffee", "b"), ("b", "c"), ("c", "d"), ("d", "e")):
        a_category(child, within=parent)

    answer = staff.post("/categories", {"id": "f", "parent_id": "e", "name": {"en": "F"}})

    assert (answer.status, answer.code) == (409, "category_too_deep")


def test_a_page_of_products_comes_newest_first(shop: Account, shopper: Client):
    products = [a_product(variants=[a_variant(price=300), a_variant(price=120)]) for _ in range(21)]
    for product in products:
        catalog.refresh_cards(product.product_id)
    shopper.get("/products")

    with recording(shop.dynamodb) as calls:
        first = shopper.get("/products").json
    second = shopper.get(f"/products?cursor={first['next_cursor']}").json

    newest_first = sorted((product.product_id for product in products), reverse=True)
    assert [card["id"] for card in [*first["items"], *second["items"]]] == newest_first
    assert (len(first["items"]), second["next_cursor"]) == (20, None)
    assert first["items"][0]["price_from"] == birr(120)
    # Whether anything changed since the page was kept.
    assert calls.operations == ["Query"]


def test_a_category_lists_what_lies_in_those_within_it(shop: Account, shopper: Client):
    a_category("beans", within="coffee")
    a_category("spices")
    beans, mitmita = a_product(category_ids=["beans"]), a_product(category_ids=["spices"])
    for product in (beans, mitmita):
        catalog.refresh_cards(product.product_id)

    def listed(category: str) -> list[str]:
        return [card["id"] for card in shopper.get(f"/products?category={category}").json["items"]]

    assert listed("coffee") == listed("beans") == [beans.product_id]
    assert listed("spices") == [mitmita.product_id]
    assert listed("tea") == []


def test_a_cursor_of_another_list_is_refused(shop: Account, shopper: Client):
    for _ in range(2):
        catalog.refresh_cards(a_product().product_id)
    cursor = shopper.get("/products?limit=1").json["next_cursor"]

    answer = shopper.get(f"/products?limit=1&category=coffee&cursor={cursor}")

    assert answer.status == 422
