"""What can be specified of goods of a type, and when must it be?"""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.catalog import rules
from chalicelib.catalog.errors import SpecChoiceUnknown, SpecInvalid
from chalicelib.catalog.rules import SpecAttribute, SpecChoice, SpecKind
from functions.api.catalog import app
from tests.catalog.builders import a_draft, a_variant
from tests.support.account import Account
from tests.support.calling import Client
from tests.support.recorded_calls import recording
from tests.support.tokens import token_for

ROAST = {
    "id": "roast",
    "name": {"en": "Roast", "am": "ቆሎ"},
    "kind": "choice",
    "choices": [{"id": "light", "name": {"en": "Light"}}, {"id": "dark", "name": {"en": "Dark", "am": "ጥቁር"}}],
    "is_required": True,
}
ALTITUDE = {"id": "altitude", "name": {"en": "Altitude"}, "kind": "number", "unit": "m"}
TASTE = {"id": "taste", "name": {"en": "Taste", "om": "Mi'aa"}, "kind": "text"}
ORGANIC = {"id": "organic", "name": {"en": "Organic"}, "kind": "boolean"}
COFFEE = {"id": "coffee", "name": {"en": "Coffee", "am": "ቡና"}, "attributes": [ROAST, ALTITUDE, TASTE, ORGANIC]}
SPECS: dict[str, Any] = {
    "organic": True,
    "altitude": 1950.5,
    "roast": "dark",
    "taste": {"en": "Jasmine", "om": "Abaaboo"},
}


@pytest.fixture
def typed(staff: Client) -> Client:
    """Return a client of staff; coffee is a type of goods."""
    made = staff.post("/product-types", COFFEE)
    assert made.status == 201, made.text
    return staff


def test_what_is_specified_is_shown_in_the_types_order_and_the_readers_words(typed: Client, shopper: Client):
    made = typed.post("/products", a_draft(type_id="coffee", specs=SPECS)).json

    shown = shopper.get(f"/products/{made['id']}", accept_language="am").json

    assert [(each["name"], each["value"], each["unit"], each["choice_id"]) for each in shown["specs"]] == [
        ("ቆሎ", "ጥቁር", None, "dark"),
        ("Altitude", 1950.5, "m", None),
        ("Taste", "Jasmine", None, None),
        ("Organic", True, None, None),
    ]
    assert (made["type_id"], made["specs"]) == ("coffee", SPECS)


@pytest.mark.parametrize(
    ("specs", "code", "facts"),
    [
        ({"roast": "dark", "colour": "red"}, "spec_unknown", {"attribute_ids": ["colour"]}),
        ({"roast": "burnt"}, "spec_choice_unknown", {"attribute_id": "roast", "choices": ["light", "dark"]}),
        ({"roast": True}, "spec_invalid", {"attribute_id": "roast", "spec_kind": "choice"}),
        ({"roast": "dark", "altitude": "high"}, "spec_invalid", {"attribute_id": "altitude", "spec_kind": "number"}),
        ({"roast": "dark", "altitude": True}, "spec_invalid", {"attribute_id": "altitude"}),
        ({"roast": "dark", "organic": 1}, "spec_invalid", {"attribute_id": "organic", "spec_kind": "boolean"}),
        ({"roast": "dark", "taste": "Jasmine"}, "spec_invalid", {"attribute_id": "taste", "spec_kind": "text"}),
        ({}, "specs_missing", {"attribute_ids": ["roast"]}),
    ],
)
def test_what_does_not_fit_the_type_is_refused_by_name(typed: Client, specs, code, facts):
    answer = typed.post("/products", a_draft(type_id="coffee", specs=specs))

    assert (answer.status, answer.code) == (409, code)
    assert {name: answer.json[name] for name in facts} == facts


@pytest.mark.parametrize(
    ("members", "status"),
    [
        ({"type_id": "tea"}, 409),
        ({"specs": {"roast": "dark"}}, 409),
        ({"type_id": "coffee", "specs": {"taste": {"en": " "}}}, 422),
        ({"type_id": "coffee", "specs": {"taste": {"en": "x" * 101}}}, 422),
        ({"type_id": "coffee", "specs": {"altitude": 1e13}}, 422),
        ({"type_id": "coffee", "specs": {"taste": {"fr": "Jasmin"}}}, 422),
        ({"type_id": "coffee", "specs": {"altitude": None}}, 422),
    ],
)
def test_what_cannot_be_specified_is_refused(typed: Client, members, status):
    assert typed.post("/products", a_draft(**members)).status == status


def test_a_draft_may_lack_what_it_needs_to_become_more(typed: Client):
    path = f"/products/{typed.post('/products', a_draft(type_id='coffee', status='draft')).json['id']}"

    for status in ("in_review", "active"):
        assert typed.patch(path, {"status": status}, if_match='"1.a"').code == "specs_missing"
    answer = typed.patch(path, {"status": "active", "specs": {"roast": "light"}}, if_match='"1.a"')

    assert (answer.status, answer.json["specs"]) == (200, {"roast": "light"})


