"""What may a vendor do with products, and what waits for staff?"""

from typing import Any

import pytest

from chalicelib.catalog import service as catalog
from chalicelib.core.storage import keys
from chalicelib.core.storage.table import partition
from chalicelib.inventory import service as inventory
from tests.catalog.builders import VENDOR, a_draft, a_product, a_variant, a_vendor, birr
from tests.catalog.selling import a_member, an_approver, approved, edited, tag_of, waiting
from tests.support.account import Account
from tests.support.calling import Client, Response

OTHER = "ven_HARAR"


@pytest.fixture
def vendor(shop: Account) -> Client:
    return a_member(VENDOR)


@pytest.fixture
def other(shop: Account) -> Client:
    a_vendor(OTHER)
    return a_member(OTHER)


@pytest.fixture
def approver(shop: Account) -> Client:
    return an_approver()


def an_own_draft(**members: Any) -> dict[str, Any]:
    draft = a_draft(status="draft")
    del draft["vendor_id"]
    return draft | members


def test_what_a_vendor_makes_is_its_own(vendor: Client):
    made = vendor.post("/products", an_own_draft())

    assert (made.status, made.json["vendor_id"], made.json["status"]) == (201, VENDOR, "draft")


def test_a_vendor_names_itself_or_nobody(vendor: Client, other: Client):
    assert vendor.post("/products", an_own_draft(vendor_id=VENDOR)).status == 201
    answer = vendor.post("/products", an_own_draft(vendor_id=OTHER))

    assert (answer.status, answer.code) == (404, "vendor_not_found")


def test_staff_say_whose_product_it_is(staff: Client):
    answer = staff.post("/products", an_own_draft())

    assert (answer.status, answer.code) == (422, "vendor_needed")


@pytest.mark.parametrize("status", ["draft", "in_review"])
def test_a_vendors_product_is_not_sold_before_it_is_approved(vendor: Client, shopper: Client, status: str):
    product_id = vendor.post("/products", an_own_draft(status=status)).json["id"]

    refused = edited(vendor, product_id, status="active")

    assert (refused.status, refused.code) == (409, "status_change_refused")
    assert (refused.json["product_status"], refused.json["wanted_status"]) == (status, "active")
    assert shopper.get(f"/products/{product_id}").status == 404


def test_a_vendor_makes_nothing_that_is_for_sale_at_once(vendor: Client):
    answer = vendor.post("/products", an_own_draft(status="active"))

    assert (answer.status, answer.code) == (409, "status_change_refused")


def test_staff_who_may_not_approve_do_not_put_a_vendors_words_on_sale(vendor: Client, staff: Client):
    product_id = vendor.post("/products", an_own_draft(status="in_review")).json["id"]

    assert edited(staff, product_id, status="active").code == "status_change_refused"
    assert edited(staff, product_id, status="draft").status == 200
    assert edited(staff, product_id, status="active").code == "status_change_refused"


def test_what_a_vendor_changed_of_the_shops_draft_needs_approval_too(vendor: Client, staff: Client):
    product_id = a_product(status="draft").product_id

    assert edited(vendor, product_id, title={"en": "The best coffee"}).status == 200

    assert edited(staff, product_id, status="active").code == "status_change_refused"


def test_another_vendors_product_is_not_there(vendor: Client, other: Client):
    product_id = vendor.post("/products", an_own_draft(status="in_review")).json["id"]
    tag = tag_of(vendor, product_id)

    def asked(method: str, path: str, body: Any = None) -> Response:
        return other.call(method, path, body, if_match=tag)

    for answer in (
        asked("GET", f"/staff/products/{product_id}"),
        asked("PATCH", f"/products/{product_id}", {"status": "draft"}),
        asked("DELETE", f"/products/{product_id}"),
        asked("GET", f"/products/{product_id}/proposal"),
        asked("DELETE", f"/products/{product_id}/proposal"),
    ):
        assert (answer.status, answer.code) == (404, "product_not_found")
    assert tag_of(vendor, product_id) == tag


