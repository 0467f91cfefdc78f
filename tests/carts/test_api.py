"""How do carts answer?"""

from concurrent.futures import ThreadPoolExecutor

import pytest

from chalicelib.carts import errors
from chalicelib.core.i18n import locales
from tests.carts.builders import COFFEE, a_guest, a_variant, an_app, birr, put_in, quantities
from tests.support.account import Account
from tests.support.calling import Client

TABS = 10


@pytest.fixture(autouse=True)
def selling(aws: Account) -> Account:
    """Every test begins with a shop that sells coffee."""
    a_variant()
    return aws


def test_a_guests_cart_is_opened_by_its_token() -> None:
    answer = Client(an_app()).post("/carts")

    assert answer.status == 201
    assert answer.json["status"] == "open"
    assert answer.json["lines"] == []
    assert answer.json["subtotal"] == {"amount": 0, "currency": "ETB"}
    assert answer.headers["location"] == f"https://shop.test/v1/carts/{answer.json['id']}"
    assert answer.headers["cache-control"] == "no-store"
    reader = Client(an_app()).signed_with(answer.json["token"])
    assert reader.get(f"/carts/{answer.json['id']}").json["id"] == answer.json["id"]


def test_a_line_says_what_it_is_and_costs() -> None:
    guest, cart = a_guest()

    answer = put_in(guest, cart, quantity=2)

    assert answer.json["lines"] == [
        {
            "id": "lin_COFFEE-250G",
            "sku": "COFFEE-250G",
            "product_id": "prd_coffee-250g",
            "vendor_id": "ven_yirga",
            "title": "Yirgacheffe coffee",
            "options": {"weight": "250 g"},
            "quantity": 2,
            "unit_price": {"amount": 35000, "currency": "ETB"},
            "subtotal": {"amount": 70000, "currency": "ETB"},
        }
    ]
    assert answer.json["subtotal"] == {"amount": 70000, "currency": "ETB"}
    assert guest.get(cart).json == answer.json


def test_a_cart_is_read_in_the_readers_language() -> None:
    guest, cart = a_guest()
    put_in(guest, cart)

    answer = guest.get(cart, accept_language="am-ET")

    assert answer.json["lines"][0]["title"] == "የይርጋጨፌ ቡና"
    assert answer.headers["content-language"] == "am"


def test_the_same_sku_again_adds_up_in_one_line() -> None:
    guest, cart = a_guest()
    put_in(guest, cart, quantity=2)

    answer = put_in(guest, cart, quantity=3)

    assert quantities(answer.json) == {COFFEE: 5}


def test_a_line_is_changed_and_taken_out() -> None:
    a_variant("GABI")
    guest, cart = a_guest()
    put_in(guest, cart)
    put_in(guest, cart, "GABI")

    changed = guest.patch(f"{cart}/lines/lin_GABI", {"quantity": 4})
    removed = guest.delete(f"{cart}/lines/lin_{COFFEE}")

    assert quantities(changed.json) == {COFFEE: 1, "GABI": 4}
    assert removed.status == 200
    assert quantities(removed.json) == {"GABI": 4}
    assert guest.delete(f"{cart}/lines/lin_{COFFEE}").code == "cart_line_not_found"
    assert guest.patch(f"{cart}/lines/{COFFEE}", {"quantity": 1}).code == "cart_line_not_found"


def test_touching_a_line_brings_it_to_todays_price() -> None:
    guest, cart = a_guest()
    put_in(guest, cart)
    a_variant(price=birr(400))

    assert guest.get(cart).json["subtotal"]["amount"] == 35000
    changed = guest.patch(f"{cart}/lines/lin_{COFFEE}", {"quantity": 1})

    assert changed.json["subtotal"]["amount"] == 40000


def test_a_deleted_cart_is_gone() -> None:
    guest, cart = a_guest()

    answer = guest.delete(cart)

    assert (answer.status, answer.text) == (204, "")
    assert guest.get(cart).code == "cart_not_found"
    assert guest.delete(cart).status == 404


def test_tabs_that_add_at_once_lose_nothing() -> None:
    a_variant("GABI")
    guest, cart = a_guest()

    def add(tab: int) -> int:
        own = Client(an_app(), **guest.headers)
        return own.post(f"{cart}/lines", {"sku": (COFFEE, "GABI")[tab % 2], "quantity": tab + 1}).status

    with ThreadPoolExecutor(TABS) as tabs:
        statuses = list(tabs.map(add, range(TABS)))

    assert statuses == [201] * TABS
    assert quantities(guest.get(cart).json) == {COFFEE: 1 + 3 + 5 + 7 + 9, "GABI": 2 + 4 + 6 + 8 + 10}


