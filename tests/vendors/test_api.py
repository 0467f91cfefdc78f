"""How do vendors come to the marketplace, and who may sell for them?"""

import pytest

from chalicelib.core.http import bearer
from chalicelib.core.storage.identity import current_standing
from chalicelib.users import service as users
from tests.support.account import Account
from tests.support.calling import Client
from tests.users.builders import a_customer, an_app, refreshed, sign_in

COFFEE = {"id": "ven_demo_coffee", "name": "Tena Buna Growers", "email": "shop@tena-buna.example"}


@pytest.fixture
def anybody(aws: Account) -> Client:
    return Client(an_app())


@pytest.fixture
def admin(anybody: Client) -> Client:
    a_customer(anybody, "admin@shop.example")
    users.make_admin(users.contact_of("admin@shop.example", None))
    return sign_in(anybody, "admin@shop.example").client


def test_staff_admit_a_vendor_and_everybody_sees_its_name(admin, anybody):
    answer = admin.post("/vendors", COFFEE)

    assert answer.status == 201, answer.text
    assert answer.json == COFFEE | {"names": {"en": "Tena Buna Growers"}, "phone": None, "about": {}, "shows": []}
    listed = anybody.get("/vendors")
    assert listed.json == {"items": [{"id": "ven_demo_coffee", "name": "Tena Buna Growers"}], "next_cursor": None}
    assert listed.headers["cache-control"].startswith("public")


def test_a_vendor_without_a_wanted_id_gets_one(admin):
    answer = admin.post("/vendors", {"name": "Weavers", "email": "shop@weavers.example"})

    assert answer.json["id"].startswith("ven_")


def test_an_id_is_given_once(admin):
    admin.post("/vendors", COFFEE)

    again = admin.post("/vendors", COFFEE | {"name": "Another"}, accept_language="am")

    assert (again.status, again.code, again.json["vendor_id"]) == (409, "vendor_exists", "ven_demo_coffee")
    assert again.json["detail"] == "ሻጭ ven_demo_coffee ቀደም ብሎ ተመዝግቧል።"


def test_the_same_request_with_the_same_key_is_answered_alike(admin):
    first = admin.post("/vendors", COFFEE, idempotency_key="vendor-1")
    second = admin.post("/vendors", COFFEE, idempotency_key="vendor-1")

    assert (second.status, second.text) == (201, first.text)
    assert second.headers["idempotency-replayed"] == "true"


def test_vendors_are_listed_page_by_page(admin, anybody):
    for name in ("a", "b", "c"):
        admin.post("/vendors", {"id": f"ven_{name}", "name": name, "email": "shop@shop.example"})

    first = anybody.get("/vendors?limit=2")
    second = anybody.get(f"/vendors?limit=2&cursor={first.json['next_cursor']}")

    assert [each["id"] for each in first.json["items"] + second.json["items"]] == ["ven_a", "ven_b", "ven_c"]
    assert second.json["next_cursor"] is None


def test_a_customer_admits_nobody(anybody):
    customer = a_customer(anybody).client

    assert anybody.post("/vendors", COFFEE).status == 401
    assert customer.post("/vendors", COFFEE).code == "forbidden"
    assert customer.post("/vendors/ven_demo_coffee/members", {"email": "hana@coffee.example"}).code == "forbidden"


@pytest.mark.parametrize("by", ["user_id", "email"])
def test_a_member_sells_for_the_vendor_from_the_next_token_on(admin, anybody, by):
    admin.post("/vendors", COFFEE)
    hana = a_customer(anybody)
    named = {"user_id": hana.user_id, "email": "Hana@Coffee.example"}[by]

    answer = admin.post("/vendors/ven_demo_coffee/members", {by: named})
    again = admin.post("/vendors/ven_demo_coffee/members", {by: named})

    assert (answer.status, answer.json) == (201, {"vendor_id": "ven_demo_coffee", "user_id": hana.user_id})
    assert again.status == 201
    standing = current_standing(hana.user_id)
    assert standing is not None
    assert (standing.roles, standing.vendor_id, standing.number) == (["customer", "vendor"], "ven_demo_coffee", 2)
    claims = bearer.claims_of(refreshed(anybody, hana.tokens["refresh_token"]).json["access_token"])
    assert (claims["vendor_id"], claims["roles"]) == ("ven_demo_coffee", ["customer", "vendor"])


def test_nobody_sells_for_two_vendors(admin, anybody):
    admin.post("/vendors", COFFEE)
    admin.post("/vendors", COFFEE | {"id": "ven_spices"})
    hana = a_customer(anybody)
    admin.post("/vendors/ven_demo_coffee/members", {"user_id": hana.user_id})

    answer = admin.post("/vendors/ven_spices/members", {"user_id": hana.user_id})

    assert (answer.status, answer.code) == (409, "member_elsewhere")


@pytest.mark.parametrize(
    ("path", "body", "code"),
    [
        ("/vendors/ven_none/members", {"email": "hana@coffee.example"}, "vendor_not_found"),
        ("/vendors/ven_demo_coffee/members", {"email": "nobody@coffee.example"}, "user_not_found"),
        ("/vendors/ven_demo_coffee/members", {"user_id": "usr_none"}, "user_not_found"),
        ("/vendors/ven_demo_coffee/members", {}, "malformed"),
        ("/vendors/ven_demo_coffee/members", {"user_id": "usr_1", "email": "a@b.example"}, "malformed"),
    ],
)
def test_a_membership_needs_a_vendor_and_one_user(admin, path, body, code):
    admin.post("/vendors", COFFEE)

    assert admin.post(path, body).code == code


def test_what_is_wrong_with_a_membership_is_said_in_the_readers_language(admin):
    answer = admin.post("/vendors/ven_demo_coffee/members", {}, accept_language="am")

    assert answer.json["errors"] == [
        {"pointer": "", "code": "user_or_email", "detail": "user_id ወይም email አንዱን ብቻ ይስጡ።"}
    ]
