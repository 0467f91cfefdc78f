"""Do the shop's settings decide what a purchase costs, where staff have said nothing else?"""

import pytest

from tests.checkout.calling import begun
from tests.support.builders import COFFEE, a_cart, a_variant, birr
from tests.support.machine import WaitingMachine


def amounts() -> list[int]:
    a_variant(price=birr(345))
    totals = begun(a_cart(of=[COFFEE])).json["totals"]
    return [totals[part]["amount"] for part in ("subtotal", "shipping", "tax", "total")]


def test_the_shop_adds_fifteen_percent_and_flat_delivery_by_default(machine: WaitingMachine) -> None:
    assert amounts() == [34_500, 15_000, 7_425, 56_925]


def test_settings_change_what_the_next_purchase_costs(machine: WaitingMachine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PRICES_INCLUDE_TAX", "true")
    monkeypatch.setenv("SHIPPING_FLAT_MINOR", "0")

    assert amounts() == [34_500, 0, 4_500, 34_500]
