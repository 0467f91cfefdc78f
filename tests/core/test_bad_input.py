"""Does bad input of every kind get a problem with a stable code, and change nothing?"""

import json
from collections.abc import Iterator
from typing import Any

import jwt
import pytest

from app import app
from chalicelib.core import clock
from chalicelib.core.settings import settings
from tests.carts.builders import COFFEE, a_variant
from tests.catalog.builders import a_category, a_draft, a_product, a_vendor
from tests.notifications.builders import a_placed_order
from tests.support.account import TABLE, Account, fresh_account
from tests.support.calling import Client, Response
from tests.support.tokens import token_for

Rows = list[str]
Shop = dict[str, Any]


@pytest.fixture(scope="module")
def account(embedded_cloud_url: str) -> Iterator[Account]:
    """One account for all, since none of these tests changes anything."""
    with pytest.MonkeyPatch.context() as patch, fresh_account(embedded_cloud_url, patch) as account:
        yield account


@pytest.fixture(scope="module")
def shop(account: Account) -> Shop:
    """A customer with a cart, a stranger, staff with a product, and somebody's order."""
    a_vendor()
    a_category()
    a_variant()
    customer, stranger = (Client(app).signed_with(token_for()) for _ in range(2))
    staff = Client(app).signed_with(token_for(roles=["admin"]))
    cart = customer.post("/carts").json["id"]
    filled = customer.post(f"/carts/{cart}/lines", {"sku": COFFEE, "quantity": 1})
    return {
        "aws": account,
        "anonymous": Client(app),
        "customer": customer,
        "stranger": stranger,
        "staff": staff,
        "late": Client(app).signed_with(token_for(exp=clock.epoch_seconds() - settings.token_leeway_seconds - 1)),
        "cart": cart,
        "line": filled.json["lines"][0]["id"],
        "product": a_product().product_id,
        "order": a_placed_order().order_id,
    }


def rows_of(aws: Account) -> Rows:
    pages = aws.cloud.client("dynamodb").get_paginator("scan").paginate(TableName=TABLE, ConsistentRead=True)
    return sorted(json.dumps(item, sort_keys=True, default=bytes.hex) for page in pages for item in page["Items"])


@pytest.fixture
def unchanged(shop: Shop) -> Iterator[None]:
    """Demand that the test leaves the table, to the byte, as it was."""
    before = rows_of(shop["aws"])
    yield
    assert rows_of(shop["aws"]) == before


def refused(answer: Response, status: int, code: str) -> None:
    """Demand a whole problem: status, code, type, who to ask, and nothing of our insides."""
    assert (answer.status, answer.code) == (status, code), answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["x-request-id"] == answer.json["request_id"]
    assert answer.json["type"] == f"urn:nexus:problem:{code}"
    assert answer.json["status"] == status
    assert answer.json["title"] not in ("", code)
    assert answer.json["detail"]
    assert "Traceback" not in answer.text


pytestmark = pytest.mark.usefixtures("unchanged")


@pytest.mark.parametrize(
    "body",
    [
        "",
        "{",
        "{'sku': 1}",
        '{"sku": "COFFEE-250G", "quantity": 1}}',
        "sku=COFFEE-250G&quantity=1",
        '{"sku": "\\ud800", "quantity": 1}',
        '{"sku": "caf\ufffd", "quantity": 1}',
        "[" * 5_000 + "]" * 5_000,
        '{"sku": ' * 5_000,
        "\ufeff{}",
        "nul",
    ],
    ids=["empty", "cut", "quotes", "tail", "form", "surrogate", "not UTF-8", "deep", "deep and cut", "BOM", "word"],
)
def test_what_is_no_json(shop: Shop, body: str) -> None:
    refused(shop["customer"].post(f"/carts/{shop['cart']}/lines", body or " "), 400, "not_json")


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (None, "model_type"),
        ([], "model_type"),
        ("text", "model_type"),
        ({}, "missing"),
        ({"sku": COFFEE}, "missing"),
        ({"sku": COFFEE, "quantity": "1"}, "int_type"),
        ({"sku": COFFEE, "quantity": True}, "int_type"),
        ({"sku": COFFEE, "quantity": 1.5}, "int_type"),
        ({"sku": COFFEE, "quantity": None}, "int_type"),
        ({"sku": COFFEE, "quantity": 0}, "greater_than_equal"),
        ({"sku": COFFEE, "quantity": -(10**30)}, "greater_than_equal"),
        ({"sku": [COFFEE], "quantity": 1}, "string_type"),
        ({"sku": "COFFEE\x00", "quantity": 1}, "string_pattern_mismatch"),
        ({"sku": COFFEE, "quantity": 1, "price": 1}, "extra_forbidden"),
    ],
)
def test_wrong_types_and_unknown_members(shop: Shop, body: Any, code: str) -> None:
    answer = shop["customer"].post(f"/carts/{shop['cart']}/lines", json.dumps(body))

    refused(answer, 422, "malformed")
    assert code in [error["code"] for error in answer.json["errors"]]
    assert all(error["detail"] for error in answer.json["errors"])


