"""How does somebody ask to sell, and what do they hear of it?"""

import pytest

from chalicelib.vendors import service as vendors
from tests.support.account import Account
from tests.support.calling import Client
from tests.vendors.builders import (
    BEKELE,
    HANA,
    WEAVERS,
    a_draft,
    an_app,
    an_applicant,
    an_application,
    as_it_is,
    deactivated,
)

APPLY, OWN = "/vendor-applications", "/vendor-applications/mine"


@pytest.fixture
def hana(aws: Account) -> Client:
    return an_applicant(HANA)


def test_a_customer_asks_to_sell_and_staff_are_told(hana: Client) -> None:
    answer = hana.post(APPLY, a_draft())

    assert answer.status == 201, answer.text
    told = answer.json
    assert (told["status"], told["reasons"], told["closed_at"], told["vendor_id"]) == ("open", [], None, None)
    assert {name: told[name] for name in a_draft()} == a_draft()
    assert told["licence_number"] is None
    assert answer.headers["location"] == f"https://shop.test/v1{APPLY}/{told['id']}"
    assert hana.get(f"{APPLY}/{told['id']}").json == told
    announced = vendors.get_application(HANA, told["id"]).event
    assert announced is not None
    assert (announced["type"], announced["data"]) == (
        "vendor.applied",
        {"application_id": told["id"], "user_id": HANA},
    )


def test_one_application_at_a_time_waits_for_an_answer(hana: Client) -> None:
    first = hana.post(APPLY, a_draft()).json["id"]

    again = hana.post(APPLY, a_draft(name="Another"))

    assert (again.status, again.code, again.json["application_id"]) == (409, "vendor_application_open", first)
    assert [each["id"] for each in hana.get(OWN).json["items"]] == [first]


def test_the_same_request_with_the_same_key_is_one_application(hana: Client) -> None:
    first = hana.post(APPLY, a_draft(), idempotency_key="apply-1")
    second = hana.post(APPLY, a_draft(), idempotency_key="apply-1")

    assert (second.status, second.text) == (201, first.text)


def test_who_withdraws_may_apply_again(hana: Client) -> None:
    first = hana.post(APPLY, a_draft()).json["id"]

    withdrawn = hana.post(f"{APPLY}/{first}/withdrawal")
    once_more = hana.post(f"{APPLY}/{first}/withdrawal")
    second = hana.post(APPLY, a_draft())

    assert (withdrawn.status, withdrawn.json["status"]) == (201, "withdrawn")
    assert withdrawn.json["closed_at"] is not None
    assert once_more.text == withdrawn.text
    assert second.status == 201
    listed = hana.get(OWN).json["items"]
    assert [(each["id"], each["status"]) for each in listed] == [(second.json["id"], "open"), (first, "withdrawn")]


def test_who_was_rejected_may_apply_again(hana: Client) -> None:
    first = hana.post(APPLY, a_draft()).json["id"]
    vendors.reject(first, reasons=["The licence has expired."], by="usr_sara")

    second = hana.post(APPLY, a_draft())

    assert hana.get(f"{APPLY}/{first}").json["reasons"] == ["The licence has expired."]
    assert second.status == 201


def test_who_sells_already_may_not_apply(hana: Client) -> None:
    vendor_id = vendors.register(name="Weavers", email="a@b.example").vendor_id
    vendors.add_member(vendor_id, user_id=HANA)

    answer = hana.post(APPLY, a_draft())

    assert (answer.status, answer.code, answer.json["vendor_id"]) == (403, "already_selling", vendor_id)


def test_a_deactivated_account_cannot_apply(hana: Client) -> None:
    deactivated(HANA)

    answer = hana.post(APPLY, a_draft())

    assert (answer.status, answer.code) == (409, "applicant_inactive")


def test_nobody_sees_or_withdraws_the_application_of_another(hana: Client) -> None:
    application = an_application(HANA)
    bekele = an_applicant(BEKELE)
    path = f"{APPLY}/{application.application_id}"

    for answer in (bekele.get(path), bekele.post(f"{path}/withdrawal"), bekele.get(f"{APPLY}/vap_NONE")):
        assert (answer.status, answer.code) == (404, "vendor_application_not_found")
    assert bekele.get(OWN).json["items"] == []
    assert as_it_is(application).status == "open"


def test_only_people_with_an_account_apply(hana: Client) -> None:
    anybody = Client(an_app())

    for answer in (anybody.post(APPLY, a_draft()), anybody.get(OWN), anybody.get(f"{APPLY}/vap_1")):
        assert answer.status == 401


def test_ones_applications_are_listed_page_by_page(hana: Client) -> None:
    made = []
    for _ in range(3):
        made.append(vendors.apply(HANA, WEAVERS).application_id)
        vendors.withdraw(HANA, made[-1])

    first = hana.get(f"{OWN}?limit=2")
    second = hana.get(f"{OWN}?limit=2&cursor={first.json['next_cursor']}")

    assert [each["id"] for each in first.json["items"] + second.json["items"]] == made[::-1]


@pytest.mark.parametrize(
    ("wrong", "pointer"),
    [
        ({"name": "   "}, "/name"),
        ({"email": "nobody"}, "/email"),
        ({"phone": "call me"}, "/phone"),
        ({"description": ""}, "/description"),
        ({"description": "x" * 2_001}, "/description"),
        ({"names": {"fr": "Tisserands"}}, "/names/fr/[key]"),
        ({"tax_id": ""}, "/tax_id"),
        ({"vendor_id": "ven_MINE"}, "/vendor_id"),
    ],
)
def test_what_does_not_fit_is_told_where(hana: Client, wrong: dict, pointer: str) -> None:
    answer = hana.post(APPLY, a_draft(**wrong))

    assert answer.status == 422
    assert [each["pointer"] for each in answer.json["errors"]] == [pointer]
