"""Does the deployed gateway bring calls to our code, and answer what never gets there?"""

import json
import urllib.error
import urllib.request
from http.client import HTTPResponse

import pytest

from tests.support.cloud import Shop


def test_the_deployed_shop_says_that_it_is_well(shop: Shop) -> None:
    with urllib.request.urlopen(f"{shop.api_url}/health") as answer:
        assert answer.status == 200
        assert json.load(answer)["status"] == "ok"


def test_an_address_without_anything_answers_with_a_problem(shop: Shop) -> None:
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(f"{shop.api_url}/nothing-here")

    assert refused.value.code == 404
    assert refused.value.headers["Content-Type"] == "application/problem+json"
    problem = json.load(refused.value)
    assert problem["code"] == "unknown_path"
    assert problem["request_id"] == refused.value.headers["X-Request-Id"]


def test_a_listed_page_may_call_us(shop: Shop) -> None:
    with _asked_before_a_call(shop, origin="http://localhost:3000") as answer:
        assert answer.headers["Access-Control-Allow-Origin"] == "http://localhost:3000"


def test_another_page_may_not(shop: Shop) -> None:
    with _asked_before_a_call(shop, origin="https://elsewhere.example") as answer:
        assert answer.headers["Access-Control-Allow-Origin"] is None


def _asked_before_a_call(shop: Shop, *, origin: str) -> HTTPResponse:
    question = urllib.request.Request(f"{shop.api_url}/health", method="OPTIONS", headers={"Origin": origin})
    answer: HTTPResponse = urllib.request.urlopen(question)
    return answer