def test_a_vendor_takes_its_product_off_sale_and_puts_it_back(vendor: Client, shopper: Client):
    product_id = a_product().product_id

    off = edited(vendor, product_id, status="inactive")
    assert (off.json["status"], shopper.get(f"/products/{product_id}").status) == ("inactive", 404)

    on = edited(vendor, product_id, status="active")
    assert (on.json["status"], shopper.get(f"/products/{product_id}").status) == ("active", 200)


def test_a_deleted_product_is_sold_never_again(vendor: Client, staff: Client, shopper: Client):
    product = a_product(variants=[a_variant("COFFEE-250")])
    inventory.receive(product.product_id, "COFFEE-250", 5, note="", by="usr_KEEPER")
    path, tag = f"/products/{product.product_id}", tag_of(vendor, product.product_id)

    assert vendor.delete(path).status == 428
    assert vendor.delete(path, if_match=tag).status == 204

    assert (shopper.get(path).status, catalog.offers(["COFFEE-250"])) == (404, {})
    assert staff.get(f"/staff{path}").json["status"] == "deleted"
    assert edited(staff, product.product_id, status="active").code == "product_deleted"
    taken = staff.post("/products", a_draft(variants=[a_variant("COFFEE-250")]))
    assert (taken.code, taken.json["product_id"]) == ("sku_taken", product.product_id)


def test_deleting_again_is_done_already(vendor: Client):
    product_id = a_product().product_id
    assert vendor.delete(f"/products/{product_id}", if_match=tag_of(vendor, product_id)).status == 204

    again = tag_of(vendor, product_id)

    assert vendor.delete(f"/products/{product_id}", if_match=again).status == 204
    assert tag_of(vendor, product_id) == again


def test_other_words_of_an_approved_product_wait_and_the_rest_acts_at_once(vendor: Client, shopper: Client):
    product_id = a_product(variants=[a_variant("COFFEE-250", price=250)]).product_id

    answer = edited(
        vendor,
        product_id,
        title={"en": "The best coffee"},
        variants=[a_variant("COFFEE-250", price=199, weight_grams=260), a_variant("COFFEE-900", price=800)],
    )

    assert answer.status == 200, answer.text
    assert answer.json["title"] == {"en": "Yirgacheffe coffee", "am": "የይርጋጨፌ ቡና"}
    assert [(each["sku"], each["price"], each["weight_grams"]) for each in answer.json["variants"]] == [
        ("COFFEE-250", birr(199), 260)
    ]
    proposal = answer.json["proposal"]
    assert proposal["changes"]["title"] == {"en": "The best coffee"}
    assert [each["sku"] for each in proposal["changes"]["variants"]] == ["COFFEE-900"]
    shown = shopper.get(f"/products/{product_id}").json
    assert (shown["title"], [each["price"] for each in shown["variants"]]) == ("Yirgacheffe coffee", [birr(199)])


def test_staff_change_an_approved_product_at_once(staff: Client):
    product_id = a_product().product_id

    answer = edited(staff, product_id, title={"en": "The best coffee"})

    assert (answer.json["title"], answer.json["proposal"]) == ({"en": "The best coffee"}, None)


def test_a_price_alone_asks_nobody(vendor: Client):
    product_id = a_product(variants=[a_variant("COFFEE-250")]).product_id

    answer = edited(vendor, product_id, variants=[a_variant("COFFEE-250", price=199)])

    assert (answer.json["has_proposal"], answer.json["proposal"]) == (False, None)
    assert partition(keys.proposal(product_id).pk) == []


def test_words_that_are_told_already_ask_nobody(vendor: Client):
    product = a_product()

    answer = edited(vendor, product.product_id, title=dict(product.details.title), category_ids=["coffee"])

    assert answer.json["has_proposal"] is False


def test_other_options_of_a_variant_wait(vendor: Client, approver: Client):
    product_id = a_product(variants=[a_variant("COFFEE-250")]).product_id

    answer = edited(vendor, product_id, variants=[a_variant("COFFEE-250", price=90, options={"weight": "1/4 kg"})])

    assert (answer.json["variants"][0]["options"], answer.json["variants"][0]["price"]) == (
        {"weight": "COFFEE-250"},
        birr(90),
    )
    assert answer.json["proposal"]["options"] == {"COFFEE-250": {"weight": "1/4 kg"}}
    assert approved(approver, product_id).json["variants"][0]["options"] == {"weight": "1/4 kg"}


