"""Does a vendor keep its own profile, and what do others see of it?"""

import pytest

from chalicelib.core import clock
from chalicelib.vendors import service as vendors
from tests.support.account import Account
from tests.support.calling import Client
from tests.support.tokens import token_for
from tests.vendors.builders import HANA, an_app, an_applicant, deactivated, the_standing

MINE = "/vendors/mine"


@pytest.fixture
def vendor_id(aws: Account) -> str:
    made = vendors.register(name="Gedeo Union", names={"am": "የጌዴኦ ኅብረት"}, email="shop@gedeo.example")
    return made.vendor_id


@pytest.fixture
def hana(vendor_id: str) -> Client:
    """A member of the vendor."""
    token_for(user_id=HANA)
    vendors.add_member(vendor_id, user_id=HANA)
    standing = the_standing(HANA)
    token = token_for(user_id=HANA, roles=standing.roles, vendor_id=vendor_id)
    return Client(an_app()).signed_with(token)


def test_a_member_reads_and_changes_the_vendor(hana: Client, vendor_id: str) -> None:
    read = hana.get(MINE)
    change = {
        "names": {"am": "ጌዴኦ"},
        "email": "hello@gedeo.example",
        "phone": "+251911000000",
        "about": {"en": "Coffee from forest gardens.", "am": "የደን ቡና።"},
    }

    changed = hana.patch(MINE, change, if_match=read.headers["etag"])

    assert read.json == {
        "id": vendor_id,
        "name": "Gedeo Union",
        "names": {"en": "Gedeo Union", "am": "የጌዴኦ ኅብረት"},
        "email": "shop@gedeo.example",
        "phone": None,
        "about": {},
        "shows": [],
    }
    assert changed.status == 200, changed.text
    assert changed.json == read.json | change | {"names": {"en": "Gedeo Union", "am": "ጌዴኦ"}}
    assert hana.get(MINE).json == changed.json


def test_what_is_left_out_stays_and_what_is_told_is_replaced_whole(hana: Client) -> None:
    first = hana.patch(MINE, {"about": {"en": "Coffee.", "am": "ቡና።"}}, if_match=hana.get(MINE).headers["etag"])

    second = hana.patch(MINE, {"about": {"en": "Coffee and honey."}}, if_match=first.headers["etag"])
    third = hana.patch(MINE, {"phone": "+251911000000"}, if_match=second.headers["etag"])

    assert third.json["about"] == {"en": "Coffee and honey."}
    assert third.json["email"] == "shop@gedeo.example"
    assert hana.patch(MINE, {"about": {}}, if_match=third.headers["etag"]).json["about"] == {}


def test_the_name_that_a_vendor_goes_by_is_kept_by_staff(hana: Client) -> None:
    answer = hana.patch(MINE, {"name": "Gedeo Gold"}, if_match=hana.get(MINE).headers["etag"])

    assert (answer.status, answer.json["errors"][0]["pointer"]) == (422, "/name")


def test_a_vendor_and_staff_do_not_overwrite_each_other(hana: Client, vendor_id: str) -> None:
    staff = Client(an_app()).signed_with(token_for(permissions=["vendors.manage"]))
    tag = hana.get(MINE).headers["etag"]
    staff.patch(f"/vendors/{vendor_id}", {"name": "Gedeo Growers"}, if_match=tag)

    late = hana.patch(MINE, {"email": "late@gedeo.example"}, if_match=tag)
    blind = hana.patch(MINE, {"email": "late@gedeo.example"})

    assert (late.status, blind.status) == (412, 428)
    assert hana.get(MINE).json["email"] == "shop@gedeo.example"
    assert staff.get(f"/staff/vendors/{vendor_id}").json["name"] == "Gedeo Growers"


def test_everybody_reads_what_a_vendor_tells_in_their_language_and_no_address(hana: Client, vendor_id: str) -> None:
    hana.patch(MINE, {"about": {"en": "Coffee.", "am": "ቡና።"}}, if_match=hana.get(MINE).headers["etag"])
    anybody = Client(an_app())

    english = anybody.get(f"/vendors/{vendor_id}")
    amharic = anybody.get(f"/vendors/{vendor_id}", accept_language="am")

    page = {
        "id": vendor_id,
        "since": f"{clock.now():%Y-%m-%d}",
        "email": None,
        "phone": None,
        "products_url": f"https://shop.test/v1/products?vendor={vendor_id}",
    }
    assert english.json == page | {"name": "Gedeo Union", "about": "Coffee."}
    assert amharic.json == page | {"name": "የጌዴኦ ኅብረት", "about": "ቡና።"}
    assert english.headers["cache-control"].startswith("public")
    assert anybody.get(f"/vendors/{vendor_id}", if_none_match=english.headers["etag"]).status == 304
    assert anybody.get("/vendors/ven_NOBODY").code == "vendor_not_found"


def test_a_vendor_says_where_everybody_may_reach_it(hana: Client, vendor_id: str) -> None:
    anybody = Client(an_app())

    def shown(**change: object) -> tuple[str | None, str | None]:
        assert hana.patch(MINE, change, if_match=hana.get(MINE).headers["etag"]).status == 200
        page = anybody.get(f"/vendors/{vendor_id}").json
        return page["email"], page["phone"]

    assert shown(phone="+251911000000") == (None, None)
    assert shown(shows=["phone"]) == (None, "+251911000000")
    assert shown(shows=["phone", "email"]) == ("shop@gedeo.example", "+251911000000")
    assert shown(email="hello@gedeo.example") == ("hello@gedeo.example", "+251911000000")
    assert shown(shows=[]) == (None, None)


@pytest.mark.parametrize(
    ("shows", "code"), [(["email", "email"], "repeated"), (["fax"], "enum"), (["email", "phone", "email"], "too_long")]
)
def test_what_a_vendor_shows_is_told_once_each(hana: Client, shows: list[str], code: str) -> None:
    answer = hana.patch(MINE, {"shows": shows}, if_match=hana.get(MINE).headers["etag"])

    assert (answer.status, answer.json["errors"][0]["code"]) == (422, code)


def test_a_vendor_that_tells_nothing_has_a_page_too(vendor_id: str) -> None:
    assert Client(an_app()).get(f"/vendors/{vendor_id}").json["about"] == ""


def test_only_members_have_a_vendor_of_their_own(aws: Account) -> None:
    for client, status in ((Client(an_app()), 401), (an_applicant(HANA), 403)):
        assert client.get(MINE).status == status
        assert client.patch(MINE, {"phone": "+251911000000"}, if_match='"1.0"').status == status


def test_a_member_whose_rights_changed_changes_nothing_any_more(hana: Client) -> None:
    tag = hana.get(MINE).headers["etag"]
    deactivated(HANA)

    answer = hana.patch(MINE, {"phone": "+251911000000"}, if_match=tag)

    assert answer.status == 401