def test_what_is_sold_may_not_come_to_lack_it(typed: Client):
    path = f"/products/{typed.post('/products', a_draft(type_id='coffee', specs=SPECS)).json['id']}"

    assert typed.patch(path, {"specs": {"organic": True}}, if_match='"1.a"').code == "specs_missing"
    assert typed.patch(path, {"type_id": None}, if_match='"1.a"').json["specs"] == {}


def test_a_product_is_held_to_a_changed_type_when_it_is_specified_anew(typed: Client, shop: Account):
    path = f"/products/{typed.post('/products', a_draft(type_id='coffee', specs=SPECS)).json['id']}"
    needs_taste = [ROAST, TASTE | {"is_required": True}]
    assert typed.patch("/product-types/coffee", {"attributes": needs_taste}, if_match='"1.a"').status == 200

    with recording(shop.dynamodb) as calls:
        assert typed.patch(path, {"title": {"en": "Gedeo coffee"}}, if_match='"1.a"').status == 200
    assert calls.operations == ["BatchGetItem", "TransactWriteItems"]

    assert typed.patch(path, {"specs": SPECS}, if_match='"2.a"').code == "spec_unknown"
    assert typed.patch(path, {"specs": {"roast": "dark"}}, if_match='"2.a"').code == "specs_missing"
    kept = typed.patch(path, {"specs": {"roast": "dark", "taste": {"en": "Jasmine"}}}, if_match='"2.a"')
    assert list(kept.json["specs"]) == ["roast", "taste"]


def test_a_vendors_member_specifies_goods_of_a_type(typed: Client):
    member = Client(app).signed_with(token_for(roles=["customer", "vendor"], vendor_id="ven_GEDEO"))

    made = member.post("/products", a_draft(type_id="coffee", status="in_review", specs={"roast": "dark"}))
    refused = member.post("/products", a_draft(type_id="coffee", status="in_review", variants=[a_variant()]))

    assert (made.status, refused.code) == (201, "specs_missing")


def test_a_type_is_read_in_ones_language_and_edited_in_all(typed: Client, shopper: Client):
    shown = shopper.get("/product-types/coffee", accept_language="am").json
    kept = typed.get("/staff/product-types/coffee").json

    assert (shown["name"], shown["attributes"][0]["name"]) == ("ቡና", "ቆሎ")
    assert shown["attributes"][0]["choices"] == [{"id": "light", "name": "Light"}, {"id": "dark", "name": "ጥቁር"}]
    assert kept["attributes"][0] == ROAST | {"unit": None}
    assert typed.post("/product-types", COFFEE).code == "product_type_exists"
    assert shopper.get("/product-types/tea").code == "product_type_not_found"
    assert typed.patch("/product-types/coffee", {"name": {"en": "Buna"}}).status == 428
    assert typed.patch("/product-types/coffee", {"name": {"en": "Buna"}}, if_match='"7.a"').status == 412


def test_a_retired_type_goes_to_no_other_product(typed: Client, shopper: Client):
    path = f"/products/{typed.post('/products', a_draft(type_id='coffee', specs=SPECS)).json['id']}"

    typed.patch("/product-types/coffee", {"is_retired": True}, if_match='"1.a"')

    assert shopper.get("/product-types").json["items"] == []
    assert typed.post("/products", a_draft(type_id="coffee", specs=SPECS)).code == "product_type_unknown"
    assert typed.patch(path, {"specs": {"roast": "light"}}, if_match='"1.a"').status == 200


@pytest.mark.parametrize(
    "attribute",
    [
        {"kind": "choice"},
        {"kind": "text", "choices": ROAST["choices"]},
        {"kind": "text", "unit": "m"},
        {"kind": "colour"},
        {"kind": "choice", "choices": [{"id": "a", "name": {"en": "A"}}] * 2},
        {"kind": "text", "name": {}},
        {"kind": "text", "name": {"en": "x" * 61}},
    ],
)
def test_an_attribute_that_makes_no_sense_is_refused(staff: Client, attribute):
    body = COFFEE | {"attributes": [{"id": "odd", "name": {"en": "Odd"}} | attribute]}

    assert staff.post("/product-types", body).status == 422


attributes = st.builds(
    SpecAttribute,
    st.just("x"),
    st.just({"en": "X"}),
    st.sampled_from(SpecKind),
    choices=st.just((SpecChoice("a", {"en": "A"}),)),
)
values = st.booleans() | st.integers() | st.floats(allow_nan=False) | st.sampled_from(["a", "b"]) | st.just({"en": "w"})


@given(attributes, values)
def test_a_value_is_taken_exactly_if_it_is_of_its_attributes_kind(attribute, value):
    fits = {
        SpecKind.BOOLEAN: isinstance(value, bool),
        SpecKind.NUMBER: type(value) in (int, float),
        SpecKind.CHOICE: value == "a",
        SpecKind.TEXT: isinstance(value, dict),
    }[attribute.kind]

    try:
        (spec,) = rules.specs_of([attribute], {"x": value})
    except (SpecInvalid, SpecChoiceUnknown):
        assert not fits
    else:
        assert fits
        assert spec.value == value
