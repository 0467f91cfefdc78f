"""How do staff plan deliveries, and what is everybody told of them?"""

from datetime import datetime
from typing import Any
from urllib.parse import quote

import pytest

from chalicelib.core import clock
from chalicelib.core.storage.table import find_many
from chalicelib.shipping import service as shipping
from chalicelib.shipping.rules import Destination, MethodKind, Plan
from tests.shipping.builders import WEDNESDAY, a_method_draft, a_zone_draft, money
from tests.support.account import Account
from tests.support.calling import Client, Response
from tests.support.recorded_calls import recording

ADDIS = {"country": "ET", "region": "addis_ababa"}
PICKUP = {"kind": "pickup", "charge": money(0), "place": {"en": "Bole Road 1", "am": "ቦሌ መንገድ 1"}}


def put(staff: Client, *zones: dict[str, Any], **given: Any) -> Response:
    """Plan these zones, from what is there now."""
    tag = staff.get("/shipping-plan").headers["etag"]
    return staff.call("PUT", "/shipping-plan", {"zones": list(zones), **given}, if_match=tag)


def plan_now() -> Plan:
    """The plan as a checkout reads it."""
    return shipping.plan_from(next(iter(find_many([shipping.plan_key()])), None))


def at(moment: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: moment)


def test_a_new_shop_delivers_everywhere_for_one_charge(staff: Client, reader: Client) -> None:
    plan, options = staff.get("/shipping-plan"), reader.get("/delivery-options?country=KE&city=Nairobi")

    assert (plan.status, plan.json["is_built_in"], plan.json["currency"]) == (200, True, "ETB")
    assert plan.json["zones"][0]["areas"] == [{"country": None, "region": "", "city": ""}]
    (option,) = options.json["items"]
    assert (option["kind"], option["charge"], option["earliest_on"]) == ("flat", money(150), None)


def test_what_staff_plan_is_what_shoppers_are_offered(staff: Client, reader: Client) -> None:
    centre = a_zone_draft(
        "addis",
        ADDIS,
        methods=[a_method_draft(free_over=money(3_000)), a_method_draft("pickup", **PICKUP)],
    )

    made = put(staff, centre, a_zone_draft("abroad", {}))

    assert made.status == 200, made.text
    assert (made.json["is_built_in"], made.json["zones"][0]["methods"][1]["place"]["en"]) == (False, "Bole Road 1")
    pickup, courier = reader.get("/delivery-options?region=addis_ababa&value_minor=299999").json["items"]
    assert (pickup["place"], pickup["charge"], pickup["free_over"]) == ("Bole Road 1", money(0), None)
    assert (courier["charge"], courier["free_over"]) == (money(150), money(3_000))
    free = reader.get("/delivery-options?region=addis_ababa&value_minor=300000").json["items"]
    assert [each["charge"] for each in free] == [money(0), money(0)]
    assert {each["free_over"] and each["free_over"]["amount"] for each in free} == {None}


@pytest.mark.parametrize(
    "where",
    ["city=Addis Ababa", "city=አዲስ አበባ", "region=Addis Ababa&city=Bole", "region=ADDIS_ABABA", "region=አዲስ አበባ"],
)
def test_a_region_of_ethiopia_is_known_as_a_cart_knows_it(staff: Client, reader: Client, where: str) -> None:
    put(staff, a_zone_draft("addis", ADDIS), a_zone_draft("abroad", {}, methods=[a_method_draft("post")]))

    (option,) = reader.get("/delivery-options?" + quote(where, safe="=&")).json["items"]

    assert option["method_id"] == "courier"


def test_a_region_elsewhere_is_what_is_told(staff: Client, reader: Client) -> None:
    put(staff, a_zone_draft("addis", ADDIS))

    assert reader.get("/delivery-options?country=KE&city=Addis%20Ababa").json["items"] == []


def test_options_are_named_in_the_readers_language(staff: Client, reader: Client) -> None:
    put(staff, a_zone_draft("addis", ADDIS, methods=[a_method_draft("pickup", **PICKUP)]))

    (option,) = reader.get("/delivery-options?region=addis_ababa", accept_language="am").json["items"]

    assert (option["name"], option["place"]) == ("ማድረሻ", "ቦሌ መንገድ 1")


