"""How do carts answer?"""

import pytest

from chalicelib.carts import errors
from chalicelib.core.i18n import locales
from tests.carts.builders import COFFEE, a_guest, a_longest_variant, a_variant, an_app, birr, put_in, quantities
from tests.support.account import Account
from tests.support.calling import Client


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
    read = guest.get(cart).json
    assert {name: read[name] for name in answer.json} == answer.json


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


def test_texts_that_an_order_could_not_store_are_refused_with_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    a_variant("GABI")
    guest, cart = a_guest()
    put_in(guest, cart)
    put_in(guest, cart, "GABI")
    monkeypatch.setenv("CART_SIZE_LIMIT_BYTES", "700")
    a_longest_variant("GABI")

    added = guest.post(f"{cart}/lines", {"sku": "GABI", "quantity": 1})
    changed = guest.patch(f"{cart}/lines/lin_GABI", {"quantity": 2})

    for answer in (added, changed):
        assert (answer.status, answer.code, answer.json["limit_bytes"]) == (409, "cart_size_limit", 700)
    assert quantities(guest.get(cart).json) == {COFFEE: 1, "GABI": 1}


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