def test_somebody_elses_cart_is_not_there() -> None:
    _, cart = a_guest()
    stranger, _ = a_guest()

    for answer in (
        stranger.get(cart),
        stranger.delete(cart),
        stranger.post(f"{cart}/lines", {"sku": COFFEE, "quantity": 1}),
        stranger.patch(f"{cart}/lines/lin_{COFFEE}", {"quantity": 1}),
        stranger.delete(f"{cart}/lines/lin_{COFFEE}"),
        stranger.get("/carts/crt_OTHER"),
    ):
        assert (answer.status, answer.code) == (404, "cart_not_found")


def test_a_token_that_is_not_ours_opens_nothing() -> None:
    guest, cart = a_guest()
    token = guest.headers["authorization"].removeprefix("Bearer ")
    other_id = "crt_00000000000000000000000000"
    forged = [token[:-1], token[:-8], token.partition(".")[0], f"{other_id}.{token.partition('.')[2]}", f"{token}.", ""]

    for text in [*forged, token.lower()]:
        answer = guest.signed_with(text).get(cart)
        assert (answer.status, answer.code) == (401, "unauthenticated"), text
        assert answer.headers["www-authenticate"] == "Bearer"
    assert Client(an_app()).get(cart).status == 401


def test_what_nobody_sells_cannot_be_put_in() -> None:
    a_variant("GABI", is_for_sale=False)
    guest, cart = a_guest()

    unknown = guest.post(f"{cart}/lines", {"sku": "NETELA", "quantity": 1})
    withdrawn = guest.post(f"{cart}/lines", {"sku": "GABI", "quantity": 1})

    assert (unknown.status, unknown.code, unknown.json["sku"]) == (409, "sku_not_for_sale", "NETELA")
    assert withdrawn.code == "sku_not_for_sale"
    assert guest.get(cart).json["lines"] == []


def test_what_is_withdrawn_later_can_only_be_taken_out() -> None:
    guest, cart = a_guest()
    put_in(guest, cart)
    a_variant(is_for_sale=False)

    assert guest.patch(f"{cart}/lines/lin_{COFFEE}", {"quantity": 2}).code == "sku_not_for_sale"
    assert guest.delete(f"{cart}/lines/lin_{COFFEE}").json["lines"] == []


