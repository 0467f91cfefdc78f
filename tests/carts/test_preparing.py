"""Can a shopper say step by step who buys, where the goods go and how?"""

from typing import Any

import pytest

from chalicelib.carts import service as carts
from chalicelib.carts.rules import Preparation, both
from tests.addresses.builders import DAWIT, HANA, an_address
from tests.carts.builders import COFFEE, a_guest, a_variant, an_app, put_in
from tests.support.account import Account
from tests.support.calling import Client
from tests.support.recorded_calls import recording
from tests.support.tokens import token_for

ADDRESS = {"name": "Almaz Tesfaye", "phone": "0911223344", "line1": "Bole Road 12", "city": "Addis Ababa"}
NOTHING = {
    "email": None,
    "phone": None,
    "shipping_address": None,
    "billing_address": None,
    "delivery_method_id": None,
    "coupon_codes": [],
    "currency": "ETB",
}


@pytest.fixture
def shopping(aws: Account) -> tuple[Client, str]:
    """A guest with coffee in their cart, and its path."""
    a_variant()
    guest, cart = a_guest()
    put_in(guest, cart, quantity=2)
    return guest, cart


@pytest.fixture
def hana(aws: Account) -> tuple[Client, str]:
    """A customer, and the path of their cart."""
    client = Client(an_app()).signed_with(token_for(user_id=HANA))
    return client, f"/carts/{client.post('/carts').json['id']}"


def told(cart: dict[str, Any]) -> dict[str, Any]:
    return {name: cart[name] for name in NOTHING}


def test_a_new_cart_knows_nothing_of_the_purchase(shopping: tuple[Client, str]) -> None:
    guest, cart = shopping

    assert told(guest.get(cart).json) == NOTHING


def test_step_by_step_the_cart_learns_what_a_purchase_needs(shopping: tuple[Client, str]) -> None:
    guest, cart = shopping

    guest.patch(cart, {"email": "almaz@example.com", "phone": "0911 22 33 44".replace(" ", "")})
    guest.patch(cart, {"shipping_address": ADDRESS})
    guest.patch(cart, {"delivery_method_id": "express", "coupon_codes": ["welcome-10"]})
    answer = guest.get(cart)

    assert told(answer.json) == NOTHING | {
        "email": "almaz@example.com",
        "phone": "+251911223344",
        "shipping_address": {
            **ADDRESS,
            "phone": "+251911223344",
            "line2": "",
            "region": "addis_ababa",
            "region_name": "Addis Ababa",
            "postal_code": "",
            "country": "ET",
        },
        "delivery_method_id": "express",
        "coupon_codes": ["WELCOME10"],
    }
    assert [line["sku"] for line in answer.json["lines"]] == [COFFEE]


def test_null_takes_away_and_what_is_absent_stays(shopping: tuple[Client, str]) -> None:
    guest, cart = shopping
    guest.patch(cart, {"email": "almaz@example.com", "shipping_address": ADDRESS, "coupon_codes": ["ABC"]})

    answer = guest.patch(cart, {"email": None, "coupon_codes": None})

    assert (answer.json["email"], answer.json["coupon_codes"]) == (None, [])
    assert answer.json["shipping_address"]["line1"] == "Bole Road 12"
    assert told(guest.patch(cart, {"shipping_address": None}).json) == NOTHING


def test_an_address_is_patched_within(shopping: tuple[Client, str]) -> None:
    guest, cart = shopping
    guest.patch(cart, {"shipping_address": {**ADDRESS, "line2": "3rd floor"}})

    guest.patch(cart, {"shipping_address": {"city": "Adama", "region": "Oromia"}})
    answer = guest.patch(cart, {"shipping_address": {"line2": None}})

    address = answer.json["shipping_address"]
    assert (address["line1"], address["line2"], address["city"], address["region"]) == (
        *("Bole Road 12", "", "Adama"),
        "oromia",
    )


@pytest.mark.parametrize(
    ("said", "missing"), [({"city": "Adama"}, ["name", "phone", "line1"]), ({**ADDRESS, "name": None}, ["name"])]
)
def test_an_address_that_lacks_something_is_refused(
    shopping: tuple[Client, str], said: dict[str, object], missing: list[str]
) -> None:
    guest, cart = shopping

    answer = guest.patch(cart, {"shipping_address": said})

    assert (answer.status, answer.code) == (422, "cart_address_incomplete")
    assert (answer.json["member"], answer.json["missing"]) == ("shipping_address", missing)
    assert told(guest.get(cart).json) == NOTHING


def test_an_address_of_ones_own_book_is_copied(hana: tuple[Client, str]) -> None:
    client, cart = hana
    home = an_address(HANA, line2="3rd floor")

    answer = client.patch(cart, {"shipping_address_id": home.id, "billing_address_id": home.id}, accept_language="am")

    assert answer.json["shipping_address"]["line2"] == "3rd floor"
    assert answer.json["billing_address"]["region_name"] == "አዲስ አበባ"
    assert client.patch(cart, {"billing_address_id": None}).json["billing_address"] is None


def test_an_address_of_somebody_elses_book_is_not_there(hana: tuple[Client, str], shopping: tuple[Client, str]) -> None:
    other = an_address(DAWIT).id

    for client, cart in (hana, shopping):
        answer = client.patch(cart, {"shipping_address_id": other})
        assert (answer.status, answer.code) == (404, "address_not_found")


