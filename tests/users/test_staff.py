"""How do staff look after accounts, and what may they not do?"""

import pytest

from chalicelib.core.http import customer, seller, staff, vendor
from chalicelib.core.http.access import Access
from chalicelib.core.http.errors import SecondFactorNeeded
from chalicelib.users import service as users
from chalicelib.users.enums import Permission
from tests.support.account import Account
from tests.support.calling import Client
from tests.support.tokens import token_for
from tests.users.builders import PASSWORD, SignedIn, a_customer, an_app, refreshed, sign_in


@pytest.fixture
def client(aws: Account) -> Client:
    return Client(an_app())


def an_admin(client: Client, email: str = "admin@coffee.example") -> SignedIn:
    a_customer(client, email)
    users.make_admin(users.contact_of(email, None))
    return sign_in(client, email)


def granted(by: SignedIn, user_id: str, *permissions: str, roles: tuple[str, ...] = ("staff",)) -> int:
    tag = by.client.get(f"/staff/users/{user_id}").headers["etag"]
    body = {"roles": list(roles), "permissions": list(permissions)}
    return by.client.patch(f"/staff/users/{user_id}/rights", body, if_match=tag).status


def test_an_admin_makes_somebody_staff_with_named_permissions(client):
    admin, dawit = an_admin(client), a_customer(client, "dawit@coffee.example")

    assert granted(admin, dawit.user_id, "vendors.manage") == 200

    dawit = sign_in(client, "dawit@coffee.example")
    assert dawit.client.post("/vendors", {"name": "Tena", "email": "tena@coffee.example"}).status == 201
    assert dawit.client.get(f"/staff/users/{admin.user_id}").code == "forbidden"


def test_whoever_changes_rights_is_shown_what_they_are_now(client):
    admin, dawit = an_admin(client), a_customer(client, "dawit@coffee.example")
    path = f"/staff/users/{dawit.user_id}"
    tag, body = admin.client.get(path).headers["etag"], {"roles": ["staff"], "permissions": ["stock.manage"]}

    answer = admin.client.patch(f"{path}/rights", body, if_match=tag)
    after = admin.client.get(path)

    assert (answer.json["roles"], answer.json["permissions"]) == (["customer", "staff"], ["stock.manage"])
    assert (answer.json, answer.headers["etag"]) == (after.json, after.headers["etag"])


def test_a_right_that_was_taken_is_gone_at_once_where_it_is_checked_afresh(client):
    admin, dawit = an_admin(client), a_customer(client, "dawit@coffee.example")
    granted(admin, dawit.user_id, "users.manage")
    dawit = sign_in(client, "dawit@coffee.example")
    assert dawit.client.get(f"/staff/users/{admin.user_id}").status == 200

    granted(admin, dawit.user_id, roles=())

    assert dawit.client.get(f"/staff/users/{admin.user_id}").status == 401
    token = refreshed(client, dawit.tokens["refresh_token"]).json["access_token"]
    assert client.signed_with(token).get(f"/staff/users/{admin.user_id}").code == "forbidden"


def test_nobody_changes_their_own_rights(client):
    admin = an_admin(client)

    assert granted(admin, admin.user_id, roles=()) == 403
    assert admin.client.post(f"/staff/users/{admin.user_id}/deactivation", {}).code == "own_rights"


def test_staff_hand_out_and_take_no_more_than_they_have(client):
    admin, dawit = an_admin(client), a_customer(client, "dawit@coffee.example")
    granted(admin, dawit.user_id, "users.manage", "stock.manage")
    dawit, sara = sign_in(client, "dawit@coffee.example"), a_customer(client, "sara@coffee.example")

    assert granted(dawit, sara.user_id, "stock.manage") == 200
    assert granted(dawit, sara.user_id, "stock.manage", "orders.refund") == 403
    assert granted(dawit, sara.user_id, roles=("admin",)) == 403
    assert granted(dawit, admin.user_id, roles=()) == 403
    assert dawit.client.post(f"/staff/users/{admin.user_id}/deactivation", {}).code == "rights_beyond_own"


