"""How are exchange rates read and kept?"""

from typing import Any

import pytest

from chalicelib.core import clock
from tests.pricing.conftest import rates_of
from tests.support.account import Account
from tests.support.calling import Client
from tests.support.recorded_calls import recording


def keep(staff: Client, **rates: str | None) -> Any:
    """Keep these rates, from what is there now."""
    tag = staff.get("/exchange-rates").headers["etag"]
    return staff.patch("/exchange-rates", {"rates": rates}, if_match=tag)


def test_a_new_shop_knows_no_rates(reader: Client) -> None:
    answer = reader.get("/exchange-rates")

    assert (answer.status, answer.json) == (200, {"base": "ETB", "items": [], "next_cursor": None})
    assert answer.headers["cache-control"].startswith("public, max-age=")


def test_what_staff_keep_is_told_with_its_time_and_origin(staff: Client, reader: Client) -> None:
    before = clock.now().isoformat()

    changed = keep(staff, USD="0.0069", DJF="1.2249")

    assert changed.status == 200, changed.text
    djf, usd = reader.get("/exchange-rates").json["items"]
    assert (usd["currency"], usd["rate"], usd["origin"]) == ("USD", "0.0069", "staff")
    assert before <= usd["as_of"].replace("Z", "+00:00")
    assert djf["rate"] == "1.2249"


def test_what_staff_let_go_of_is_unknown(staff: Client, reader: Client) -> None:
    keep(staff, USD="0.0069", KES="0.89")

    keep(staff, USD=None)

    assert rates_of(reader) == {"KES": ("0.89", "staff")}


def test_nobody_overwrites_what_they_have_not_seen(staff: Client) -> None:
    seen = staff.get("/exchange-rates").headers["etag"]
    keep(staff, USD="0.0069")

    late = staff.patch("/exchange-rates", {"rates": {"USD": "0.007"}}, if_match=seen)
    blind = staff.patch("/exchange-rates", {"rates": {"USD": "0.007"}})

    assert (late.status, blind.status) == (412, 428)


def test_the_shops_own_currency_has_no_rate(staff: Client) -> None:
    answer = keep(staff, ETB="1")

    assert (answer.status, answer.code, answer.json["currency"]) == (409, "rate_of_own_currency", "ETB")


@pytest.mark.parametrize("rate", ["0", "0.0", "-1", "1e3", "1000000", "NaN", "", "1.", ".5", "0.0000000001", "٣"])
def test_what_is_no_rate_is_refused(staff: Client, rate: str) -> None:
    answer = keep(staff, USD=rate)

    assert (answer.status, answer.json["errors"][0]["pointer"]) == (422, "/rates/USD")


@pytest.mark.parametrize("rates", [{}, {"GBP": "1"}, {"USD": 1}])
def test_what_is_no_change_of_rates_is_refused(staff: Client, rates: dict[str, Any]) -> None:
    assert staff.patch("/exchange-rates", {"rates": rates}, if_match='"0.a"').status == 422


def test_reading_and_keeping_cost_a_call_and_a_transaction(aws: Account, staff: Client, reader: Client) -> None:
    keep(staff, KES="0.89")
    with recording(aws.dynamodb) as read:
        tag = reader.get("/exchange-rates").headers["etag"]
    with recording(aws.dynamodb) as kept:
        staff.patch("/exchange-rates", {"rates": {"USD": "0.0069"}}, if_match=tag)

    assert read.operations == ["GetItem"]
    assert kept.operations == ["GetItem", "TransactWriteItems"]


def test_rates_of_another_currency_are_of_no_use(
    staff: Client, reader: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(staff, USD="0.0069")

    monkeypatch.setenv("SHOP_CURRENCY", "KES")

    assert reader.get("/exchange-rates").json == {"base": "KES", "items": [], "next_cursor": None}
    assert keep(staff, ETB="1.12").status == 200