@pytest.mark.parametrize(
    ("body", "pointer", "code"),
    [
        ({"email": "nobody"}, "/email", "string_pattern_mismatch"),
        ({"phone": "12"}, "/phone", "string_pattern_mismatch"),
        ({"coupon_codes": ["a_b"]}, "/coupon_codes/0", "string_pattern_mismatch"),
        ({"currency": "XXX"}, "/currency", "string_pattern_mismatch"),
        ({"status": "open"}, "/status", "extra_forbidden"),
        ({"shipping_address": ADDRESS, "shipping_address_id": "adr_1"}, "", "address_and_id"),
        ({"billing_address": None, "billing_address_id": None}, "", "address_and_id"),
    ],
)
def test_what_does_not_fit_is_told_where(
    shopping: tuple[Client, str], body: dict[str, object], pointer: str, code: str
) -> None:
    guest, cart = shopping

    answer = guest.patch(cart, body)

    assert answer.status == 422
    assert [(error["pointer"], error["code"]) for error in answer.json["errors"]] == [(pointer, code)]


def test_a_region_and_a_telephone_must_exist(shopping: tuple[Client, str]) -> None:
    guest, cart = shopping

    nowhere = guest.patch(cart, {"shipping_address": {**ADDRESS, "region": "Atlantis"}})
    unreachable = guest.patch(cart, {"shipping_address": {**ADDRESS, "phone": "0000000"}})

    assert (nowhere.status, nowhere.code) == (422, "address_region_unknown")
    assert (unreachable.status, unreachable.code) == (422, "address_phone_invalid")


def test_so_many_coupons_and_no_more(shopping: tuple[Client, str], monkeypatch: pytest.MonkeyPatch) -> None:
    guest, cart = shopping
    monkeypatch.setenv("CART_COUPONS_LIMIT", "2")

    assert guest.patch(cart, {"coupon_codes": ["ONE", "one", "TWO"]}).json["coupon_codes"] == ["ONE", "TWO"]
    answer = guest.patch(cart, {"coupon_codes": ["ONE", "TWO", "THREE"]})

    assert (answer.status, answer.code, answer.json["limit"]) == (409, "cart_coupons_limit", 2)


def test_only_a_currency_that_the_shop_takes_is_paid_in(
    shopping: tuple[Client, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    guest, cart = shopping

    answer = guest.patch(cart, {"currency": "KES"})

    assert (answer.status, answer.code, answer.json["currencies"]) == (409, "currency_not_charged", ["ETB", "USD"])
    assert guest.patch(cart, {"currency": "ETB"}).status == 200


def test_a_version_that_was_not_read_changes_nothing(shopping: tuple[Client, str]) -> None:
    guest, cart = shopping
    read = guest.get(cart).headers["etag"]
    guest.patch(cart, {"email": "almaz@example.com"}, if_match=read)

    answer = guest.patch(cart, {"email": "other@example.com"}, if_match=read)

    assert answer.status == 412
    assert guest.get(cart).json["email"] == "almaz@example.com"


def test_somebody_elses_cart_and_one_in_checkout_are_not_prepared(shopping: tuple[Client, str]) -> None:
    guest, cart = shopping
    stranger, _ = a_guest()
    cart_id = cart.rpartition("/")[2]
    carts.hold(carts.get(cart_id, cart_id), "chk_1")

    assert stranger.patch(cart, {"email": "almaz@example.com"}).code == "cart_not_found"
    assert guest.patch(cart, {"email": "almaz@example.com"}).code == "cart_in_checkout"


def test_a_checkout_that_fails_gives_everything_back(shopping: tuple[Client, str]) -> None:
    guest, cart = shopping
    before = guest.patch(cart, {"email": "almaz@example.com", "shipping_address": ADDRESS}).json
    cart_id = cart.rpartition("/")[2]

    carts.hold(carts.get(cart_id, cart_id), "chk_1")
    carts.reopen(cart_id, cart_id, checkout_id="chk_1")

    assert told(guest.get(cart).json) == told(before)


def test_preparing_is_one_read_and_one_conditional_write(aws: Account, shopping: tuple[Client, str]) -> None:
    guest, cart = shopping

    guest.patch(cart, {"email": "almaz@example.com"})
    with recording(aws.dynamodb) as calls:
        guest.patch(cart, {"email": "hana@example.com", "shipping_address": ADDRESS})

    assert calls.operations == ["GetItem", "PutItem"]
    assert "ConditionExpression" in calls.sent[1].params


@pytest.mark.parametrize(("own", "brought"), [(True, True), (True, False), (False, True), (False, False)])
def test_whoever_said_no_to_reminders_in_one_of_two_carts_said_no(own: bool, brought: bool) -> None:
    merged = both(Preparation(reminders=own), Preparation(reminders=brought), coupons_limit=3)

    assert merged.reminders is (own and brought)


def test_both_keeps_ones_own_takes_the_rest_and_is_done_once() -> None:
    own = Preparation(email="own@example.com", coupon_codes=("A", "B"))
    brought = Preparation(email="guest@example.com", phone="+251911223344", coupon_codes=("B", "C", "D"))

    merged = both(own, brought, coupons_limit=3)

    assert merged == Preparation(email="own@example.com", phone="+251911223344", coupon_codes=("A", "B", "C"))
    assert both(merged, brought, coupons_limit=3) == merged
    assert both(own, brought, coupons_limit=1).coupon_codes == ("A", "B")
