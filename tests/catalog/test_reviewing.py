"""How do staff decide about products and changes of them?"""

import pytest

from chalicelib.catalog import service as catalog
from chalicelib.catalog.models import Category
from chalicelib.core.storage import list_keys, transactions
from chalicelib.core.storage.identity import current_standing
from tests.catalog.builders import VENDOR, a_category, a_draft, a_product, a_variant, birr
from tests.catalog.selling import a_member, an_approver, approved, edited, refused, tag_of, waiting
from tests.pictures.builders import a_picture, gallery_of, hang
from tests.support.account import Account
from tests.support.calling import Client

NEW_WORDS = {"en": "The best coffee"}


@pytest.fixture
def vendor(shop: Account) -> Client:
    return a_member(VENDOR)


@pytest.fixture
def approver(shop: Account) -> Client:
    return an_approver()


def in_review(vendor: Client, sku: str = "COFFEE-250") -> str:
    made = vendor.post("/products", a_draft(status="in_review", variants=[a_variant(sku)]))
    assert made.status == 201, made.text
    return str(made.json["id"])


def test_an_approved_product_is_for_sale(vendor: Client, approver: Client, shopper: Client):
    product_id = in_review(vendor)

    answer = approved(approver, product_id)

    assert answer.status == 201
    assert (answer.json["status"], answer.json["has_proposal"]) == ("active", False)
    assert shopper.get(f"/products/{product_id}").status == 200
    assert list(catalog.offers(["COFFEE-250"])) == ["COFFEE-250"]


def test_a_refused_product_is_a_draft_with_reasons(vendor: Client, approver: Client):
    product_id = in_review(vendor)

    answer = refused(approver, product_id, "The title shouts.", "No weight is told.")

    assert answer.json["status"] == "draft"
    told = vendor.get(f"/staff/products/{product_id}").json
    assert told["refusal_reasons"] == ["The title shouts.", "No weight is told."]
    proposal = vendor.get(f"/products/{product_id}/proposal").json
    assert (proposal["status"], proposal["reasons"]) == ("refused", told["refusal_reasons"])


def test_a_product_that_was_refused_comes_again_and_reasons_stay_until_it_is_approved(vendor: Client, approver: Client):
    product_id = in_review(vendor)
    refused(approver, product_id, "The title shouts.")

    again = edited(vendor, product_id, title={"en": "Coffee"}, status="in_review")
    assert (again.json["status"], again.json["refusal_reasons"]) == ("in_review", ["The title shouts."])

    assert approved(approver, product_id).json["refusal_reasons"] is None


def test_an_approved_proposal_acts_on_the_product_of_now(vendor: Client, approver: Client, staff: Client):
    variants = [a_variant("COFFEE-250", price=250), a_variant("COFFEE-900", price=800)]
    product_id = waiting(vendor, title=NEW_WORDS, variants=variants)
    edited(staff, product_id, description={"en": "From Gedeo."}, variants=[a_variant("COFFEE-250", price=199)])

    told = approved(approver, product_id).json

    assert (told["title"], told["description"]) == (NEW_WORDS, {"en": "From Gedeo."})
    assert {each["sku"]: each["price"] for each in told["variants"]} == {
        "COFFEE-250": birr(199),
        "COFFEE-900": birr(800),
    }
    assert set(catalog.offers(["COFFEE-250", "COFFEE-900"])) == {"COFFEE-250", "COFFEE-900"}


def test_approval_brings_nothing_back_that_was_taken_off_sale(vendor: Client, approver: Client):
    product_id = a_product(variants=[a_variant("COFFEE-250"), a_variant("COFFEE-500")]).product_id
    edited(vendor, product_id, title=NEW_WORDS)
    edited(vendor, product_id, variants=[a_variant("COFFEE-250")])

    told = approved(approver, product_id).json

    assert [(each["sku"], each["status"]) for each in told["variants"]] == [
        ("COFFEE-250", "active"),
        ("COFFEE-500", "inactive"),
    ]


