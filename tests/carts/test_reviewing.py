"""Does the review say what a purchase would cost, how it can go, and what it lacks?"""

import json
from typing import Any

import pytest

from chalicelib.carts import service as carts
from chalicelib.catalog import service as catalog
from chalicelib.catalog.schemas import BrandDraft
from chalicelib.inventory import service as inventory
from chalicelib.pricing import service as pricing
from chalicelib.pricing.schemas import TaxRatesDraft
from chalicelib.promotions import service as promotions
from chalicelib.shipping import service as shipping
from chalicelib.shipping.schemas import PlanDraft
from tests.carts.builders import ADDRESS, READY, a_guest, put_in, quoted
from tests.catalog.builders import a_category, a_product, a_vendor
from tests.catalog.builders import a_variant as a_draft_variant
from tests.promotions.defining import a_coupon, a_promotion
from tests.shipping.builders import a_method_draft, a_zone_draft
from tests.support.account import Account
from tests.support.builders import COFFEE, GABI, a_variant, birr
from tests.support.calling import Client
from tests.support.recorded_calls import recording


def a_plan(*methods: dict[str, Any]) -> None:
    """Deliver in Addis Ababa in these ways, and nowhere else."""
    zone = a_zone_draft("addis", {"country": "ET", "region": "addis_ababa"}, methods=list(methods))
    shipping.change_plan(PlanDraft.model_validate_json(json.dumps({"zones": [zone]})), if_version=None)


def test_a_quote_says_what_is_missing_and_costs_no_delivery_yet(shopping: tuple[Client, str]) -> None:
    guest, cart = shopping

    found = quoted(guest, cart)

    assert found["missing"] == ["email", "shipping_address"]
    assert found["quote"]["totals"]["subtotal"] == birr(2300).as_wire()
    assert found["quote"]["totals"]["shipping"] == birr(0).as_wire()
    assert (found["quote"]["delivery"], found["delivery_options"]) == (None, [])


def test_an_empty_cart_has_no_quote(aws: Account) -> None:
    guest, cart = a_guest()

    found = quoted(guest, cart)

    assert (found["quote"], found["missing"]) == (None, ["lines", "email", "shipping_address"])


def test_a_prepared_cart_lacks_nothing_and_takes_the_cheapest_delivery(shopping: tuple[Client, str]) -> None:
    guest, cart = shopping
    a_plan(a_method_draft("courier"), a_method_draft("bus", charge=birr(40).as_wire()))
    guest.patch(cart, READY)

    found = quoted(guest, cart)

    assert found["missing"] == []
    assert [option["method_id"] for option in found["delivery_options"]] == ["bus", "courier"]
    assert found["quote"]["delivery"]["method_id"] == "bus"
    assert found["quote"]["totals"]["shipping"] == birr(40).as_wire()


def test_the_chosen_delivery_is_quoted(shopping: tuple[Client, str]) -> None:
    guest, cart = shopping
    a_plan(a_method_draft("courier"), a_method_draft("bus", charge=birr(40).as_wire()))
    guest.patch(cart, {**READY, "delivery_method_id": "courier"})

    assert quoted(guest, cart)["quote"]["delivery"]["method_id"] == "courier"


@pytest.mark.parametrize("said", [{"delivery_method_id": "balloon"}, {"shipping_address": {"city": "Adama"}}])
def test_what_nobody_delivers_lacks_a_delivery(shopping: tuple[Client, str], said: dict[str, Any]) -> None:
    guest, cart = shopping
    a_plan(a_method_draft("courier"))
    guest.patch(cart, READY)
    if "shipping_address" in said:
        guest.patch(cart, {"shipping_address": {"city": "Adama", "region": "oromia"}})
    else:
        guest.patch(cart, said)

    found = quoted(guest, cart)

    assert found["missing"] == ["delivery"]
    assert found["quote"]["totals"]["shipping"] == birr(0).as_wire()


