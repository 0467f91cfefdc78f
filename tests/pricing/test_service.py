"""Do quotes follow the shop's settings?"""

import pytest

from chalicelib.core.money import Money
from chalicelib.pricing import service as pricing
from tests.pricing.builders import ADDIS, Goods, birr


def test_the_shop_adds_fifteen_percent_and_flat_delivery_by_default() -> None:
    quoted = pricing.quote_for([Goods(birr(350))], ADDIS)

    assert quoted.shipping == birr(150)
    assert quoted.tax == birr(75)
    assert quoted.total == birr(575)


def test_settings_change_what_the_next_quote_costs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PRICES_INCLUDE_TAX", "true")
    monkeypatch.setenv("SHIPPING_FLAT_MINOR", "0")

    quoted = pricing.quote_for([Goods(birr(345))], ADDIS)

    assert quoted.total == birr(345)
    assert quoted.tax == Money(4500, "ETB")
