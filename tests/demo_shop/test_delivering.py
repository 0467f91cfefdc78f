"""Does the demo shop deliver as somebody in Addis Ababa would expect, and is its plan put only where there is none?"""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from pydantic import TypeAdapter

from chalicelib.addresses.enums import Region
from chalicelib.pricing.rules import TaxRates, TaxRule, percent_for
from chalicelib.pricing.schemas import TaxRatesDraft
from chalicelib.shipping.rules import Calendar, DeliveryOption, Destination, Parcel, Plan, Zone, options
from chalicelib.shipping.schemas import PlanDraft
from infra.local.demo_shop.delivering import plan_delivery, read_plan, read_tax_rates
from infra.local.demo_shop.shop import read_shop
from infra.local.demo_shop.wire import Api
from tests.demo_shop.shop_on_the_wire import TOKEN, ShopOnTheWire, opened
from tests.shipping.builders import EAST_AFRICA_MINUTES, WEDNESDAY, birr

ADDIS, BAHIR_DAR = Destination("ET", "addis_ababa", "Addis Ababa"), Destination("ET", "amhara", "Bahir Dar")


@pytest.fixture(scope="module")
def plan() -> Plan:
    sent = PlanDraft.model_validate_json(_json(read_plan())).model_dump(exclude_none=True)
    zones = TypeAdapter(tuple[Zone, ...]).validate_python(sent["zones"])
    return Plan(zones, TypeAdapter(Calendar).validate_python(sent["calendar"]), EAST_AFRICA_MINUTES)


def _json(body: object) -> bytes:
    return TypeAdapter(object).dump_json(body)


def offered(
    plan: Plan, destination: Destination, *, grams: int = 900, worth: int = 700, now: datetime = WEDNESDAY
) -> dict[str, DeliveryOption]:
    found = options(plan, destination, Parcel(grams, birr(worth)), now=now)
    return {each.method_id: each for each in found}


def test_a_courier_in_addis_ababa_costs_150_birr_and_nothing_from_3000_on(plan: Plan) -> None:
    assert offered(plan, ADDIS, worth=2_999)["courier"].charge == birr(150)
    assert offered(plan, ADDIS, worth=3_000)["courier"].charge == birr(0)


@pytest.mark.parametrize("city", ["Addis Ababa", "addis abeba ", "አዲስ አበባ"])
def test_addis_ababa_is_known_by_its_city_alone(plan: Plan, city: str) -> None:
    assert set(offered(plan, Destination("ET", city=city))) == {"courier", "motorbike", "pickup-bole"}


def test_what_is_ordered_in_the_morning_comes_by_motorbike_the_same_day(plan: Plan) -> None:
    morning, evening = WEDNESDAY, WEDNESDAY.replace(hour=12)

    assert offered(plan, ADDIS, now=morning)["motorbike"].latest_on == "2026-11-25"
    assert offered(plan, ADDIS, now=evening)["motorbike"].latest_on == "2026-11-26"


def test_nobody_delivers_at_genna(plan: Plan) -> None:
    before_genna = datetime(2027, 1, 6, 6, 0, tzinfo=UTC)

    assert offered(plan, ADDIS, now=before_genna)["courier"].earliest_on == "2027-01-08"


def test_regions_are_reached_by_bus_and_by_post_by_weight(plan: Plan) -> None:
    light, heavy = offered(plan, BAHIR_DAR, grams=400), offered(plan, BAHIR_DAR, grams=22_000)

    assert [each.charge for each in light.values()] == [birr(140), birr(180)]
    assert {name: each.charge for name, each in heavy.items()} == {"bus": birr(950)}


@pytest.mark.parametrize("region", [*Region, "", "unknown"])
def test_every_place_in_ethiopia_is_served_whatever_the_demo_shop_sells(plan: Plan, region: str) -> None:
    weights = [variant.weight_grams for product in read_shop().products for variant in product.variants]

    assert offered(plan, Destination("ET", region, "Somewhere"), grams=max(weights))


@pytest.mark.parametrize("country", ["KE", "US", "AU"])
def test_all_other_countries_are_reached_too(plan: Plan, country: str) -> None:
    assert offered(plan, Destination(country))["ems"].charge.minor > birr(2_000).minor


def test_what_leaves_the_country_is_free_of_tax_and_books_are_anywhere() -> None:
    sent = TaxRatesDraft.model_validate_json(_json(read_tax_rates()))
    rules = tuple(TaxRule(each.tax_class, each.percent, each.country or "", each.region) for each in sent.items)
    rates = TaxRates(rules, standard_percent=Decimal(15))

    assert (percent_for(rates, "standard", ADDIS), percent_for(rates, "standard", Destination("US"))) == (15, 0)
    assert percent_for(rates, "zero", ADDIS) == 0
    assert {each.tax_class for each in read_shop().products if each.category_ids == ("books",)} == {"zero"}


def test_an_empty_shop_gets_the_plan_and_keeps_what_staff_made_of_it() -> None:
    server, said = ShopOnTheWire(), []
    with opened(server) as url:
        plan_delivery(Api(url, TOKEN), said.append)
        assert (server.plan, server.tax_rates) == (read_plan(), read_tax_rates())

        server.plan["zones"], server.tax_rates["items"] = [], [{"tax_class": "zero", "percent": "0"}]
        plan_delivery(Api(url, TOKEN), said.append)

    assert server.plan["zones"] == []
    assert server.posts == ["/shipping-plan", "/tax-rates"]