def test_a_region_is_asked_for_where_delivery_depends_on_it(shopping: tuple[Client, str]) -> None:
    guest, cart = shopping
    a_plan(a_method_draft("courier"))
    guest.patch(cart, {**READY, "shipping_address": {**ADDRESS, "city": "Bole"}})

    assert quoted(guest, cart)["missing"] == ["region"]
    guest.patch(cart, {"shipping_address": {"region": "addis_ababa"}})
    assert quoted(guest, cart)["missing"] == []


def test_a_region_is_asked_for_where_tax_depends_on_it(shopping: tuple[Client, str]) -> None:
    guest, cart = shopping
    afar = {"tax_class": "standard", "country": "ET", "region": "afar", "percent": "5"}
    pricing.change_tax_rates(TaxRatesDraft.model_validate_json(json.dumps({"items": [afar]})), if_version=None)
    guest.patch(cart, {**READY, "shipping_address": {**ADDRESS, "city": "Semera"}})

    before = quoted(guest, cart)
    guest.patch(cart, {"shipping_address": {"region": "afar"}})
    after = quoted(guest, cart)

    assert (before["missing"], after["missing"]) == (["region"], [])
    assert after["quote"]["totals"]["tax"]["amount"] < before["quote"]["totals"]["tax"]["amount"]


def test_promotions_and_codes_are_quoted(shopping: tuple[Client, str]) -> None:
    guest, cart = shopping
    a_promotion(is_automatic=True, discount={"kind": "percentage", "percent": "5"}, is_stackable=True)
    a_coupon("TENOFF", is_stackable=True)
    guest.patch(cart, {"coupon_codes": ["ten-off"]})

    found = quoted(guest, cart)

    assert {each["code"] for each in found["quote"]["applied"]} == {None, "TENOFF"}
    assert found["quote"]["totals"]["discount"]["amount"] > 0
    assert found["refused_codes"] == []


def test_limited_coupons_for_other_goods_keep_none_for_these_out(shopping: tuple[Client, str]) -> None:
    guest, cart = shopping
    for code in ("ELSE1", "ELSE2"):
        a_coupon(code, uses=1, priority=5, scope={"product_ids": ["prd_elsewhere"]})
    a_coupon("HERE", uses=1)
    guest.patch(cart, {"coupon_codes": ["ELSE1", "ELSE2", "HERE"]})

    found = quoted(guest, cart)

    assert [each["code"] for each in found["quote"]["applied"]] == ["HERE"]
    assert {each["code"]: each["why"] for each in found["refused_codes"]} == dict.fromkeys(
        ("ELSE1", "ELSE2"), "out_of_scope"
    )


def test_a_coupon_for_a_category_or_a_brand_takes_off_what_lies_in_it(aws: Account) -> None:
    a_vendor()
    a_category("drinks")
    a_category("coffee", within="drinks")
    a_category("clothes")
    catalog.add_brand(BrandDraft(id="gedeo", name={"en": "Gedeo"}))
    for sku, members in {
        "BEANS": {"category_ids": ["coffee"]},
        "MUG": {"category_ids": ["clothes"], "brand_id": "gedeo"},
        "GABI": {"category_ids": ["clothes"]},
    }.items():
        product = a_product(variants=[a_draft_variant(sku, price=100)], **members)
        inventory.receive(product.product_id, sku, 9, note="delivery 1", by="usr_KEEPER")
    guest, cart = a_guest()
    for sku in ("BEANS", "MUG", "GABI"):
        put_in(guest, cart, sku)
    a_coupon("DRINKS", scope={"category_ids": ["drinks"], "brand_ids": ["gedeo"]})
    guest.patch(cart, {"coupon_codes": ["DRINKS"]})

    lines = quoted(guest, cart)["quote"]["lines"]

    assert {line["sku"]: line["discount"]["amount"] for line in lines} == {"BEANS": 1_000, "MUG": 1_000, "GABI": 0}


