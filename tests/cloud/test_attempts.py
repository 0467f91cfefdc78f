"""Are attempts counted behind the real gateway: by the caller's address, and by the account that is tried?"""

import re
import secrets

import pytest

from tests.support.cloud import Shop, is_embedded
from tests.support.wire import Answer, Api


def tried(shop: Shop, email: str, **headers: str) -> Answer:
    answer = Api(shop.api_url).post("/sessions", {"email": email, "password": "four goats above Lalibela"}, **headers)
    assert answer.status == 401
    return answer


def left(answer: Answer) -> dict[str, int]:
    found = re.findall(r'"([a-z_]+)";r=(\d+)', answer.headers["ratelimit"])
    return {name: int(number) for name, number in found}


@pytest.fixture
def email() -> str:
    return f"{secrets.token_hex(6)}@coffee.example"


def test_an_address_and_an_account_have_one_attempt_less_each_time(shop: Shop, email: str) -> None:
    first, second = tried(shop, email), tried(shop, email)

    assert left(second)["sign_ins_per_account"] == left(first)["sign_ins_per_account"] - 1
    assert left(second)["sign_ins_per_address"] < left(first)["sign_ins_per_address"]


def test_another_account_begins_anew_at_the_same_address(shop: Shop, email: str) -> None:
    first, other = tried(shop, email), tried(shop, f"other-{email}")

    assert left(other)["sign_ins_per_account"] == left(first)["sign_ins_per_account"]
    assert left(other)["sign_ins_per_address"] < left(first)["sign_ins_per_address"]


@pytest.mark.skipif(not is_embedded(), reason="only the embedded cloud lets callers choose their address")
def test_another_address_begins_anew_with_the_same_account(shop: Shop, email: str) -> None:
    first, other = (tried(shop, email, x_forwarded_for=address) for address in ("203.0.113.1", "203.0.113.2"))

    assert left(other)["sign_ins_per_account"] < left(first)["sign_ins_per_account"]
    assert left(other)["sign_ins_per_address"] == left(first)["sign_ins_per_address"]
