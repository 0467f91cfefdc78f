"""What do the plan and the tax rates cost whoever reads them, and how large can they become?"""

import pytest

from chalicelib.core import holding
from chalicelib.core.storage import connection
from chalicelib.core.storage.key import Key
from chalicelib.core.storage.table import find_many
from chalicelib.pricing import service as pricing
from chalicelib.shipping import service as shipping
from functions.api.pricing import app as pricing_app
from infra.local.demo_shop.delivering import read_plan, read_tax_rates
from tests.support.account import Account
from tests.support.calling import Client
from tests.support.capacity import item_bytes
from tests.support.recorded_calls import recording
from tests.support.tokens import token_for

RATES_BYTES = 42_000
# Where control characters are refused, this letter is the dearest: four bytes in UTF-8.
DEAREST = "\U0001e7e0"


@pytest.fixture
def keeper(aws: Account) -> Client:
    """Return somebody who keeps tax rates."""
    return Client(pricing_app).signed_with(token_for(permissions=["prices.manage"]))


@pytest.fixture
def demo(staff: Client, keeper: Client) -> None:
    """Give the shop what the demo shop has."""
    assert staff.call("PUT", "/shipping-plan", read_plan(), if_match='"0.a"').status == 200
    assert keeper.call("PUT", "/tax-rates", read_tax_rates(), if_match='"0.a"').status == 200


def stored_bytes(key: Key) -> int:
    return item_bytes(connection.table().get_item(key.pk, key.sk)["Item"])


@pytest.mark.usefixtures("demo")
def test_a_checkout_reads_both_by_one_call_and_three_units(aws: Account) -> None:
    with recording(aws.dynamodb) as read:
        found = {item.key: item for item in find_many([shipping.plan_key(), pricing.tax_rates_key()])}

    assert (read.operations, read.read_units) == (["BatchGetItem"], 3)
    assert len(shipping.plan_from(found[shipping.plan_key()]).zones) == len(read_plan()["zones"])
    assert len(pricing.tax_rates_from(found[pricing.tax_rates_key()]).rules) == len(read_tax_rates()["items"])


def test_a_shop_without_either_pays_a_unit_each_for_looking(aws: Account) -> None:
    with recording(aws.dynamodb) as read:
        assert find_many([shipping.plan_key(), pricing.tax_rates_key()]) == []

    assert (read.count, read.read_units) == (1, 2)


@pytest.mark.usefixtures("demo")
def test_options_cost_two_units_a_minute_and_process(aws: Account, reader: Client) -> None:
    holding.forget()
    with recording(aws.dynamodb) as first:
        reader.get("/delivery-options?region=addis_ababa")
    with recording(aws.dynamodb) as others:
        for region in ("oromia", "tigray", "amhara"):
            reader.get(f"/delivery-options?region={region}")

    assert (first.operations, first.read_units, others.count) == (["GetItem"], 2, 0)


def test_tax_rates_stay_small_however_regions_are_called(keeper: Client) -> None:
    longest = [
        {"tax_class": "standard", "percent": "15.125", "country": "KE", "region": f"{DEAREST * 78}{number:02}"}
        for number in range(100)
    ]

    fits = keeper.call("PUT", "/tax-rates", {"items": longest}, if_match='"0.a"')
    one_more = {**longest[0], "country": "DJ"}
    too_many = keeper.call("PUT", "/tax-rates", {"items": [*longest, one_more]}, if_match='"1.a"')
    too_long = keeper.call("PUT", "/tax-rates", {"items": [{**longest[0], "region": "a" * 81}]}, if_match='"1.a"')

    assert (fits.status, too_many.status, too_long.status) == (200, 422, 422), fits.text
    assert stored_bytes(pricing.tax_rates_key()) < RATES_BYTES


def test_a_plan_at_its_limit_is_stored_within_it(staff: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    cities = [{"country": "ET", "city": f"{DEAREST * 70}{number:03}"} for number in range(100)]
    method = {"id": "a", "kind": "flat", "name": {"en": "A"}, "charge": {"amount": 1, "currency": "ETB"}}

    answer = staff.call(
        "PUT",
        "/shipping-plan",
        {"zones": [{"id": "cities", "name": {"en": "Cities"}, "areas": cities[:90], "methods": [method]}]},
        if_match='"0.a"',
    )

    assert answer.status == 200, answer.text
    assert stored_bytes(shipping.plan_key()) < 32_500
