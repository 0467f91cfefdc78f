"""Do staff see what a cart would cost, by the same quote as shoppers, and why a promotion would not count?"""

from typing import Any

import pytest

from chalicelib.pricing import service as pricing
from chalicelib.promotions import service as promotions
from chalicelib.promotions.rules import Claims
from functions.api.shipping import app as shipping_app
from tests.catalog.builders import a_category, a_product, a_variant, a_vendor
from tests.promotions.defining import a_coupon, a_draft, a_promotion
from tests.shipping.builders import a_method_draft, a_zone_draft
from tests.support.account import Account
from tests.support.calling import Client
from tests.support.recorded_calls import recording
from tests.support.tokens import token_for

COFFEE, GABI = "COFFEE-250", "GABI-WHITE"


@pytest.fixture
def staff(staff: Client) -> Client:
    """Return somebody who keeps promotions of a shop with coffee for 350 birr and a gabi for 1,800."""
    a_vendor()
    a_category("drinks")
    a_category("coffee", within="drinks")
    a_category("weaving")
    a_product(category_ids=["coffee"], variants=[a_variant(COFFEE, price=350)])
    a_product(category_ids=["weaving"], variants=[a_variant(GABI, price=1800)])
    return staff


def preview(staff: Client, quantity: int = 1, **members: Any) -> dict[str, Any]:
    answer = staff.post("/promotion-previews", {"lines": [{"sku": COFFEE, "quantity": quantity}], **members})
    assert answer.status == 200, answer.text
    found: dict[str, Any] = answer.json
    return found


def applied(found: dict[str, Any]) -> list[tuple[str | None, int]]:
    return [(each["code"], each["amount"]["amount"]) for each in found["quote"]["applied"]]


def reasons(found: dict[str, Any]) -> dict[str, str]:
    return {each["code"] or each["promotion_id"]: each["reason"] for each in found["passed_over"]}


def test_a_cart_costs_what_its_goods_cost_less_what_promotions_give(staff: Client) -> None:
    a_promotion(is_automatic=True)

    found = preview(staff, 2)

    assert found["quote"]["totals"]["subtotal"]["amount"] == 70_000
    assert found["quote"]["totals"]["discount"]["amount"] == 7_000
    assert applied(found) == [(None, 7_000)]
    assert (found["quote"]["delivery"], found["passed_over"]) == (None, [])


def test_where_goods_go_the_ways_of_delivery_are_told(staff: Client) -> None:
    a_promotion(is_automatic=True, discount={"kind": "free_shipping"})

    found = preview(staff, destination={"country": "ET", "city": "Adama"})

    (option,) = found["delivery_options"]
    assert option["charge"]["amount"] == 15_000
    assert found["quote"]["totals"]["shipping"]["amount"] == 0
    assert applied(found) == [(None, 15_000)]


def test_a_city_that_is_a_region_is_delivered_to_as_from_a_cart(staff: Client) -> None:
    planner = Client(shipping_app).signed_with(token_for(permissions=["shipping.manage"]))
    in_addis = a_zone_draft("addis", {"country": "ET", "region": "addis_ababa"}, methods=[a_method_draft("bike")])
    tag = planner.get("/shipping-plan").headers["etag"]
    assert planner.call("PUT", "/shipping-plan", {"zones": [in_addis]}, if_match=tag).status == 200

    found = preview(staff, destination={"country": "ET", "city": "Addis Ababa"})

    assert [each["method_id"] for each in found["delivery_options"]] == ["bike"]


def test_the_way_of_delivery_that_is_chosen_is_quoted(staff: Client) -> None:
    planner = Client(shipping_app).signed_with(token_for(permissions=["shipping.manage"]))
    methods = [a_method_draft("bus"), a_method_draft("courier", charge={"amount": 90_000, "currency": "ETB"})]
    tag = planner.get("/shipping-plan").headers["etag"]
    planner.call("PUT", "/shipping-plan", {"zones": [a_zone_draft("all", {}, methods=methods)]}, if_match=tag)

    found = preview(staff, destination={"country": "ET"}, delivery_method_id="courier")
    unknown = preview(staff, destination={"country": "ET"}, delivery_method_id="drone")

    assert found["quote"]["totals"]["shipping"]["amount"] == 90_000
    assert unknown["quote"]["delivery"] is None


def test_a_cart_is_previewed_in_the_currency_that_it_is_paid_in(staff: Client) -> None:
    pricing.change_rates({"USD": "0.01"}, if_version=None)
    a_promotion(is_automatic=True)

    found = preview(staff, 2, currency="USD")

    assert found["quote"]["totals"]["subtotal"] == {"amount": 700, "currency": "USD"}
    assert applied(found) == [(None, 70)]


def test_a_currency_that_nobody_can_pay_in_is_refused_as_by_a_cart(staff: Client) -> None:
    answer = staff.post("/promotion-previews", {"lines": [{"sku": COFFEE, "quantity": 1}], "currency": "KES"})

    assert (answer.status, answer.code, answer.json["currencies"]) == (409, "currency_not_charged", ["ETB", "USD"])


def test_who_buys_may_have_used_a_code_already(aws: Account, staff: Client) -> None:
    a_coupon("ONCE", limits={"uses_per_customer": 1})
    claims = promotions.candidates(["ONCE"]).claims
    promotions.take("res_1", Claims(claims, promotions.subjects_of("usr_HANA", "hana@example.com")))

    somebody = preview(staff, codes=["ONCE"], email="dawit@example.com")
    by_account, by_mail = (
        preview(staff, codes=["ONCE"], **buyer)
        for buyer in ({"customer_id": "usr_HANA"}, {"email": "Hana@example.com"})
    )

    assert reasons(somebody) == {}
    assert reasons(by_account) == reasons(by_mail) == {"ONCE": "limit_reached"}