def test_a_code_that_does_not_count_says_why_in_the_readers_language(shopping: tuple[Client, str]) -> None:
    guest, cart = shopping
    a_coupon("RICH", minimum_spend=birr(5000).as_wire())
    guest.patch(cart, {"coupon_codes": ["NOSUCH", "RICH"]})

    english, amharic = quoted(guest, cart), quoted(guest, cart, accept_language="am")

    assert [(each["code"], each["why"]) for each in english["refused_codes"]] == [
        ("NOSUCH", "unknown"),
        ("RICH", "minimum_not_reached"),
    ]
    assert "5000" in english["refused_codes"][1]["detail"].replace(",", "")
    assert english["refused_codes"][0]["detail"] != amharic["refused_codes"][0]["detail"]


def test_who_used_a_code_as_often_as_one_may_is_told(shopping: tuple[Client, str]) -> None:
    guest, cart = shopping
    a_coupon("ONCE", limits={"uses_per_customer": 1})
    guest.patch(cart, {"email": "almaz@example.com", "coupon_codes": ["ONCE"]})
    cart_id = cart.rpartition("/")[2]
    _, review = carts.reviewed(cart_id, cart_id)
    assert review.quote is not None
    subjects = carts.subjects_of(carts.get(cart_id, cart_id), "almaz@example.com")
    promotions.take("res_1", promotions.claims_of(review.quote, review.claims, subjects=subjects))

    assert [each["why"] for each in quoted(guest, cart)["refused_codes"]] == ["limit_reached"]
    guest.patch(cart, {"email": "other@example.com"})
    assert quoted(guest, cart)["refused_codes"] == []


def test_what_is_not_for_sale_is_left_out_and_told(shopping: tuple[Client, str]) -> None:
    guest, cart = shopping
    a_variant(GABI, is_for_sale=False)
    a_variant(COFFEE, price=birr(300), left=1)

    found = quoted(guest, cart)

    assert [line["sku"] for line in found["quote"]["lines"]] == [COFFEE]
    assert found["quote"]["totals"]["subtotal"] == birr(600).as_wire()
    assert [each["kind"] for each in found["changes"]] == ["price_changed", "fewer_left", "not_for_sale"]


def test_the_review_is_one_batch_of_reads_and_no_write(aws: Account, shopping: tuple[Client, str]) -> None:
    guest, cart = shopping
    guest.patch(cart, READY)

    with recording(aws.dynamodb) as calls:
        quoted(guest, cart)

    assert calls.operations == ["GetItem", "BatchGetItem"]


def test_codes_take_one_batch_more(aws: Account, shopping: tuple[Client, str]) -> None:
    guest, cart = shopping
    a_coupon("TENOFF")
    guest.patch(cart, {**READY, "coupon_codes": ["TENOFF"]})

    with recording(aws.dynamodb) as calls:
        quoted(guest, cart)

    assert calls.operations == ["GetItem", "BatchGetItem", "BatchGetItem"]


def test_somebody_elses_cart_is_not_reviewed(shopping: tuple[Client, str]) -> None:
    _, cart = shopping
    stranger, _ = a_guest()

    assert stranger.get(f"{cart}/quote").code == "cart_not_found"


def test_nobody_finds_a_code_by_trying(shopping: tuple[Client, str], monkeypatch: pytest.MonkeyPatch) -> None:
    guest, cart = shopping
    monkeypatch.setenv("COUPONS_PER_CART", "2/900")

    answers = [guest.patch(cart, {"coupon_codes": [code]}) for code in ("ONE", "TWO", "THREE")]

    assert [answer.status for answer in answers] == [200, 200, 429]
    assert answers[2].code == "too_many_attempts"
    assert guest.get(cart).json["coupon_codes"] == ["TWO"]
    assert guest.patch(cart, {"coupon_codes": ["TWO"], "email": "almaz@example.com"}).status == 200


def test_codes_are_counted_by_address_and_other_steps_are_not(
    shopping: tuple[Client, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    guest, cart = shopping
    monkeypatch.setenv("COUPONS_PER_ADDRESS", "1/900")
    other, others_cart = a_guest()

    assert guest.patch(cart, {"coupon_codes": ["ONE"]}).status == 200
    assert other.patch(others_cart, {"coupon_codes": ["TWO"]}).status == 429
    assert other.patch(others_cart, {"email": "almaz@example.com"}).status == 200