def test_a_refused_proposal_changes_nothing_that_is_sold(vendor: Client, approver: Client, shopper: Client):
    product_id = waiting(vendor, title=NEW_WORDS)

    told = refused(approver, product_id, "Nobody can prove that.").json

    assert (told["status"], told["proposal"], told["refusal_reasons"]) == ("active", None, ["Nobody can prove that."])
    assert shopper.get(f"/products/{product_id}").json["title"] == "Yirgacheffe coffee"


def test_what_is_proposed_after_a_refusal_begins_anew(vendor: Client, approver: Client):
    product_id = waiting(vendor, title=NEW_WORDS)
    refused(approver, product_id)

    answer = edited(vendor, product_id, description={"en": "Washed."})

    assert answer.json["proposal"]["changes"] == {"description": {"en": "Washed."}}


def test_a_decision_needs_the_tag_of_what_was_seen(vendor: Client, approver: Client):
    product_id = waiting(vendor, title=NEW_WORDS)
    seen = approver.get(f"/products/{product_id}/approval").headers["etag"]
    edited(vendor, product_id, title={"en": "Cheap coffee"})

    approval = approver.post(f"/products/{product_id}/approval", if_match=seen)
    refusal = approver.post(f"/products/{product_id}/refusal", {"reasons": ["No."]}, if_match=seen)

    assert [answer.status for answer in (approval, refusal)] == [412, 412]
    assert approver.post(f"/products/{product_id}/approval").status == 428
    assert vendor.get(f"/staff/products/{product_id}").json["has_proposal"] is True


def test_where_nothing_waits_there_is_nothing_to_decide(vendor: Client, approver: Client):
    product_id = a_product().product_id

    for answer in (approved(approver, product_id), refused(approver, product_id)):
        assert (answer.status, answer.code, answer.json["product_status"]) == (409, "nothing_to_decide", "active")


def test_approving_twice_is_approving_once(vendor: Client, approver: Client):
    product_id = in_review(vendor)
    path, seen = f"/products/{product_id}/approval", tag_of(vendor, product_id)

    first, again = (approver.post(path, if_match=seen) for _ in range(2))

    assert (first.status, first.json) == (201, again.json)
    assert first.headers["etag"] == again.headers["etag"]


def test_a_sku_that_was_taken_meanwhile_is_told_and_nothing_is_lost(vendor: Client, approver: Client):
    product_id = waiting(vendor, title=NEW_WORDS, variants=[a_variant("COFFEE-250"), a_variant("COFFEE-900")])
    taker = a_product(variants=[a_variant("COFFEE-900")])
    before = approver.get(f"/products/{product_id}/approval")

    answer = approved(approver, product_id)

    assert (answer.status, answer.code, answer.json["product_id"]) == (409, "sku_taken", taker.product_id)
    assert approver.get(f"/products/{product_id}/approval").json == before.json
    edited(vendor, product_id, variants=[a_variant("COFFEE-250"), a_variant("COFFEE-901")])
    assert approved(approver, product_id).json["title"] == NEW_WORDS


@pytest.mark.parametrize("is_new", [True, False])
def test_a_category_that_is_gone_meanwhile_is_told_and_nothing_is_lost(vendor: Client, approver: Client, is_new: bool):
    a_category("gifts")
    if is_new:
        draft = a_draft(status="in_review", category_ids=["gifts"])
        product_id = str(vendor.post("/products", draft).json["id"])
    else:
        product_id = waiting(vendor, title=NEW_WORDS, category_ids=["gifts"])
    with transactions.write() as work:
        work.delete(Category.at(list_keys.category("gifts")))

    answer = approved(approver, product_id)

    assert (answer.status, answer.code, answer.json["category_ids"]) == (409, "category_unknown", ["gifts"])
    assert approver.get(f"/products/{product_id}/approval").json["has_proposal"] is True


