"""Which brands and tags do products have, and what becomes of those that are retired?"""

from tests.catalog.builders import a_draft, a_product, a_variant
from tests.support.account import Account
from tests.support.calling import Client
from tests.support.recorded_calls import recording

GEDEO = {"id": "gedeo", "name": {"en": "Gedeo Union", "am": "ጌዴኦ ዩኒየን"}, "description": {"en": "Growers, since 1975."}}


def a_brand(staff: Client, **members: object) -> str:
    made = staff.post("/brands", GEDEO | members)
    assert made.status == 201, made.text
    return str(made.json["id"])


def test_a_brand_is_read_in_ones_language_and_edited_in_all(staff: Client, shopper: Client):
    a_brand(staff)

    shown = shopper.get("/brands/gedeo", accept_language="am").json
    kept = staff.get("/staff/brands/gedeo").json

    assert shown == {"id": "gedeo", "name": "ጌዴኦ ዩኒየን", "description": "Growers, since 1975."}
    assert kept == GEDEO | {"is_retired": False}


def test_a_brand_is_added_once(staff: Client):
    a_brand(staff)

    assert staff.post("/brands", GEDEO).code == "brand_exists"


def test_a_change_needs_what_was_read(staff: Client):
    a_brand(staff)
    change = {"name": {"en": "Gedeo"}}

    assert staff.patch("/brands/gedeo", change).status == 428
    assert staff.patch("/brands/gedeo", change, if_match='"7.a"').status == 412
    assert staff.patch("/brands/none", change, if_match='"1.a"').code == "brand_not_found"
    assert staff.patch("/brands/gedeo", change, if_match='"1.a"').json["name"] == {"en": "Gedeo"}
    assert staff.patch("/brands/gedeo", {"name": None}, if_match='"2.a"').status == 422


def test_a_retired_brand_stays_with_its_products_and_goes_to_no_other(shop: Account, staff: Client, shopper: Client):
    a_brand(staff)
    a_brand(staff, id="sidama", name={"en": "Sidama"})
    product = staff.post("/products", a_draft(brand_id="gedeo")).json

    staff.patch("/brands/gedeo", {"is_retired": True}, if_match='"1.a"')

    assert [each["id"] for each in shopper.get("/brands").json["items"]] == ["sidama"]
    assert staff.post("/products", a_draft(brand_id="gedeo")).code == "brand_unknown"
    kept = staff.patch(f"/products/{product['id']}", {"brand_id": "gedeo", "tags": ["new"]}, if_match='"1.a"')
    assert (kept.status, kept.json["brand_id"]) == (200, "gedeo")
    assert shopper.get("/brands/gedeo").status == 200


def test_a_product_names_its_brand_as_it_was_when_it_was_saved(staff: Client, shopper: Client):
    a_brand(staff)
    path = f"/products/{staff.post('/products', a_draft(brand_id='gedeo')).json['id']}"
    staff.patch("/brands/gedeo", {"name": {"en": "Gedeo"}}, if_match='"1.a"')

    assert shopper.get(path, accept_language="am").json["brand"] == {"id": "gedeo", "name": "ጌዴኦ ዩኒየን"}
    assert staff.patch(path, {"brand_id": None}, if_match='"1.a"').json["brand_id"] is None
    assert shopper.get(path).json["brand"] is None


def test_brand_and_categories_are_asked_for_in_one_read(shop: Account, staff: Client):
    a_brand(staff)

    with recording(shop.dynamodb) as calls:
        a_product(brand_id="gedeo", variants=[a_variant(), a_variant()])

    # The second one asks which slugs are free.
    assert calls.operations == ["GetItem", "BatchGetItem", "BatchGetItem", "TransactWriteItems"]


def test_tags_are_few_and_told_apart(staff: Client, shopper: Client):
    made = staff.post("/products", a_draft(tags=["organic", "fair-trade"]))

    assert shopper.get(f"/products/{made.json['id']}").json["tags"] == ["organic", "fair-trade"]
    for wrong in (["organic", "organic"], ["Not A Slug"], [f"tag-{number}" for number in range(11)]):
        assert staff.post("/products", a_draft(tags=wrong)).status == 422


def test_seo_texts_are_told_in_every_language(staff: Client, shopper: Client):
    told = {"seo_title": {"am": "የይርጋጨፌ ቡና"}, "seo_description": {"en": "Coffee from Gedeo, roasted weekly."}}
    path = f"/products/{staff.post('/products', a_draft(**told)).json['id']}"

    shown = shopper.get(path, accept_language="am").json

    assert (shown["seo_title"], shown["seo_description"]) == ("የይርጋጨፌ ቡና", "Coffee from Gedeo, roasted weekly.")
    for wrong in (
        {"seo_title": {"en": "x" * 71}},
        {"seo_description": {"en": "x" * 201}},
        {"seo_title": {"en": "a\nb"}},
    ):
        assert staff.post("/products", a_draft(**wrong)).status == 422
