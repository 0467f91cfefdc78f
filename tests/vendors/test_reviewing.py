"""How do staff decide about applications, and what follows?"""

import pytest

from chalicelib.core.storage import transactions
from chalicelib.core.storage.identity import Standing
from chalicelib.vendors import service as vendors
from chalicelib.vendors.models import VendorApplication
from tests.core.shelves import notes
from tests.support.account import Account
from tests.support.calling import Client
from tests.support.tokens import token_for
from tests.vendors.builders import (
    BEKELE,
    HANA,
    WEAVERS,
    a_reviewer,
    an_app,
    an_applicant,
    an_application,
    as_it_is,
    deactivated,
    the_standing,
)

LIST = "/staff/vendor-applications"
REASONS = {"reasons": ["The licence has expired.", "The phone is not answered."]}


@pytest.fixture
def sara(aws: Account) -> Client:
    return a_reviewer()


@pytest.fixture
def application(sara: Client) -> VendorApplication:
    return an_application(HANA)


def path_of(application: VendorApplication, deed: str = "") -> str:
    return f"{LIST}/{application.application_id}{deed}"


def listed(staff: Client, query: str = "") -> list[str]:
    return [each["id"] for each in staff.get(f"{LIST}{query}").json["items"]]


def test_an_approval_makes_a_vendor_that_the_applicant_sells_for(sara: Client, application: VendorApplication) -> None:
    answer = sara.post(path_of(application, "/approval"))

    assert answer.status == 201, answer.text
    told = answer.json
    assert (told["status"], told["decided_by"], told["applicant_id"]) == ("approved", "usr_sara", HANA)
    vendor = vendors.require(told["vendor_id"])
    assert (vendor.name, vendor.email, vendor.phone) == (WEAVERS.name, WEAVERS.email, WEAVERS.phone)
    assert vendor.names == {"en": WEAVERS.name} | WEAVERS.names
    assert vendor.about == {"en": WEAVERS.description}
    standing = the_standing(HANA)
    assert (standing.roles, standing.vendor_id, standing.number) == (["customer", "vendor"], vendor.vendor_id, 2)
    announced = as_it_is(application).event
    assert announced is not None
    assert (announced["type"], announced["subject"]) == ("vendor.approved", application.application_id)
    assert announced["data"]["user_id"] == HANA


def test_a_double_click_is_answered_alike(sara: Client, application: VendorApplication) -> None:
    approved = [sara.post(path_of(application, "/approval")) for _ in range(2)]
    other = an_application(BEKELE)
    rejected = [sara.post(path_of(other, "/rejection"), REASONS) for _ in range(2)]

    for first, second in (approved, rejected):
        assert (second.status, second.text, second.headers["etag"]) == (201, first.text, first.headers["etag"])
    assert as_it_is(application).version == as_it_is(other).version == 2
    assert the_standing(HANA).number == 2


def test_a_rejection_gives_reasons_that_the_applicant_reads(sara: Client, application: VendorApplication) -> None:
    answer = sara.post(path_of(application, "/rejection"), REASONS)

    assert (answer.json["status"], answer.json["decided_by"], answer.json["vendor_id"]) == (
        "rejected",
        "usr_sara",
        None,
    )
    seen = an_applicant(HANA).get(f"/vendor-applications/{application.application_id}").json
    assert (seen["status"], seen["reasons"]) == ("rejected", REASONS["reasons"])
    assert "decided_by" not in seen
    announced = as_it_is(application).event
    assert announced is not None
    assert announced["type"] == "vendor.rejected"
    assert the_standing(HANA).vendor_id is None


def test_what_is_closed_stays_so(sara: Client, application: VendorApplication) -> None:
    withdrawn = vendors.withdraw(HANA, application.application_id)
    rejected = vendors.reject(an_application(HANA).application_id, reasons=["No."], by="usr_sara")
    approved = vendors.approve(an_application(HANA).application_id, by="usr_sara")

    for closed, deed, body in (
        (withdrawn, "/approval", None),
        (withdrawn, "/rejection", REASONS),
        (rejected, "/approval", None),
        (rejected, "/rejection", REASONS),
        (approved, "/rejection", REASONS),
    ):
        answer = sara.post(path_of(closed, deed), body)
        assert (answer.status, answer.code) == (409, "vendor_application_closed")
        assert answer.json["application_status"] == closed.status
    for closed in (rejected, approved):
        answer = an_applicant_as_now().post(f"/vendor-applications/{closed.application_id}/withdrawal")
        assert answer.code == "vendor_application_closed"


def an_applicant_as_now() -> Client:
    """The applicant with a token that carries what they may do by now."""
    standing = the_standing(HANA)
    return Client(an_app()).signed_with(
        token_for(user_id=HANA, roles=standing.roles, vendor_id=standing.vendor_id, standing=standing.number)
    )


def test_who_became_a_member_elsewhere_is_not_approved(sara: Client, application: VendorApplication) -> None:
    elsewhere = vendors.register(name="Growers", email="a@b.example").vendor_id
    vendors.add_member(elsewhere, user_id=HANA)

    answer = sara.post(path_of(application, "/approval"))

    assert (answer.status, answer.code, answer.json["vendor_id"]) == (409, "member_elsewhere", elsewhere)
    assert_untouched(application)
    assert sara.post(path_of(application, "/rejection"), REASONS).status == 201