def test_prices_that_changed_their_currency_meanwhile_are_told(vendor: Client, approver: Client, staff: Client):
    product_id = waiting(vendor, variants=[a_variant("COFFEE-250"), a_variant("COFFEE-900")])
    in_dollars = a_variant("COFFEE-250") | {"price": {"amount": 500, "currency": "USD"}}
    assert edited(staff, product_id, variants=[in_dollars]).status == 200

    answer = approved(approver, product_id)

    assert (answer.status, answer.code) == (409, "currencies_differ")


def test_a_variant_that_staff_added_meanwhile_keeps_their_price(vendor: Client, approver: Client, staff: Client):
    product_id = waiting(vendor, variants=[a_variant("COFFEE-250"), a_variant("COFFEE-900", price=1)])
    edited(staff, product_id, variants=[a_variant("COFFEE-250"), a_variant("COFFEE-900", price=800)])

    told = approved(approver, product_id).json

    assert {each["sku"]: each["price"] for each in told["variants"]}["COFFEE-900"] == birr(800)


def test_a_vendor_does_not_approve_itself(vendor: Client):
    product_id = in_review(vendor)

    answer = vendor.post(f"/products/{product_id}/approval", if_match=tag_of(vendor, product_id))

    assert (answer.status, answer.code) == (403, "forbidden")


def test_who_lost_the_right_to_approve_approves_nothing(vendor: Client):
    product_id = in_review(vendor)
    late = an_approver("usr_late")
    standing = current_standing("usr_late")
    assert standing is not None
    standing.permissions, standing.number = [], standing.number + 1
    with transactions.write() as work:
        work.replace(standing)

    answer = late.post(f"/products/{product_id}/approval", if_match=tag_of(vendor, product_id))

    assert (answer.status, catalog.kept_product(product_id).product.status) == (401, "in_review")


def test_approving_shows_the_pictures_that_are_ready(vendor: Client, approver: Client, shopper: Client):
    product_id = in_review(vendor)
    hang(a_picture("pic_CUP", is_approved=False), product_id=product_id)

    approved(approver, product_id)

    assert [each["id"] for each in shopper.get(f"/products/{product_id}").json["pictures"]] == ["pic_CUP"]


def test_pictures_may_be_all_that_waits(vendor: Client, approver: Client, shopper: Client):
    product_id = a_product().product_id
    hang(a_picture("pic_CUP", is_approved=False), product_id=product_id)
    path, seen = f"/products/{product_id}/approval", tag_of(vendor, product_id)
    assert shopper.get(f"/products/{product_id}").json["pictures"] == []

    unseen = approver.post(path, {"gallery_version": 1}, if_match=seen)
    answer = approver.post(path, {"gallery_version": 2}, if_match=seen)

    assert (unseen.status, answer.status) == (412, 201)
    assert [each["id"] for each in shopper.get(f"/products/{product_id}").json["pictures"]] == ["pic_CUP"]
    assert approver.post(path, if_match=seen).code == "nothing_to_decide"


def test_pictures_that_changed_since_they_were_seen_keep_all_waiting(vendor: Client, approver: Client):
    product_id = in_review(vendor)
    seen = gallery_of(product_id).version
    hang(a_picture("pic_CUP", is_approved=False), product_id=product_id)

    path = f"/products/{product_id}/approval"
    answer = approver.post(path, {"gallery_version": seen}, if_match=tag_of(vendor, product_id))

    assert (answer.status, catalog.kept_product(product_id).product.status) == (412, "in_review")


def test_a_deleted_product_has_no_pictures_and_nothing_to_decide(vendor: Client, approver: Client):
    product_id = a_product().product_id
    hang(a_picture("pic_CUP", is_approved=False), product_id=product_id)

    assert vendor.delete(f"/products/{product_id}", if_match=tag_of(vendor, product_id)).status == 204

    assert (gallery_of(product_id).pictures, gallery_of(product_id).is_closed) == ([], True)
    assert approved(approver, product_id).code == "nothing_to_decide"
