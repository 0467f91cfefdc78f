"""How do staff keep tax rates, and how does a checkout read them?"""

from typing import Any

import pytest

from chalicelib.core.storage.table import find_many
from chalicelib.pricing import service as pricing
from chalicelib.pricing.rules import percent_for
from chalicelib.shipping.rules import Destination
from tests.support.account import Account
from tests.support.calling import Client, Response
from tests.support.recorded_calls import recording

ADDIS, NAIROBI = Destination("ET", "addis_ababa"), Destination("KE")
STANDARD = {"tax_class": "standard", "percent": "15", "country": "ET"}


def put(staff: Client, *rules: dict[str, Any]) -> Response:
    """Keep these rules, from what is there now."""
    tag = staff.get("/tax-rates").headers["etag"]
    return staff.call("PUT", "/tax-rates", {"items": list(rules)}, if_match=tag)


def percent_now(tax_class: str, destination: Destination) -> str:
    """The rate as a checkout reads it."""
    found = next(iter(find_many([pricing.tax_rates_key()])), None)
    return str(percent_for(pricing.tax_rates_from(found), tax_class, destination))


def test_a_new_shop_has_one_rate(staff: Client) -> None:
    answer = staff.get("/tax-rates")

    assert (answer.status, answer.json["standard_percent"], answer.json["items"]) == (200, "15", [])
    assert percent_now("standard", NAIROBI) == "15"


def test_what_staff_keep_is_what_a_checkout_reads(staff: Client) -> None:
    kept = put(staff, STANDARD, {"tax_class": "standard", "percent": "0"}, {"tax_class": "shipping", "percent": "7.5"})

    assert kept.status == 200, kept.text
    assert [each["country"] for each in kept.json["items"]] == ["ET", None, None]
    assert (percent_now("standard", ADDIS), percent_now("standard", NAIROBI)) == ("15", "0")
    assert staff.get("/tax-rates").json == kept.json


def test_nobody_overwrites_rates_that_they_have_not_seen(staff: Client) -> None:
    seen = staff.get("/tax-rates").headers["etag"]
    put(staff, STANDARD)

    late = staff.call("PUT", "/tax-rates", {"items": []}, if_match=seen)
    blind = staff.call("PUT", "/tax-rates", {"items": []})

    assert (late.status, blind.status) == (412, 428)


@pytest.mark.parametrize("percent", ["-1", "100.1", "101", "1e1", "15%", "", "1.2345", "05", "NaN", 15])
def test_what_is_no_percentage_is_refused(staff: Client, percent: object) -> None:
    answer = put(staff, {**STANDARD, "percent": percent})

    assert (answer.status, answer.json["errors"][0]["pointer"]) == (422, "/items/0/percent")


@pytest.mark.parametrize("percent", ["0", "100", "0.5", "7.125", "15.00"])
def test_percentages_have_up_to_three_digits_after_the_point(staff: Client, percent: str) -> None:
    assert put(staff, {**STANDARD, "percent": percent}).json["items"][0]["percent"] == percent


@pytest.mark.parametrize(
    ("code", "rules"),
    [
        ("repeated", [STANDARD, {**STANDARD, "percent": "10"}]),
        ("area_without_country", [{"tax_class": "standard", "percent": "1", "region": "oromia"}]),
        ("region_unknown", [{**STANDARD, "region": "Oromia"}]),
        ("string_pattern_mismatch", [{**STANDARD, "tax_class": "luxury"}]),
    ],
)
def test_rules_that_leave_open_which_one_counts_are_refused(
    staff: Client, code: str, rules: list[dict[str, Any]]
) -> None:
    assert [each["code"] for each in put(staff, *rules).json["errors"]] == [code]


def test_only_who_manages_prices_sees_tax_rates(reader: Client) -> None:
    assert reader.get("/tax-rates").status == 401


def test_reading_and_keeping_cost_a_call_and_a_transaction(aws: Account, staff: Client) -> None:
    put(staff)
    with recording(aws.dynamodb) as kept:
        put(staff, STANDARD)

    assert kept.operations == ["GetItem", "GetItem", "TransactWriteItems"]