def test_who_was_deactivated_meanwhile_is_not_approved(sara: Client, application: VendorApplication) -> None:
    deactivated(HANA)

    answer = sara.post(path_of(application, "/approval"), idempotency_key="once")

    assert (answer.status, answer.code) == (409, "applicant_inactive")
    assert_untouched(application)


def test_who_is_gone_is_not_approved(sara: Client, application: VendorApplication) -> None:
    with transactions.write() as work:
        work.delete(the_standing(HANA), when=Standing.pk.exists())

    answer = sara.post(path_of(application, "/approval"))

    assert (answer.status, answer.code) == (404, "user_not_found")
    assert_untouched(application)


def assert_untouched(application: VendorApplication) -> None:
    stored = as_it_is(application)
    assert (stored.status, stored.version, stored.vendor_id) == ("open", 1, None)
    assert f"ven_{application.application_id.removeprefix('vap_')}" not in {
        each.vendor_id for each in vendors.all_vendors(None, 100).items
    }


def test_staff_list_what_is_to_be_decided_in_the_order_of_its_coming(sara: Client) -> None:
    made = [an_application(f"usr_{number}").application_id for number in range(3)]

    first = sara.get(f"{LIST}?limit=2")
    second = sara.get(f"{LIST}?limit=2&cursor={first.json['next_cursor']}")

    assert [each["id"] for each in first.json["items"] + second.json["items"]] == made
    assert second.json["next_cursor"] is None
    entry = first.json["items"][0]
    assert (entry["status"], entry["name"], entry["applicant_id"]) == ("open", WEAVERS.name, "usr_0")


def test_every_application_is_found_in_its_state_newest_first_once_it_is_closed(sara: Client) -> None:
    first, second, third, waiting = (an_application(f"usr_{number}").application_id for number in range(4))
    vendors.withdraw("usr_0", first)
    for each in (second, third):
        vendors.reject(each, reasons=["No."], by="usr_sara")
    approved = vendors.approve(an_application(HANA).application_id, by="usr_sara").application_id

    assert listed(sara) == listed(sara, "?status=open") == [waiting]
    assert listed(sara, "?status=withdrawn") == [first]
    assert listed(sara, "?status=rejected") == [third, second]
    assert listed(sara, "?status=approved") == [approved]
    page = sara.get(f"{LIST}?status=rejected&limit=1")
    assert listed(sara, f"?status=rejected&limit=1&cursor={page.json['next_cursor']}") == [second]
    assert sara.get(f"{LIST}?status=approved&cursor={page.json['next_cursor']}").status == 422
    assert sara.get(f"{LIST}?status=lost").status == 422


def test_staff_read_any_application_and_are_told_when_there_is_none(
    sara: Client, application: VendorApplication
) -> None:
    read = sara.get(path_of(application))

    assert (read.json["id"], read.json["applicant_id"]) == (application.application_id, HANA)
    for answer in (
        sara.get(f"{LIST}/vap_NONE"),
        sara.post(f"{LIST}/vap_NONE/approval"),
        sara.post(f"{LIST}/vap_NONE/rejection", REASONS),
    ):
        assert (answer.status, answer.code) == (404, "vendor_application_not_found")


def test_only_staff_with_the_permission_decide_and_a_right_that_was_taken_is_gone_at_once(
    sara: Client, application: VendorApplication
) -> None:
    others = Client(an_app()).signed_with(token_for(roles=["staff"], permissions=["vendors.manage"]))
    calls = [
        ("GET", LIST, None),
        ("GET", path_of(application), None),
        ("POST", path_of(application, "/approval"), None),
        ("POST", path_of(application, "/rejection"), REASONS),
    ]

    for method, path, body in calls:
        assert Client(an_app()).call(method, path, body).status == 401
        assert an_applicant(BEKELE).call(method, path, body).status == 403
        assert others.call(method, path, body).status == 403
    deactivated("usr_sara")
    for method, path, body in calls:
        assert sara.call(method, path, body).status == 401
    assert_untouched(application)


def test_each_decision_is_noted_for_the_audit_trail(sara: Client, application: VendorApplication) -> None:
    sara.post(path_of(application, "/approval"))
    other = an_application(BEKELE)
    sara.post(path_of(other, "/rejection"), {"reasons": ["No."]})

    approved, rejected = notes()
    vendor_id = as_it_is(application).vendor_id
    assert (approved["kind"], approved["subject"]) == ("approve_vendor_application", application.application_id)
    assert [["status", "open", "approved"], ["vendor_id", None, vendor_id]] == [
        change for change in approved["changes"] if change[0] in ("status", "vendor_id")
    ]
    assert (rejected["actor"], rejected["subject"]) == ("usr_sara", other.application_id)
    assert ["status", "open", "rejected"] in rejected["changes"]


@pytest.mark.parametrize("reasons", [[], [" "], ["x" * 501], ["No."] * 11, "No.", None])
def test_a_rejection_needs_reasons(sara: Client, application: VendorApplication, reasons: object) -> None:
    assert sara.post(path_of(application, "/rejection"), {"reasons": reasons}).status == 422
    assert as_it_is(application).status == "open"