def test_two_who_change_rights_at_once_do_not_overwrite_each_other(client):
    admin, dawit = an_admin(client), a_customer(client, "dawit@coffee.example")
    path = f"/staff/users/{dawit.user_id}"
    tag = admin.client.get(path).headers["etag"]
    body = {"roles": ["staff"], "permissions": ["stock.manage"]}

    first = admin.client.patch(f"{path}/rights", body, if_match=tag)
    second = admin.client.patch(f"{path}/rights", {"roles": [], "permissions": []}, if_match=tag)

    assert (first.status, second.code) == (200, "precondition_failed")
    assert admin.client.patch(f"{path}/rights", body).code == "precondition_required"


def test_a_vendor_stays_one_whatever_else_is_granted(client):
    admin, dawit = an_admin(client), a_customer(client, "dawit@coffee.example")
    users.make_vendor(dawit.user_id, "ven_sidama")

    granted(admin, dawit.user_id, roles=())

    assert admin.client.get(f"/staff/users/{dawit.user_id}").json["roles"] == ["customer", "vendor"]


def test_unknown_permissions_and_roles_are_refused(client):
    admin, dawit = an_admin(client), a_customer(client, "dawit@coffee.example")

    assert granted(admin, dawit.user_id, "everything.manage") == 422
    assert granted(admin, dawit.user_id, roles=("vendor",)) == 422


def test_staff_find_an_account_by_its_contact_without_naming_it_in_an_address(client):
    admin, dawit = an_admin(client), a_customer(client, "dawit@coffee.example")

    found = admin.client.post("/staff/users/searches", {"email": "Dawit@coffee.example"})

    assert (found.status, found.json["id"]) == (200, dawit.user_id)
    assert admin.client.post("/staff/users/searches", {"email": "nobody@coffee.example"}).code == "user_not_found"


def test_staff_close_an_account_and_open_it_again(client):
    admin, dawit = an_admin(client), a_customer(client, "dawit@coffee.example")
    path = f"/staff/users/{dawit.user_id}"

    closed = [admin.client.post(f"{path}/deactivation", {"reason": "asked for by phone"}) for _ in range(2)]

    assert [each.status for each in closed] == [204, 204]
    assert admin.client.get(path).json["is_active"] is False
    signing_in = {"email": "dawit@coffee.example", "password": PASSWORD}
    assert client.post("/sessions", signing_in).code == "wrong_credentials"
    assert admin.client.post(f"{path}/reactivation", {}).status == 204
    assert client.post("/sessions", signing_in).status == 201


def test_an_admins_account_that_was_closed_is_opened_by_admins_only(client):
    admin, other = an_admin(client), an_admin(client, "other@coffee.example")
    dawit = a_customer(client, "dawit@coffee.example")
    granted(admin, dawit.user_id, "users.manage")
    dawit = sign_in(client, "dawit@coffee.example")
    path = f"/staff/users/{other.user_id}"
    admin.client.post(f"{path}/deactivation", {})

    refused = dawit.client.post(f"{path}/reactivation", {})

    assert (refused.status, refused.code) == (403, "rights_beyond_own")
    assert admin.client.get(path).json["is_active"] is False
    assert admin.client.post(f"{path}/reactivation", {}).status == 204


@pytest.mark.parametrize("door", [staff("stock.manage"), seller("stock.manage"), vendor])
def test_a_shop_may_want_a_second_factor_of_its_staff_and_vendors(aws, monkeypatch, door: Access):
    rights = {"roles": ["staff", "vendor"], "permissions": ["stock.manage"], "vendor_id": "ven_sidama"}
    without, with_one = (token_for(**rights, amr=amr) for amr in (["pwd"], ["pwd", "otp"]))

    one_factor, two_factors = (door.recognise(f"Bearer {token}") for token in (without, with_one))
    door.admit(one_factor)
    monkeypatch.setenv("SECOND_FACTOR_REQUIRED_OF", "staff, vendor")

    assert door.admit(two_factors).has_second_factor
    with pytest.raises(SecondFactorNeeded):
        door.admit(one_factor)
    # So that they can set one up.
    assert customer.admit(one_factor) == one_factor


def test_every_permission_that_a_door_asks_for_can_be_granted():
    import app

    asked = {each.access.permission for each in app.app.operations if each.access.name in ("staff", "seller")}

    assert asked == {*Permission}