def test_what_a_plan_says_is_read_back_as_it_was_sent(staff: Client) -> None:
    by_weight = {
        "kind": "by_weight",
        "bands": [{"up_to_grams": 1_000, "charge": money(200)}, {"charge": money(500)}],
        "promise": {"days_from": 2, "days_to": 5},
    }
    by_value = {"kind": "by_value", "bands": [{"up_to_value": money(1_000), "charge": money(90)}]}
    calendar = {"closed_weekdays": ["sunday"], "holidays": ["2027-01-07"], "cut_off_hour": 16}
    methods = [a_method_draft("bus", **by_weight), a_method_draft("insured", **by_value)]
    put(staff, a_zone_draft("oromia", {"country": "ET", "region": "oromia", "city": " Adama "}, methods=methods))
    put(staff, *staff.get("/shipping-plan").json["zones"], calendar=calendar)

    told = staff.get("/shipping-plan").json

    assert told["zones"][0]["areas"] == [{"country": "ET", "region": "oromia", "city": "Adama"}]
    bus, insured = told["zones"][0]["methods"]
    assert [(each["up_to_grams"], each["charge"]) for each in bus["bands"]] == [(1_000, money(200)), (None, money(500))]
    assert (bus["promise"], insured["bands"][0]["up_to_value"]) == ({"days_from": 2, "days_to": 5}, money(1_000))
    assert told["calendar"] == calendar


def test_nothing_is_offered_where_nobody_delivers_and_the_reader_is_told_why(staff: Client, reader: Client) -> None:
    bands = [{"up_to_grams": 1_000, "charge": money(200)}]
    put(staff, a_zone_draft("addis", ADDIS, methods=[a_method_draft("bus", kind="by_weight", bands=bands)]))

    nowhere = reader.get("/delivery-options?region=tigray").json
    too_heavy = reader.get("/delivery-options?region=addis_ababa&weight_grams=1001").json

    assert (nowhere["items"], nowhere["no_delivery_reason"]) == ([], "place_not_served")
    assert (too_heavy["items"], too_heavy["no_delivery_reason"]) == ([], "parcel_not_taken")


