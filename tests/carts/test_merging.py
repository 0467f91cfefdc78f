"""What happens to a guest's cart when its shopper signs in?"""

from concurrent.futures import ThreadPoolExecutor

import pytest

from chalicelib.carts import service as carts
from chalicelib.core.storage import transactions
from chalicelib.users import service as users
from chalicelib.users.enums import Channel
from tests.carts.builders import COFFEE, a_guest, a_longest_variant, a_variant, an_app, put_in, quantities
from tests.support.account import Account
from tests.support.calling import Client
from tests.support.tokens import token_for

TABS = 4
ALMAZ = {"password": "a long walk to Lalibela", "name": "Almaz", "locale": "en"}


@pytest.fixture(autouse=True)
def selling(aws: Account) -> Account:
    """Every test begins with a shop that sells coffee, gabi and netela."""
    for sku in (COFFEE, "GABI", "NETELA"):
        a_variant(sku)
    return aws


@pytest.fixture
def almaz(selling: Account) -> Client:
    return Client(an_app()).signed_with(token_for(user_id="usr_almaz"))


def a_filled_guest(**units: int) -> tuple[Client, str]:
    guest, cart = a_guest()
    for sku, quantity in units.items():
        put_in(guest, cart, sku.replace("COFFEE", COFFEE), quantity=quantity)
    return guest, cart


def token_of(guest: Client) -> str:
    return guest.headers["authorization"].removeprefix("Bearer ")


def test_a_customer_always_gets_the_cart_they_are_filling(almaz: Client) -> None:
    first = almaz.post("/carts", {})

    again = almaz.post("/carts", {})

    assert first.json["token"] is None
    assert again.json["id"] == first.json["id"]
    put_in(almaz, f"/carts/{first.json['id']}")
    assert quantities(almaz.post("/carts").json) == {COFFEE: 1}


def test_a_guests_lines_become_the_cart_of_a_customer_who_had_none(almaz: Client) -> None:
    guest, _ = a_filled_guest(COFFEE=2, GABI=1)

    answer = almaz.post("/carts", {"guest_token": token_of(guest)})

    assert quantities(answer.json) == {COFFEE: 2, "GABI": 1}
    assert answer.json["left_out"] == []
    assert almaz.get(f"/carts/{answer.json['id']}").json["lines"] == answer.json["lines"]


def test_a_guests_lines_are_added_to_what_the_customer_had(almaz: Client) -> None:
    own = almaz.post("/carts").json["id"]
    put_in(almaz, f"/carts/{own}", quantity=3)
    guest, _ = a_filled_guest(COFFEE=2, GABI=1)

    answer = almaz.post("/carts", {"guest_token": token_of(guest)})

    assert answer.json["id"] == own
    assert quantities(answer.json) == {COFFEE: 5, "GABI": 1}


def test_merging_again_changes_nothing(almaz: Client) -> None:
    guest, cart = a_filled_guest(COFFEE=2)
    first = almaz.post("/carts", {"guest_token": token_of(guest)})

    again = almaz.post("/carts", {"guest_token": token_of(guest)})

    assert again.text == first.text
    assert again.headers["etag"] == first.headers["etag"]
    assert guest.get(cart).json["status"] == "merged"
    refused = guest.post(f"{cart}/lines", {"sku": COFFEE, "quantity": 1})
    assert (refused.status, refused.code) == (409, "cart_closed")


def test_two_guests_carts_give_the_same_in_either_order(aws: Account) -> None:
    def merged_in_order(user_id: str, *, backwards: bool) -> dict[str, int]:
        tokens = [token_of(a_filled_guest(COFFEE=2, GABI=1)[0]), token_of(a_filled_guest(COFFEE=1, NETELA=4)[0])]
        for token in reversed(tokens) if backwards else tokens:
            opened = carts.open_cart(user_id, token)
        return {line.sku: line.quantity for line in opened.cart.lines}

    there = merged_in_order("usr_almaz", backwards=False)
    back = merged_in_order("usr_bekele", backwards=True)

    assert there == back == {COFFEE: 3, "GABI": 1, "NETELA": 4}