def test_a_scope_holds_what_lies_in_its_categories(staff: Client) -> None:
    for category in ("drinks", "weaving"):
        a_promotion(is_automatic=True, scope={"category_ids": [category]}, is_stackable=True)

    found = preview(staff)

    assert applied(found) == [(None, 3_500)]
    assert list(reasons(found).values()) == ["out_of_scope"]


def test_each_code_that_does_not_count_has_a_reason_in_words(staff: Client) -> None:
    a_coupon("DEAR", minimum_spend={"amount": 100_000, "currency": "ETB"})
    ended = a_coupon("ENDED")
    promotions.end_promotion(ended.promotion_id, if_version=None)

    found = preview(staff, codes=["dear", "ENDED", "NONE"])

    assert reasons(found) == {"NONE": "unknown", "ENDED": "over", "DEAR": "minimum_not_reached"}
    assert "This code counts from 1000.00 ETB on." in {each["detail"] for each in found["passed_over"]}
    amharic = staff.post(
        "/promotion-previews", {"lines": [{"sku": COFFEE, "quantity": 1}], "codes": ["NONE"]}, accept_language="am"
    )
    assert amharic.json["passed_over"][0]["detail"] == "እንዲህ ያለ ኮድ የለም።"


def test_another_moment_has_other_promotions(staff: Client) -> None:
    a_promotion(is_automatic=True, starts_at="2031-01-01T00:00:00Z", ends_at="2031-01-02T00:00:00Z")

    assert applied(preview(staff)) == []
    assert applied(preview(staff, at="2031-01-01T00:00:00Z")) == [(None, 3_500)]
    assert applied(preview(staff, at="2031-01-02T00:00:00Z")) == []


@pytest.mark.parametrize(("is_automatic", "code"), [(True, None), (False, "DRAFT")])
def test_a_promotion_is_tried_before_it_is_defined(staff: Client, is_automatic: bool, code: str | None) -> None:
    weaker = a_promotion(is_automatic=True)
    half = {"kind": "percentage", "percent": "50"}

    found = preview(staff, promotion=a_draft(is_automatic=is_automatic, discount=half, priority=9))

    assert applied(found) == [(code, 17_500)]
    assert reasons(found) == {weaker.promotion_id: "not_stackable"}
    assert len(staff.get("/promotions").json["items"]) == 1


def test_goods_cost_what_they_do_at_that_moment(staff: Client) -> None:
    sale = {"price": {"amount": 30_000, "currency": "ETB"}, "starts_at": "2031-01-01T00:00:00Z"}
    a_product(category_ids=["coffee"], variants=[a_variant("ON-SALE", price=350, sale=sale)])
    lines = [{"sku": "ON-SALE", "quantity": 1}]

    assert preview(staff, lines=lines)["quote"]["totals"]["subtotal"]["amount"] == 35_000
    found = preview(staff, lines=lines, at="2031-01-01T00:00:00Z")
    assert found["quote"]["totals"]["subtotal"]["amount"] == 30_000


@pytest.mark.parametrize(("at", "why"), [("2031-01-01T00:00:00Z", "not_yet"), ("2031-02-02T00:00:00Z", "over")])
@pytest.mark.parametrize(("is_automatic", "code"), [(True, None), (False, "DRAFT")])
def test_a_tried_promotion_that_does_not_run_then_says_so(
    staff: Client, at: str, why: str, is_automatic: bool, code: str | None
) -> None:
    tried = a_draft(is_automatic=is_automatic, starts_at="2031-02-01T00:00:00Z", ends_at="2031-02-02T00:00:00Z")

    found = preview(staff, at=at, promotion=tried)

    (told,) = found["passed_over"]
    assert (told["code"], told["name"], told["reason"]) == (code, "New year", why)
    assert applied(found) == []


@pytest.mark.parametrize(
    ("members", "code"),
    [
        ({"discount": {"kind": "fixed", "amount": {"amount": 100, "currency": "USD"}}}, "promotion_currency"),
        ({"minimum_spend": {"amount": 100, "currency": "USD"}}, "promotion_currency"),
        ({"limits": {"uses": 1}}, "promotion_automatic"),
    ],
)
def test_what_cannot_be_defined_cannot_be_tried(staff: Client, members: dict[str, Any], code: str) -> None:
    tried = a_draft(is_automatic=True, **members)

    answer = staff.post("/promotion-previews", {"lines": [{"sku": COFFEE, "quantity": 1}], "promotion": tried})

    assert (answer.status, answer.code) == (409, code)


def test_nothing_is_written_by_looking(aws: Account, staff: Client) -> None:
    a_coupon("ONCE", uses=1)

    with recording(aws.dynamodb) as calls:
        preview(staff, codes=["ONCE"])

    reads = ("GetItem", "BatchGetItem", "Query")
    # The note that staff did something is all that is put.
    assert [each for each in calls.operations if each not in reads] == ["PutItem"]
    assert applied(preview(staff, codes=["ONCE"])) == [("ONCE", 3_500)]


def test_what_cannot_be_bought_cannot_be_previewed(staff: Client) -> None:
    answer = staff.post("/promotion-previews", {"lines": [{"sku": "NOTHING", "quantity": 1}]})

    assert (answer.status, answer.code, answer.json["skus"]) == (409, "preview_not_for_sale", ["NOTHING"])


def test_a_line_is_given_once(staff: Client) -> None:
    answer = staff.post("/promotion-previews", {"lines": [{"sku": COFFEE, "quantity": 1}] * 2})

    assert answer.status == 422
    assert {each["code"] for each in answer.json["errors"]} == {"repeated"}
