"""Does bad input of each kind get a problem from the deployed shop too, and change nothing?"""

import json
from collections.abc import Iterator

import pytest

from chalicelib.core.settings import settings
from tests.support.cloud import Shop
from tests.support.market import Market
from tests.support.shopper import Shopper
from tests.support.waiting import eventually
from tests.support.wire import Answer, call

SETTLED_SECONDS = 30
JSON = {"Content-Type": "application/json"}


@pytest.fixture(scope="module")
def shopper(_opened_market: Market) -> Shopper:
    """Somebody with goods in the cart, whom nobody can remind of it meanwhile."""
    return Shopper.guest(_opened_market).takes(_opened_market.sells(units=10))


@pytest.fixture(autouse=True)
def unchanged(shopper: Shopper, shop: Shop) -> Iterator[None]:
    """Demand that the test leaves the table, to the byte, as it was, once what was on its way has arrived."""
    before = settled_rows_of(shop)
    yield
    assert rows_of(shop) == before


def settled_rows_of(shop: Shop) -> list[str]:
    seen: list[list[str]] = [[]]

    def at_rest() -> bool:
        seen.append(rows_of(shop))
        return seen[-1] == seen[-2]

    eventually(at_rest, SETTLED_SECONDS, "the table comes to rest")
    return seen[-1]


def rows_of(shop: Shop) -> list[str]:
    pages = shop.cloud.client("dynamodb").get_paginator("scan")
    found = pages.paginate(TableName=shop.outputs["TableName"], ConsistentRead=True)
    return sorted(json.dumps(item, sort_keys=True, default=bytes.hex) for page in found for item in page["Items"])


def refused(answer: Answer, status: int, code: str) -> None:
    """Demand a whole problem, whether the shop or its gateway gives it."""
    assert (answer.status, answer.json["code"]) == (status, code), answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["x-request-id"] == answer.json["request_id"]
    assert answer.json["type"] == f"urn:nexus:problem:{code}"


def put_in(shopper: Shopper, body: bytes, **headers: str) -> Answer:
    url = f"{shopper.api.url}/carts/{shopper.cart_id}/lines"
    return call("POST", url, body=body, headers={**shopper.api.headers, **JSON, **headers})


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b'{"sku": "caf\xe9", "quantity": 1}', b"\xff\xfe{}", b'{"sku": "\\ud800"}', b"\x00", b"[" * 50_000],
    ids=["empty", "cut", "Latin-1", "UTF-16", "surrogate", "NUL", "deep"],
)
def test_what_is_no_json(shopper: Shopper, body: bytes) -> None:
    refused(put_in(shopper, body), 400, "not_json")


@pytest.mark.parametrize(
    "body", [b"{}", b"[]", b'{"sku": 1, "quantity": "1"}', b'{"sku": "X", "quantity": 1, "price": 1}']
)
def test_wrong_types_and_unknown_members(shopper: Shopper, body: bytes) -> None:
    refused(put_in(shopper, body), 422, "malformed")


def test_a_body_over_the_limit(shopper: Shopper) -> None:
    refused(put_in(shopper, b"x" * (settings.body_limit_bytes + 1)), 413, "body_too_large")


def test_a_type_that_is_no_json(shopper: Shopper) -> None:
    refused(put_in(shopper, b"sku=X", **{"Content-Type": "text/plain"}), 415, "unsupported_media_type")


@pytest.mark.parametrize("id", ["prd_unknown", "%00", "caf%C3%A9", "%FF", "x" * 101])
def test_ids_that_nothing_has(market: Market, id: str) -> None:
    answer = market.api.get(f"/products/{id}")

    assert answer.json["code"] in ("not_found", "product_not_found")
    refused(answer, 404, answer.json["code"])


def test_what_belongs_to_others(market: Market, shopper: Shopper) -> None:
    refused(market.staff.get(f"/carts/{shopper.cart_id}"), 404, "cart_not_found")


@pytest.mark.parametrize("token", ["", "x", "a.b", "a.b.c", "\u00ff.\u00ff.\u00ff"])
def test_tokens_that_are_none_of_ours(market: Market, token: str) -> None:
    refused(market.api.signed_with(token).get("/users/me"), 401, "unauthenticated")


@pytest.mark.parametrize(
    ("method", "path"),
    [("GET", "/nothing-here"), ("GET", "/products/a%2Fb/c"), ("PUT", "/products"), ("DELETE", "/health")],
)
def test_paths_and_methods_that_there_are_not(market: Market, method: str, path: str) -> None:
    refused(market.api.call(method, path), 404, "unknown_path")