def test_tabs_that_sign_in_at_once_merge_once(almaz: Client) -> None:
    guest, _ = a_filled_guest(COFFEE=2)

    def sign_in(_: int) -> str:
        answer = Client(an_app(), **almaz.headers).post("/carts", {"guest_token": token_of(guest)})
        assert answer.status == 201, answer.text
        return str(answer.json["id"])

    with ThreadPoolExecutor(TABS) as tabs:
        opened = set(tabs.map(sign_in, range(TABS)))

    assert len(opened) == 1
    assert quantities(almaz.post("/carts").json) == {COFFEE: 2}


def test_who_signs_in_keeps_what_they_said_and_takes_the_guests_where_they_said_nothing(almaz: Client) -> None:
    own = f"/carts/{almaz.post('/carts').json['id']}"
    almaz.patch(own, {"email": "almaz@example.com", "coupon_codes": ["OWN"]})
    guest, cart = a_filled_guest(COFFEE=1)
    guest.patch(cart, {"email": "guest@example.com", "phone": "0911223344", "coupon_codes": ["THEIRS", "OWN"]})

    first = almaz.post("/carts", {"guest_token": token_of(guest)})
    again = almaz.post("/carts", {"guest_token": token_of(guest)})

    assert (first.json["email"], first.json["phone"]) == ("almaz@example.com", "+251911223344")
    assert first.json["coupon_codes"] == ["OWN", "THEIRS"]
    assert again.text == first.text


def test_what_two_guests_carts_say_comes_together_in_either_order(aws: Account) -> None:
    def prepared_in_order(user_id: str, *, backwards: bool) -> carts.Preparation:
        tokens = []
        for said in ({"email": "almaz@example.com", "coupon_codes": ["ABC"]}, {"phone": "0911223344"}):
            guest, cart = a_guest()
            guest.patch(cart, said)
            tokens.append(token_of(guest))
        for token in reversed(tokens) if backwards else tokens:
            opened = carts.open_cart(user_id, token)
        return opened.cart.prepared

    there = prepared_in_order("usr_almaz", backwards=False)
    back = prepared_in_order("usr_bekele", backwards=True)

    assert there == back
    assert (there.email, there.phone, there.coupon_codes) == ("almaz@example.com", "+251911223344", ("ABC",))


def test_a_customers_first_cart_knows_how_to_reach_them(aws: Account) -> None:
    user_id = users.register(users.Contact(Channel.EMAIL, "almaz@example.com"), **ALMAZ)

    opened = Client(an_app()).signed_with(token_for(user_id=user_id)).post("/carts")

    assert (opened.json["email"], opened.json["phone"]) == ("almaz@example.com", None)


