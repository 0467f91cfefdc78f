"""What if several decide at once, or a write fails on its way? One of them is first, and nothing is done by half."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from chalicelib.catalog import service as catalog
from tests.catalog.builders import VENDOR, a_draft, a_variant
from tests.catalog.selling import a_member, an_app, an_approver, tag_of, waiting
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
