"""How do staff decide about products and changes of them, and what if several do it at once?"""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from chalicelib.catalog import service as catalog
from chalicelib.catalog.models import Category
from chalicelib.core.storage import list_keys, transactions
from chalicelib.core.storage.identity import current_standing
from tests.catalog.builders import VENDOR, a_category, a_draft, a_product, a_variant, birr
from tests.catalog.selling import a_member, an_app, an_approver, approved, edited, refused, tag_of, waiting
from tests.support.account import Account
from tests.support.calling import Client, Response
from tests.support.faults import failing

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


def all_at_once(*calls: tuple[Client, Callable[[Client], Response]]) -> list[Response]:
    """Each call by a client of its own, all together; one app serves one thread."""
    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(lambda call: call[1](Client(an_app(), **call[0].headers)), calls))


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


def test_a_write_that_fails_leaves_all_as_it_was(shop: Account, vendor: Client, approver: Client):
    product_id = waiting(vendor, title=NEW_WORDS)
    path = f"/products/{product_id}/approval"
    before = approver.get(path)

    with failing(shop.dynamodb, "TransactWriteItems", "InternalServerError", status=500, times=50):
        broken = approver.post(path, if_match=before.headers["etag"])

    assert broken.status == 500
    assert (approver.get(path).json, approver.get(path).headers["etag"]) == (before.json, before.headers["etag"])
    assert approver.post(path, if_match=before.headers["etag"]).json["title"] == NEW_WORDS


def test_an_answer_that_is_lost_is_asked_for_again(shop: Account, vendor: Client, approver: Client):
    product_id = in_review(vendor)
    path, seen = f"/products/{product_id}/approval", tag_of(vendor, product_id)
    with failing(shop.dynamodb, "TransactWriteItems", "InternalServerError", status=500, times=50, is_carried_out=True):
        assert approver.post(path, if_match=seen).status == 500

    again = approver.post(path, if_match=seen)

    assert (again.status, again.json["status"]) == (201, "active")


@pytest.mark.parametrize("attempt", range(3))
def test_two_who_decide_otherwise_at_once_are_told_apart(vendor: Client, approver: Client, attempt: int):
    product_id = waiting(vendor, title=NEW_WORDS)
    path, seen = f"/products/{product_id}", tag_of(vendor, product_id)

    answers = all_at_once(
        (approver, lambda each: each.post(f"{path}/approval", if_match=seen)),
        (an_approver("usr_abel"), lambda each: each.post(f"{path}/refusal", {"reasons": ["No."]}, if_match=seen)),
    )

    assert sorted(answer.status for answer in answers) == [201, 412], [answer.text for answer in answers]
    told = vendor.get(f"/staff{path}").json
    was_approved = answers[0].status == 201
    assert (told["title"] == NEW_WORDS, told["refusal_reasons"]) == (was_approved, None if was_approved else ["No."])


def test_four_who_approve_at_once_have_approved_once(vendor: Client, approver: Client):
    product_id = in_review(vendor)
    path, seen = f"/products/{product_id}/approval", tag_of(vendor, product_id)

    answers = all_at_once(*[(approver, lambda each: each.post(path, if_match=seen))] * 4)

    assert {(answer.status, answer.text) for answer in answers} == {(201, answers[0].text)}
    assert catalog.kept_product(product_id).product.version == 2


@pytest.mark.parametrize("attempt", range(3))
def test_what_a_vendor_changes_while_staff_approve_is_not_approved_unseen(
    vendor: Client, approver: Client, attempt: int
):
    product_id = waiting(vendor, title=NEW_WORDS)
    path, seen = f"/products/{product_id}", tag_of(vendor, product_id)

    answers = all_at_once(
        (approver, lambda each: each.post(f"{path}/approval", if_match=seen)),
        (vendor, lambda each: each.patch(path, {"title": {"en": "Worst coffee"}}, if_match=seen)),
    )

    assert Counter(answer.status == 412 for answer in answers) == {True: 1, False: 1}
    assert vendor.get(f"/staff{path}").json["title"] != {"en": "Worst coffee"}


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