def test_what_goes_beyond_the_limits_is_left_out_and_said(almaz: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    own = almaz.post("/carts").json["id"]
    put_in(almaz, f"/carts/{own}", quantity=3)
    guest, _ = a_filled_guest(COFFEE=4, GABI=1, NETELA=2)
    monkeypatch.setenv("CART_QUANTITY_LIMIT", "5")
    monkeypatch.setenv("CART_SKUS_LIMIT", "2")

    answer = almaz.post("/carts", {"guest_token": token_of(guest)})
    again = almaz.post("/carts", {"guest_token": token_of(guest)})

    assert quantities(answer.json) == {COFFEE: 5, "GABI": 1}
    assert answer.json["left_out"] == [{"sku": COFFEE, "quantity": 2}, {"sku": "NETELA", "quantity": 2}]
    assert again.text == answer.text


def test_what_is_too_long_for_an_order_is_left_out_and_said(almaz: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    own = almaz.post("/carts").json["id"]
    put_in(almaz, f"/carts/{own}", quantity=3)
    a_longest_variant("GABI")
    guest, _ = a_filled_guest(COFFEE=4, GABI=1, NETELA=2)
    monkeypatch.setenv("CART_SIZE_LIMIT_BYTES", "1000")

    answer = almaz.post("/carts", {"guest_token": token_of(guest)})

    assert quantities(answer.json) == {COFFEE: 7, "NETELA": 2}
    assert answer.json["left_out"] == [{"sku": "GABI", "quantity": 1}]


def test_nothing_is_merged_out_of_or_into_a_payment(almaz: Client) -> None:
    guest, cart = a_filled_guest(COFFEE=2)
    guest_id = cart.rpartition("/")[2]
    own = almaz.post("/carts").json["id"]
    put_in(almaz, f"/carts/{own}", "GABI")

    carts.hold(carts.get(guest_id, guest_id), "chk_guest")
    out_of = almaz.post("/carts", {"guest_token": token_of(guest)})
    carts.reopen(guest_id, guest_id, checkout_id="chk_guest")
    carts.hold(carts.get("usr_almaz", own), "chk_almaz")
    into = almaz.post("/carts", {"guest_token": token_of(guest)})

    assert (out_of.status, out_of.code, out_of.json["checkout_id"]) == (409, "cart_in_checkout", "chk_guest")
    assert (into.status, into.code, into.json["checkout_id"]) == (409, "cart_in_checkout", "chk_almaz")
    assert quantities(guest.get(cart).json) == {COFFEE: 2}
    assert almaz.post("/carts").json["checkout_id"] == "chk_almaz"


def test_an_order_is_followed_by_a_new_cart(almaz: Client) -> None:
    own = almaz.post("/carts").json["id"]
    put_in(almaz, f"/carts/{own}")
    carts.hold(carts.get("usr_almaz", own), "chk_1")
    carts.convert("usr_almaz", own, checkout_id="chk_1")

    following = almaz.post("/carts")

    assert following.json["id"] != own
    assert following.json["lines"] == []
    assert almaz.post("/carts").json["id"] == following.json["id"]


@pytest.mark.parametrize("wanted", [True, False])
def test_whoever_wants_no_reminders_need_not_say_so_of_the_next_cart_again(almaz: Client, wanted: bool) -> None:
    first = almaz.post("/carts").json["id"]
    put_in(almaz, f"/carts/{first}")
    almaz.patch(f"/carts/{first}", {"reminders": wanted})
    with transactions.write():
        carts.hold(carts.get("usr_almaz", first), "chk_1")
    carts.convert("usr_almaz", first, checkout_id="chk_1")

    second = almaz.post("/carts").json

    assert second["id"] != first
    assert second["reminders"] is wanted


def test_a_deleted_cart_is_followed_by_a_new_one(almaz: Client) -> None:
    own = almaz.post("/carts").json["id"]
    almaz.delete(f"/carts/{own}")

    assert almaz.post("/carts").json["id"] != own


def test_a_guests_cart_that_is_empty_or_gone_is_no_error(almaz: Client) -> None:
    empty, _ = a_guest()
    gone, cart = a_filled_guest(COFFEE=1)
    gone.delete(cart)

    for guest in (empty, gone):
        answer = almaz.post("/carts", {"guest_token": token_of(guest)})
        assert (answer.status, answer.json["lines"]) == (201, [])


def test_a_guests_token_that_is_not_ours_is_refused(almaz: Client) -> None:
    guest, _ = a_guest()

    for text in (token_of(guest)[:-1], "crt_1.forged", "x"):
        answer = almaz.post("/carts", {"guest_token": text})
        assert (answer.status, answer.code) == (422, "guest_token_invalid")


def test_only_a_customer_can_take_a_guests_cart_over() -> None:
    guest, _ = a_filled_guest(COFFEE=1)

    answer = Client(an_app()).post("/carts", {"guest_token": token_of(guest)})

    assert answer.status == 401


def test_customers_do_not_see_each_others_carts(almaz: Client) -> None:
    own = almaz.post("/carts").json["id"]
    bekele = Client(an_app()).signed_with(token_for(user_id="usr_bekele"))

    assert bekele.get(f"/carts/{own}").code == "cart_not_found"
    assert bekele.post("/carts").json["id"] != own