def test_a_number_beyond_every_machine(shop: Shop) -> None:
    answer = shop["customer"].post(f"/carts/{shop['cart']}/lines", f'{{"sku": "{COFFEE}", "quantity": {"9" * 5_000}}}')

    refused(answer, 400, "not_json")


def test_more_units_than_a_cart_takes(shop: Shop) -> None:
    answer = shop["customer"].post(f"/carts/{shop['cart']}/lines", {"sku": COFFEE, "quantity": 10**40})

    refused(answer, 409, "cart_quantity_limit")


def test_a_body_over_the_limit(shop: Shop) -> None:
    answer = shop["customer"].post(f"/carts/{shop['cart']}/lines", "x" * (settings.body_limit_bytes + 1))

    refused(answer, 413, "body_too_large")


@pytest.mark.parametrize("content_type", ["text/plain", "application/xml", "multipart/form-data; boundary=x", "", "ÿ"])
def test_a_type_that_is_no_json(shop: Shop, content_type: str) -> None:
    body = {"sku": COFFEE, "quantity": 1}

    refused(
        shop["customer"].post(f"/carts/{shop['cart']}/lines", body, content_type=content_type),
        415,
        "unsupported_media_type",
    )


@pytest.mark.parametrize("content_type", ["text/plain", "application/json; charset=utf-8"])
def test_a_read_has_no_body_and_so_no_type(shop: Shop, content_type: str) -> None:
    assert shop["customer"].call("GET", "/products", "x" * 300_000, content_type=content_type).status == 200


@pytest.mark.parametrize("id", ["prd_unknown", "..", "%00", "a%20b", "caf%C3%A9", "x" * 101, "%7Bproduct_id%7D"])
def test_ids_that_nothing_has(shop: Shop, id: str) -> None:
    answer = shop["anonymous"].get(f"/products/{id}")

    assert answer.code in ("not_found", "product_not_found")
    refused(answer, 404, answer.code)


@pytest.mark.parametrize(
    ("method", "path", "body", "code"),
    [
        ("GET", "/carts/{cart}", None, "cart_not_found"),
        ("DELETE", "/carts/{cart}", None, "cart_not_found"),
        ("POST", "/carts/{cart}/lines", {"sku": COFFEE, "quantity": 1}, "cart_not_found"),
        ("PATCH", "/carts/{cart}/lines/{line}", {"quantity": 2}, "cart_not_found"),
        ("DELETE", "/carts/{cart}/lines/{line}", None, "cart_not_found"),
        ("GET", "/orders/{order}", None, "order_not_found"),
        ("GET", "/checkouts/chk_of_somebody", None, "checkout_not_found"),
        ("POST", "/checkouts/chk_of_somebody/cancellation", None, "checkout_not_found"),
    ],
)
def test_what_belongs_to_others(shop: Shop, method: str, path: str, body: Any, code: str) -> None:
    refused(shop["stranger"].call(method, path.format(**shop), body), 404, code)


def a_token(**changed: Any) -> str:
    """Sign a token with a key of the caller's own."""
    now = clock.epoch_seconds()
    claims = {"iss": settings.token_issuer, "aud": "nexus", "sub": "usr_1", "iat": now, "nbf": now, "exp": now + 60}
    return jwt.encode(claims | changed, "a secret of thirty-two characters", headers={"typ": "at+jwt", "kid": "kid"})