def test_each_limit_has_its_code(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CART_SKUS_LIMIT", "2")
    monkeypatch.setenv("CART_VENDORS_LIMIT", "1")
    monkeypatch.setenv("CART_QUANTITY_LIMIT", "5")
    a_variant("GABI", vendor="shiromeda")
    a_variant("BUNA-500G")
    a_variant("BUNA-1KG")
    guest, cart = a_guest()
    put_in(guest, cart, quantity=5)

    def refused(sku: str) -> tuple[int, str, int]:
        answer = guest.post(f"{cart}/lines", {"sku": sku, "quantity": 1})
        return answer.status, answer.code, answer.json["limit"]

    assert refused(COFFEE) == (409, "cart_quantity_limit", 5)
    assert refused("GABI") == (409, "cart_vendors_limit", 1)
    put_in(guest, cart, "BUNA-500G")
    assert refused("BUNA-1KG") == (409, "cart_skus_limit", 2)
    assert guest.patch(f"{cart}/lines/lin_{COFFEE}", {"quantity": 6}).code == "cart_quantity_limit"
    assert quantities(guest.get(cart).json) == {COFFEE: 5, "BUNA-500G": 1}


@pytest.mark.parametrize(
    ("body", "pointer", "code"),
    [
        ({"sku": COFFEE}, "/quantity", "missing"),
        ({"quantity": 1}, "/sku", "missing"),
        ({"sku": COFFEE, "quantity": 0}, "/quantity", "greater_than_equal"),
        ({"sku": COFFEE, "quantity": -3}, "/quantity", "greater_than_equal"),
        ({"sku": COFFEE, "quantity": "2"}, "/quantity", "int_type"),
        ({"sku": COFFEE, "quantity": 1.5}, "/quantity", "int_type"),
        ({"sku": COFFEE, "quantity": True}, "/quantity", "int_type"),
        ({"sku": "-- no sku", "quantity": 1}, "/sku", "string_pattern_mismatch"),
        ({"sku": None, "quantity": 1}, "/sku", "string_type"),
        ({"sku": COFFEE, "quantity": 1, "unit_price": 1}, "/unit_price", "extra_forbidden"),
    ],
)
def test_a_body_that_does_not_fit_is_told_where(body: object, pointer: str, code: str) -> None:
    guest, cart = a_guest()

    answer = guest.post(f"{cart}/lines", body)

    assert answer.status == 422
    assert [(error["pointer"], error["code"]) for error in answer.json["errors"]] == [(pointer, code)]


@pytest.mark.parametrize(("body", "status"), [("", 400), ("{", 400), ("sku=1", 400), ("[]", 422), ("null", 422)])
def test_a_body_that_is_no_object_is_refused(body: str, status: int) -> None:
    guest, cart = a_guest()

    assert guest.post(f"{cart}/lines", body).status == status


def test_more_units_than_any_number_holds_are_refused() -> None:
    guest, cart = a_guest()

    answer = guest.post(f"{cart}/lines", {"sku": COFFEE, "quantity": 10**30})

    assert (answer.status, answer.code) == (409, "cart_quantity_limit")


def test_a_repeated_request_is_carried_out_once() -> None:
    guest, cart = a_guest()
    line = {"sku": COFFEE, "quantity": 2}

    first = guest.post(f"{cart}/lines", line, idempotency_key="tap-1")
    again = guest.post(f"{cart}/lines", line, idempotency_key="tap-1")
    other = guest.post(f"{cart}/lines", line, idempotency_key="tap-2")

    assert (again.status, again.text) == (first.status, first.text)
    assert again.headers["etag"] == first.headers["etag"]
    assert again.headers["idempotency-replayed"] == "true"
    assert quantities(other.json) == {COFFEE: 4}


def test_a_key_belongs_to_one_body() -> None:
    guest, cart = a_guest()
    guest.post(f"{cart}/lines", {"sku": COFFEE, "quantity": 2}, idempotency_key="tap-1")

    answer = guest.post(f"{cart}/lines", {"sku": COFFEE, "quantity": 3}, idempotency_key="tap-1")

    assert (answer.status, answer.code) == (422, "idempotency_key_reused")
    assert quantities(guest.get(cart).json) == {COFFEE: 2}


def test_a_refusal_gives_its_key_back() -> None:
    guest, cart = a_guest()
    gabi = {"sku": "GABI", "quantity": 1}
    assert guest.post(f"{cart}/lines", gabi, idempotency_key="tap-1").code == "sku_not_for_sale"
    a_variant("GABI")

    answer = guest.post(f"{cart}/lines", gabi, idempotency_key="tap-1")

    assert answer.status == 201


def test_repeating_a_key_from_many_tabs_adds_the_line_once() -> None:
    guest, cart = a_guest()

    def tap(_: int) -> int:
        own = Client(an_app(), **guest.headers)
        return own.post(f"{cart}/lines", {"sku": COFFEE, "quantity": 1}, idempotency_key="tap-1").status

    with ThreadPoolExecutor(TABS) as tabs:
        statuses = set(tabs.map(tap, range(TABS)))

    assert statuses <= {201, 409}
    assert quantities(guest.get(cart).json) == {COFFEE: 1}


def test_opening_a_cart_takes_no_key() -> None:
    answer = Client(an_app()).post("/carts", idempotency_key="tap-1")

    assert (answer.status, answer.code) == (400, "idempotency_key_not_accepted")


def test_a_change_to_what_was_seen_before_is_refused() -> None:
    guest, cart = a_guest()
    seen = put_in(guest, cart).headers["etag"]
    line, newer = f"{cart}/lines/lin_{COFFEE}", put_in(guest, cart).headers["etag"]

    for answer in (
        guest.post(f"{cart}/lines", {"sku": COFFEE, "quantity": 1}, if_match=seen),
        guest.patch(line, {"quantity": 9}, if_match=seen),
        guest.delete(line, if_match=seen),
        guest.delete(cart, if_match=seen),
        guest.delete(cart, if_match='"not-ours"'),
    ):
        assert (answer.status, answer.code) == (412, "precondition_failed")
    assert guest.patch(line, {"quantity": 9}, if_match=newer).status == 200
    assert guest.delete(cart, if_match="*").status == 204


def test_an_unchanged_cart_is_not_sent_again() -> None:
    guest, cart = a_guest()
    tag = put_in(guest, cart).headers["etag"]

    assert guest.get(cart, if_none_match=tag).status == 304
    put_in(guest, cart)
    assert guest.get(cart, if_none_match=tag).status == 200


def test_every_refusal_of_carts_is_told_in_both_languages() -> None:
    codes = {
        each.code for each in vars(errors).values() if isinstance(each, type) and each.__module__ == errors.__name__
    }

    for code in codes:
        for section in ("titles", "details"):
            english, amharic = (locales.message(f"{section}.{code}", locale) for locale in ("en", "am"))
            assert english
            assert amharic
            assert english != amharic
