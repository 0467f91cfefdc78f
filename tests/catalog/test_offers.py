"""What is a SKU sold for, in the currency that is paid, and what do promotions know of it?"""

from decimal import Decimal
from typing import Any

import pytest

from chalicelib.catalog import service as catalog
from chalicelib.catalog.models import Variant
from chalicelib.catalog.schemas import BrandDraft, CategoryPlace, ProductChange
from chalicelib.core.money import Money
from chalicelib.core.storage import keys, transactions
from chalicelib.core.storage.table import find
from chalicelib.pricing import service as pricing
from tests.catalog.builders import a_category, a_product, a_variant
from tests.support.account import Account
from tests.support.recorded_calls import recording

GABI = "GABI-1"


@pytest.fixture
def gabi(shop: Account) -> str:
    """A gabi of Sabahar's on the shelf of textiles, which lies in clothes; its id."""
    a_category("clothes")
    a_category("textiles", within="clothes")
    catalog.add_brand(BrandDraft(id="sabahar", name={"en": "Sabahar"}))
    return a_product(category_ids=["textiles"], brand_id="sabahar", variants=[a_variant(GABI, price=1_800)]).product_id


def the_rate(per_birr: str) -> None:
    pricing.change_rates({"USD": per_birr}, if_version=None)


def forget_what_it_lies_in() -> None:
    """Make the guard one that was stored before it told of brand and categories."""
    guard = find(Variant, keys.variant(GABI))
    assert guard is not None
    guard.brand_id = guard.category_ids = None
    with transactions.write() as work:
        work.replace(guard)


def test_an_offer_tells_what_tax_delivery_and_promotions_depend_on(gabi: str) -> None:
    offer = catalog.offers([GABI])[GABI]

    assert (offer.product_id, offer.price, offer.weight_grams) == (gabi, Money(180_000, "ETB"), 250)
    assert (offer.tax_class, offer.brand_id, offer.category_ids) == ("standard", "sabahar", ("textiles",))


@pytest.mark.parametrize("change", [{"brand_id": None}, {"category_ids": ["coffee"]}])
def test_a_change_of_brand_or_categories_reaches_what_is_sold(gabi: str, change: dict[str, Any]) -> None:
    catalog.change_product(gabi, ProductChange(**change), if_version=None)

    offer = catalog.offers([GABI])[GABI]
    assert (offer.brand_id, offer.category_ids) == (
        change.get("brand_id", "sabahar"),
        tuple(change.get("category_ids", ["textiles"])),
    )


def test_a_placed_offer_lies_in_all_categories_around_its_own_as_they_are_now(gabi: str, shop: Account) -> None:
    assert catalog.placed(catalog.offers([GABI]))[GABI].category_ids == ("clothes", "textiles")
    catalog.place_category("textiles", CategoryPlace(parent_id="coffee"), if_version=None)

    offered = catalog.offers([GABI])
    with recording(shop.dynamodb) as calls:
        assert catalog.placed(offered)[GABI].category_ids == ("coffee", "textiles")

    assert calls.operations == ["GetItem"]


def test_goods_that_were_stored_before_are_placed_by_their_product(gabi: str, shop: Account) -> None:
    forget_what_it_lies_in()

    offered = catalog.offers([GABI])
    with recording(shop.dynamodb) as calls:
        offer = catalog.placed(offered)[GABI]

    assert offered[GABI].category_ids is None
    assert (offer.brand_id, offer.category_ids) == ("sabahar", ("clothes", "textiles"))
    assert calls.operations == ["BatchGetItem", "GetItem"]


def test_a_listed_price_is_charged_in_its_currency(shop: Account) -> None:
    the_rate("0.01")
    a_product(variants=[a_variant(GABI, price=1_800, other_prices=[{"amount": 1_999, "currency": "USD"}])])

    offer = catalog.offers([GABI], "USD")[GABI]

    assert (offer.price, offer.conversion) == (Money(1_999, "USD"), None)


def test_what_is_not_listed_is_converted_by_a_rate_that_is_told(gabi: str) -> None:
    the_rate("0.0069")

    offer = catalog.offers([GABI], "USD")[GABI]

    assert offer.price == Money(1_242, "USD")
    assert offer.conversion is not None
    assert (offer.conversion.rate, offer.conversion.target) == (Decimal("0.0069"), "USD")


def test_what_cannot_be_converted_is_not_for_sale(gabi: str) -> None:
    assert catalog.offers([GABI], "USD") == {}


def test_nothing_is_converted_into_the_shops_own_currency(shop: Account) -> None:
    the_rate("0.0069")
    a_product(variants=[a_variant(GABI) | {"price": {"amount": 999, "currency": "USD"}}])

    assert catalog.offers([GABI]) == {}


def test_goods_that_are_not_for_sale_are_not_offered(gabi: str) -> None:
    catalog.delete_product(gabi, if_version=None)

    assert catalog.offers([GABI, "UNKNOWN"]) == {}