@pytest.mark.parametrize(
    "authorization",
    [
        "",
        "Bearer",
        "Bearer ",
        "Basic dXNlcjpwYXNz",
        "Bearer a.b.c",
        "Bearer a.b",
        "Bearer ....",
        "Bearer \u1230\u120b\u121d",
        "Bearer ÿ.ÿ",
        "Bearer ÿ.ÿ.ÿ",
        "Bearer bnVsbA.e30.",
        f"Bearer {a_token()}",
        f"Bearer {jwt.encode({}, None, algorithm='none', headers={'typ': 'at+jwt'})}",
        "Bearer " + "x" * 9_000,
    ],
)
def test_tokens_that_are_none_of_ours(shop: Shop, authorization: str) -> None:
    answer = shop["anonymous"].get("/users/me", authorization=authorization)

    refused(answer, 401, "unauthenticated")
    assert answer.headers["www-authenticate"] == "Bearer"


def test_no_token(shop: Shop) -> None:
    refused(shop["anonymous"].get("/users/me"), 401, "unauthenticated")


@pytest.mark.parametrize("header", ["9", '"', "ÿ", "\x00", '"x".1', '"' + "9" * 30 + '.a"', '"1.a", "2.b"', 'W/"1.a"'])
def test_an_if_match_that_is_no_tag_of_ours(shop: Shop, header: str) -> None:
    refused(shop["customer"].delete(f"/carts/{shop['cart']}", if_match=header), 412, "precondition_failed")


@pytest.mark.parametrize("header", ["*", " * "])
def test_staff_must_say_which_version_they_read(shop: Shop, header: str) -> None:
    change = {"status": "draft"}
    path = f"/products/{shop['product']}"

    refused(shop["staff"].patch(path, change), 428, "precondition_required")
    refused(shop["staff"].patch(path, change, if_match=header), 428, "precondition_required")


@pytest.mark.parametrize("key", ["", '"', " ", "ÿ", "a b", 'a"b', "\\", "x" * 256, "\x00"])
def test_an_idempotency_key_that_cannot_be_used(shop: Shop, key: str) -> None:
    answer = shop["customer"].post(f"/carts/{shop['cart']}/lines", {"sku": COFFEE, "quantity": 1}, idempotency_key=key)

    refused(answer, 400, "idempotency_key_invalid")


@pytest.mark.parametrize("query", ["limit=0", "limit=101", "limit=x", "limit=1&limit=2", "limit=", "colour=red", "=x"])
def test_query_parameters_that_do_not_fit(shop: Shop, query: str) -> None:
    refused(shop["anonymous"].get(f"/products?{query}"), 422, "malformed")


@pytest.mark.parametrize("cursor", ["", "x", "%00", "%FF", "ÿ", "=", "eC55", "x" * 1_025])
def test_cursors_that_nobody_gave_out(shop: Shop, cursor: str) -> None:
    answer = shop["anonymous"].get(f"/products?cursor={cursor}")

    refused(answer, 422, "malformed")
    assert answer.json["errors"][0]["detail"]


@pytest.mark.parametrize("header", ["", "*", ";;q=", "am;q=nan", "en;q=-1", "ÿ", "x-" * 4_000, "zz, am;q=0.1"])
def test_any_accept_language_gets_an_answer(shop: Shop, header: str) -> None:
    assert shop["anonymous"].get("/products", accept_language=header).status == 200


@pytest.mark.parametrize(
    "body", ["", "{", "[" * 50_000, '"\\ud800"', "\ufffd", "9" * 5_000, "null"], ids=lambda body: body[:6]
)
def test_webhooks_that_nobody_signed(shop: Shop, body: str) -> None:
    answer = shop["anonymous"].post("/webhooks/chapa", body, x_chapa_signature="ÿ" * 64)

    assert answer.status in (400, 401), answer.text
    refused(answer, answer.status, answer.code)


def test_a_method_that_a_path_does_not_have(shop: Shop) -> None:
    answer = shop["anonymous"].call("DELETE", "/products")

    refused(answer, 405, "method_not_allowed")
    assert set(answer.headers["allow"].split(", ")) == {"GET", "POST"}


def test_a_price_beyond_what_json_can_hold(shop: Shop) -> None:
    variant = {"sku": "RUBY", "price": {"amount": 10**12, "currency": "ETB"}, "weight_grams": 1}

    refused(shop["staff"].post("/products", a_draft(variants=[variant])), 422, "malformed")


def test_an_expired_token(shop: Shop) -> None:
    refused(shop["late"].get("/users/me"), 401, "unauthenticated")
