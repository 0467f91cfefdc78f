"""Does every operation take only what it knows, say only what it lists, and keep secrets out of addresses?"""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from pydantic import BaseModel

from app import app
from chalicelib.core import aws
from chalicelib.core.http.operation import Elsewhere, Html, Operation
from chalicelib.core.settings import settings
from chalicelib.core.wire import Draft, View
from chalicelib.payments.schemas import CallbackQuery
from tests.core.notes import an_app
from tests.support.account import Account
from tests.support.calling import Client

OPERATIONS = [pytest.param(each, id=each.id) for each in app.operations]
# The provider says what it appends to our address.
NOT_OURS = {CallbackQuery}
# A guest's order is confirmed to an address; what staff look for is in the body.
# A barcode is printed on what is sold.
PRIVATE = re.compile(r"password|token|secret|(?<!bar)code|email|phone|name")
SENT_WITH_EVERY_REPLY = {
    *("content-type", "content-language", "cache-control", "vary", "x-request-id", "etag"),
    *("strict-transport-security", "x-content-type-options", "referrer-policy"),
}


def models_in(schema: Any) -> Iterator[dict[str, Any]]:
    """Yield every object that a JSON schema describes, but for what it says of choices among its members."""
    if isinstance(schema, dict):
        if schema.get("type") == "object":
            yield schema
        for name, part in schema.items():
            yield from models_in(part if name != "oneOf" else [])
    if isinstance(schema, list):
        for part in schema:
            yield from models_in(part)


@pytest.mark.parametrize("operation", OPERATIONS)
def test_a_body_is_strict_and_refuses_what_it_does_not_know(operation: Operation) -> None:
    if operation.body_type is None:
        return

    assert issubclass(operation.body_type, Draft)
    assert operation.body_type.model_config["strict"] is True
    schema = operation.body_type.model_json_schema(mode="validation")
    assert [each.get("title") for each in models_in(schema) if is_open(each)] == []


@pytest.mark.parametrize("operation", OPERATIONS)
def test_a_query_refuses_what_it_does_not_know(operation: Operation) -> None:
    if operation.query_type is not None and operation.query_type not in NOT_OURS:
        assert operation.query_type.model_config["extra"] == "forbid"


@pytest.mark.parametrize("operation", OPERATIONS)
def test_an_answer_lists_its_members(operation: Operation) -> None:
    if operation.answer_type in (None, type(None), Html, Elsewhere):
        return

    assert issubclass(operation.answer_type, View)
    schema = operation.answer_type.model_json_schema(mode="serialization")
    assert [each.get("title") for each in models_in(schema) if "properties" not in each and is_open(each)] == []


def is_open(described: dict[str, Any]) -> bool:
    """Tell whether an object may hold members of any name and kind."""
    names_have_a_pattern = "patternProperties" in described
    return not names_have_a_pattern and described.get("additionalProperties", True) in (True, {})


# A mail program posts to an address that it was given, and adds nothing of its own (RFC 8058). All that this token can
# do is to end reminders.
IN_ADDRESSES_BY_STANDARD = {"opt_out_of_cart_reminders": {"token"}}


@pytest.mark.parametrize("operation", OPERATIONS)
def test_no_address_holds_a_secret_or_who_somebody_is(operation: Operation) -> None:
    names = {*operation.path_names, *(operation.query_type.model_fields if operation.query_type else ())}

    assert {name for name in names if PRIVATE.search(name)} == IN_ADDRESSES_BY_STANDARD.get(operation.id, set())


def test_an_answer_sets_no_cookie_and_does_not_say_what_made_it(aws: Account) -> None:
    answer = Client(an_app()).get("/notes")

    assert answer.status == 200
    assert set(answer.headers) <= SENT_WITH_EVERY_REPLY


def test_nobody_is_shown_how_the_shop_works_inside() -> None:
    assert app.debug is False


def test_no_service_is_waited_for_longer_than_the_settings_say(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-central-1")

    patience = aws.client("dynamodb").meta.config

    assert patience.connect_timeout == settings.connect_within_seconds
    assert patience.read_timeout == settings.answer_within_seconds


class Open(BaseModel):
    anything: dict[str, Any]


def test_an_object_that_takes_anything_would_be_noticed() -> None:
    assert [is_open(each) for each in models_in(Open.model_json_schema())] == [True, True]
