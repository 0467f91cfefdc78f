"""Are discounts, taxes and delivery shown on orders, and do the shown amounts add up as the documents promise?"""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from chalicelib.core.money import Money
from chalicelib.core.storage import transactions
from chalicelib.orders import service as orders
from chalicelib.orders.models import Order
from chalicelib.pricing.rules import Promotion, PromotionKind
from functions.api.orders import app
from tests.notifications.builders import a_quote
from tests.orders.builders import GABI, Goods, a_purchase
from tests.support.account import Account
from tests.support.calling import Client
from tests.support.tokens import token_for

NEW_YEAR: dict[str, Any] = {"name": {"en": "New Year", "am": "እንቁጣጣሽ"}, "is_stackable": True}
TENTH = Promotion("prm_1", kind=PromotionKind.PERCENTAGE, percent=Decimal(10), code="ENKUTATASH", **NEW_YEAR)
FREE = Promotion("prm_2", kind=PromotionKind.FREE_SHIPPING, **NEW_YEAR)


def placed(*promotions: Promotion, prices_include_tax: bool = False) -> Order:
    """Place an order of coffee and a gabi, of which the coffee is taxed at nothing."""
    goods = (Goods(tax_class="zero"), GABI)
    quote = a_quote(*goods, prices_include_tax=prices_include_tax, promotions=promotions)
    with transactions.write():
        return orders.place(replace(a_purchase("usr_almaz"), quote=quote))


def read(order: Order, **headers: str) -> dict[str, Any]:
    return Client(app).signed_with(token_for(user_id="usr_almaz")).get(f"/orders/{order.order_id}", **headers).json


def birr(amount: str) -> dict[str, Any]:
    return Money(int(Decimal(amount) * 100), "ETB").as_wire()


def test_an_order_tells_which_promotion_gave_what(aws: Account) -> None:
    told = read(placed(TENTH, FREE), accept_language="am")

    # 1,200 of coffee and 600 of a gabi; 150 for delivery.
    assert told["applied"] == [
        {"promotion_id": "prm_1", "code": "ENKUTATASH", "name": "እንቁጣጣሽ", "amount": birr("180")},
        {"promotion_id": "prm_2", "code": None, "name": "እንቁጣጣሽ", "amount": birr("150")},
    ]
    assert [line["discount"] for line in told["lines"]] == [birr("120"), birr("60")]
    assert (told["delivery"]["method_id"], told["delivery"]["charge"]) == ("standard", birr("150"))


def test_an_order_tells_what_is_taxed_at_which_percentage(aws: Account) -> None:
    told = read(placed())

    # Two thirds of delivery go with coffee, and are taxed as it is.
    assert told["taxes"] == [
        {"percent": "15", "base": birr("650"), "tax": birr("97.50")},
        {"percent": "0", "base": birr("1300"), "tax": birr("0")},
    ]
    assert [(line["tax_percent"], line["tax"], line["shipping_tax"]) for line in told["lines"]] == [
        ("0", birr("0"), birr("0")),
        ("15", birr("97.50"), birr("7.50")),
    ]


@pytest.mark.parametrize("prices_include_tax", [True, False])
@pytest.mark.parametrize("promotions", [(), (TENTH,), (TENTH, FREE)])
def test_what_is_shown_adds_up(aws: Account, prices_include_tax: bool, promotions: tuple[Promotion, ...]) -> None:
    told = read(placed(*promotions, prices_include_tax=prices_include_tax))

    for part in (told["totals"], *told["lines"]):
        amounts = {name: part[name]["amount"] for name in ("subtotal", "discount", "shipping", "tax", "total")}
        listed = amounts["subtotal"] - amounts["discount"] + amounts["shipping"]
        assert amounts["total"] == (listed if told["prices_include_tax"] else listed + amounts["tax"])
    total, charge = told["totals"]["total"]["amount"], told["delivery"]["charge"]["amount"]
    assert sum(share["base"]["amount"] + share["tax"]["amount"] for share in told["taxes"]) == total
    given = sum(each["amount"]["amount"] for each in told["applied"])
    assert given == told["totals"]["discount"]["amount"] + charge - told["totals"]["shipping"]["amount"]


def test_a_vendor_is_told_what_promotions_took_off_its_lines(aws: Account) -> None:
    placed(TENTH)
    vendor = Client(app).signed_with(token_for(roles=["vendor"], vendor_id=GABI.vendor_id))

    [part] = vendor.get("/vendor/orders").json["items"]

    assert (part["totals"]["subtotal"], part["totals"]["discount"]) == (birr("600"), birr("60"))
    assert part["totals"]["total"] == part["lines"][0]["total"]
