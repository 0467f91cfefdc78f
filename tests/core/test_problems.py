"""Does every failure look alike, and say what the reader can use?"""

import json
from enum import StrEnum

import pytest

from chalicelib.core.errors import Busy, Conflict, Malformed, Unauthenticated
from chalicelib.core.http.problems import problem
from chalicelib.core.money import Money


class Colour(StrEnum):
    RED = "red"


class Faded(Conflict):
    code = "conflict"


def told(refusal: Conflict, locale: str = "en") -> dict[str, object]:
    body: dict[str, object] = json.loads(problem(refusal, locale=locale, request_id="req_1").body)
    return body


def test_a_refusal_has_all_that_rfc_9457_asks_for() -> None:
    reply = problem(Busy(), locale="en", request_id="req_1")

    assert json.loads(reply.body) == {
        "type": "urn:nexus:problem:busy",
        "title": "Too many at once",
        "status": 503,
        "detail": json.loads(reply.body)["detail"],
        "code": "busy",
        "request_id": "req_1",
    }
    assert reply.status == 503
    assert reply.headers["Retry-After"] == "1"
    assert reply.headers["Content-Type"] == "application/problem+json"
    assert reply.headers["Cache-Control"] == "no-store"


def test_texts_follow_the_reader_and_codes_never() -> None:
    english, amharic = told(Faded()), told(Faded(), "am")

    assert english["title"] != amharic["title"]
    assert english["code"] == amharic["code"] == "conflict"


def test_facts_become_members_but_never_take_the_place_of_others() -> None:
    members = told(Faded(sku="GABI-1", left=2, status="taken", code="mine", type="x", request_id="forged"))

    assert (members["sku"], members["left"]) == ("GABI-1", 2)
    assert (members["status"], members["code"], members["request_id"]) == (409, "conflict", "req_1")


def test_facts_of_every_kind_can_be_told() -> None:
    """A refusal that could not be written would be an error without an answer."""
    price = Money(35_000, "ETB")

    members = told(
        Faded(price=price, colour=Colour.RED, prices=[price], by_sku={"GABI": {"price": price}}, both=(1, 2))
    )

    wire = {"amount": 35_000, "currency": "ETB"}
    assert members["price"] == wire
    assert members["prices"] == [wire]
    assert members["by_sku"] == {"GABI": {"price": wire}}
    assert (members["colour"], members["both"]) == ("red", [1, 2])


def test_headers_of_a_refusal_are_its_own() -> None:
    reply = problem(Unauthenticated(), locale="en", request_id="req_1")
    reply.headers["WWW-Authenticate"] = "changed"

    assert Unauthenticated.headers == {"WWW-Authenticate": "Bearer"}


@pytest.mark.parametrize("errors", [None, []])
def test_malformed_without_a_list_of_mistakes_has_none(errors: list[dict[str, str]] | None) -> None:
    assert "errors" not in json.loads(problem(Malformed(errors), locale="en", request_id="r").body)