def test_caches_keep_what_is_promised_no_longer_than_it_holds(
    staff: Client, reader: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    promise = {"days_from": 0, "days_to": 1}
    put(staff, a_zone_draft("addis", ADDIS, methods=[a_method_draft(promise=promise)]), calendar={"cut_off_hour": 16})
    at(WEDNESDAY.replace(hour=12, minute=59, second=40), monkeypatch)

    before = reader.get("/delivery-options?region=addis_ababa")
    at(WEDNESDAY.replace(hour=13), monkeypatch)
    after = reader.get("/delivery-options?region=addis_ababa")

    assert before.headers["cache-control"] == "public, max-age=20, stale-while-revalidate=0"
    assert [answer.json["items"][0]["earliest_on"] for answer in (before, after)] == ["2026-11-25", "2026-11-26"]
    assert after.headers["cache-control"].startswith("public, max-age=60,")


def test_nobody_overwrites_a_plan_that_they_have_not_seen(staff: Client) -> None:
    seen = staff.get("/shipping-plan").headers["etag"]
    put(staff, a_zone_draft("addis", ADDIS))

    late = staff.call("PUT", "/shipping-plan", {"zones": [a_zone_draft("late")]}, if_match=seen)
    blind = staff.call("PUT", "/shipping-plan", {"zones": [a_zone_draft("blind")]})

    assert (late.status, blind.status) == (412, 428)
    assert [zone["id"] for zone in staff.get("/shipping-plan").json["zones"]] == ["addis"]


def test_only_those_who_plan_deliveries_see_and_change_the_plan(reader: Client) -> None:
    assert reader.get("/shipping-plan").status == 401
    assert reader.call("PUT", "/shipping-plan", {"zones": [a_zone_draft("addis")]}, if_match='"0.a"').status == 401


MISTAKES = [
    ("/zones/0/areas/0", "area_without_country", a_zone_draft("addis", {"city": "Addis Ababa"})),
    ("/zones/0/areas/0", "region_unknown", a_zone_draft("addis", {"country": "ET", "region": "Addis Ababa"})),
    ("/zones/0/methods", "repeated", a_zone_draft("addis", methods=[a_method_draft(), a_method_draft()])),
    ("/zones/0/methods/0/charge", "greater_than_equal", a_zone_draft("a", methods=[a_method_draft(charge=money(-1))])),
    ("/zones/0/methods/0", "charge_or_bands", a_zone_draft("a", methods=[a_method_draft(charge=None)])),
    ("/zones/0/methods/0", "charge_or_bands", a_zone_draft("a", methods=[a_method_draft(kind="by_weight")])),
    ("/zones/0/methods/0", "place_of_pickup", a_zone_draft("a", methods=[a_method_draft(place={"en": "Bole"})])),
    ("/zones/0/methods/0", "place_of_pickup", a_zone_draft("a", methods=[a_method_draft(kind="pickup")])),
    (
        "/zones/0/methods/0/promise",
        "ends_before_it_begins",
        a_zone_draft("a", methods=[a_method_draft(promise={"days_from": 2, "days_to": 1})]),
    ),
]


@pytest.mark.parametrize(("pointer", "code", "zone"), MISTAKES, ids=[f"{code} {at}" for at, code, _ in MISTAKES])
def test_what_is_no_plan_is_refused_where_it_is_wrong(
    staff: Client, pointer: str, code: str, zone: dict[str, Any]
) -> None:
    answer = put(staff, zone)

    assert answer.status == 422, answer.text
    assert [(each["pointer"], each["code"]) for each in answer.json["errors"]] == [(pointer, code)]


@pytest.mark.parametrize(
    ("code", "limits"),
    [
        ("bands_not_ascending", [{"up_to_grams": 1_000}, {"up_to_grams": 1_000}]),
        ("bands_not_ascending", [{"up_to_grams": 2_000}, {"up_to_grams": 1_000}, {}]),
        ("band_without_limit", [{}, {"up_to_grams": 1_000}]),
        ("band_without_limit", [{"up_to_grams": 1_000, "up_to_value": money(5)}]),
        ("band_without_limit", [{"up_to_value": money(5)}, {}]),
    ],
)
def test_bands_that_leave_open_which_one_counts_are_refused(
    staff: Client, code: str, limits: list[dict[str, Any]]
) -> None:
    bands = [{**limit, "charge": money(100)} for limit in limits]

    answer = put(staff, a_zone_draft("a", methods=[a_method_draft("bus", kind="by_weight", bands=bands)]))

    assert [each["code"] for each in answer.json["errors"]] == [code]


def test_bands_by_value_ascend_too(staff: Client) -> None:
    bands = [{"up_to_value": money(amount), "charge": money(50)} for amount in (1_000, 1_000)]

    answer = put(staff, a_zone_draft("a", methods=[a_method_draft("insured", kind="by_value", bands=bands)]))

    assert [each["code"] for each in answer.json["errors"]] == ["bands_not_ascending"]


def test_a_place_lies_in_one_zone_only(staff: Client) -> None:
    city = {"country": "ET", "city": "Addis Ababa"}

    answer = put(staff, a_zone_draft("centre", city), a_zone_draft("north", {**city, "city": " addis  ababa"}))

    (error,) = answer.json["errors"]
    assert (answer.status, error["code"]) == (422, "zones_overlap")
    assert error["detail"] == "addis ababa, ET lies in the zone centre and in north. Name it once."


def test_charges_are_in_the_shops_currency(staff: Client) -> None:
    answer = put(staff, a_zone_draft("abroad", {}, methods=[a_method_draft(charge=money(40, "USD"))]))

    assert (answer.status, answer.code) == (409, "shipping_currency_foreign")
    assert (answer.json["zone_id"], answer.json["currency"]) == ("abroad", "ETB")


def test_a_plan_stays_small(staff: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHIPPING_PLAN_LIMIT_BYTES", "600")

    fits = put(staff, a_zone_draft("addis", ADDIS))
    too_large = put(staff, a_zone_draft("addis", ADDIS), a_zone_draft("abroad", {}))

    assert (fits.status, too_large.status, too_large.code) == (200, 409, "shipping_plan_too_large")
    assert too_large.json["size_bytes"] > too_large.json["limit_bytes"] == 600


@pytest.mark.parametrize("query", ["country=Ethiopia", "weight_grams=-1", "value_minor=1.5", "where=here"])
def test_what_is_no_question_is_refused(reader: Client, query: str) -> None:
    assert reader.get(f"/delivery-options?{query}").status == 422


def test_a_checkout_reads_the_plan_as_it_is_now(staff: Client) -> None:
    assert plan_now().zones[0].methods[0].kind is MethodKind.FLAT

    put(staff, a_zone_draft("addis", ADDIS, methods=[a_method_draft("pickup", **PICKUP)]))

    plan = plan_now()
    assert plan.utc_offset_minutes == 180
    assert plan.zone_for(Destination("ET", "addis_ababa")) == plan.zones[0]


def test_a_plan_in_another_currency_than_the_shops_is_of_no_use(staff: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    put(staff, a_zone_draft("addis", ADDIS))

    monkeypatch.setenv("SHOP_CURRENCY", "KES")

    assert plan_now().zones[0].methods[0].charge.currency == "KES"
    assert staff.get("/shipping-plan").json["currency"] == "ETB"


def test_reading_and_planning_cost_a_call_and_a_transaction(aws: Account, staff: Client, reader: Client) -> None:
    put(staff, a_zone_draft("addis", ADDIS))
    with recording(aws.dynamodb) as asked:
        reader.get("/delivery-options?region=addis_ababa")
    with recording(aws.dynamodb) as asked_again:
        reader.get("/delivery-options?region=oromia")
    with recording(aws.dynamodb) as planned:
        put(staff, a_zone_draft("oromia", {"country": "ET", "region": "oromia"}))

    assert (asked.operations, asked_again.operations) == (["GetItem"], [])
    assert planned.operations == ["GetItem", "GetItem", "TransactWriteItems"]


def test_the_process_that_planned_shows_it_at_once_and_others_soon(
    staff: Client, reader: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    at(WEDNESDAY, monkeypatch)
    assert reader.get("/delivery-options?region=tigray").json["items"] != []

    put(staff, a_zone_draft("addis", ADDIS))

    assert reader.get("/delivery-options?region=tigray").json["items"] == []