def test_a_further_change_goes_into_what_waits(vendor: Client):
    product_id = waiting(vendor, title={"en": "The best coffee"}, description={"en": "Truly."})

    answer = edited(vendor, product_id, title={"en": "Good coffee"})

    assert answer.json["proposal"]["changes"] == {"title": {"en": "Good coffee"}, "description": {"en": "Truly."}}


def test_what_comes_to_nothing_does_not_wait_any_more(vendor: Client):
    product_id = waiting(vendor, title={"en": "The best coffee"})

    answer = edited(vendor, product_id, title=a_draft()["title"])

    assert (answer.json["has_proposal"], answer.json["proposal"]) == (False, None)
    assert vendor.get(f"/products/{product_id}/proposal").code == "proposal_not_found"


def test_a_price_changes_while_something_waits_that_cannot_be_any_more(vendor: Client, staff: Client):
    product_id = waiting(vendor, variants=[a_variant("COFFEE-250"), a_variant("COFFEE-900")])
    assert staff.post("/products", a_draft(variants=[a_variant("COFFEE-900")])).status == 201

    same_wish = edited(vendor, product_id, variants=[a_variant("COFFEE-250", price=90), a_variant("COFFEE-900")])
    no_wish = edited(vendor, product_id, variants=[a_variant("COFFEE-250", price=80)])

    assert same_wish.json["variants"][0]["price"] == birr(90)
    assert (no_wish.json["variants"][0]["price"], no_wish.json["has_proposal"]) == (birr(80), False)


@pytest.mark.parametrize(
    ("members", "code"),
    [
        ({"category_ids": ["tea"]}, "category_unknown"),
        ({"variants": [a_variant("COFFEE-250"), a_variant("TAKEN-1")]}, "sku_taken"),
    ],
)
def test_nothing_is_proposed_that_cannot_be(vendor: Client, members: dict[str, Any], code: str):
    a_product(variants=[a_variant("TAKEN-1")])
    product_id = a_product(variants=[a_variant("COFFEE-250")]).product_id

    answer = edited(vendor, product_id, **members)

    assert (answer.status, answer.code) == (409, code)
    assert catalog.kept_product(product_id).proposal is None


def test_a_vendor_takes_back_what_waits(vendor: Client):
    product_id = waiting(vendor, title={"en": "The best coffee"})
    path, tag = f"/products/{product_id}/proposal", tag_of(vendor, product_id)
    assert vendor.get(path).headers["etag"].partition(".")[0] == tag.partition(".")[0]

    assert vendor.delete(path).status == 428
    assert vendor.delete(path, if_match=tag).status == 204
    assert vendor.delete(path, if_match=tag).status == 204

    assert vendor.get(path).code == "proposal_not_found"
    assert vendor.get(f"/staff/products/{product_id}").json["has_proposal"] is False
    assert vendor.delete(path, if_match=tag_of(vendor, product_id)).code == "proposal_not_found"


def test_a_product_in_review_that_is_taken_back_is_a_draft(vendor: Client):
    product_id = vendor.post("/products", an_own_draft(status="in_review")).json["id"]
    assert vendor.get(f"/products/{product_id}/proposal").json["changes"] == {}

    assert vendor.delete(f"/products/{product_id}/proposal", if_match=tag_of(vendor, product_id)).status == 204

    told = vendor.get(f"/staff/products/{product_id}").json
    assert (told["status"], told["has_proposal"]) == ("draft", False)


def test_deleting_takes_back_what_waits(vendor: Client):
    product_id = waiting(vendor, title={"en": "The best coffee"})

    assert vendor.delete(f"/products/{product_id}", if_match=tag_of(vendor, product_id)).status == 204

    assert vendor.get(f"/products/{product_id}/proposal").code == "proposal_not_found"
