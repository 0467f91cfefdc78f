"""What does a shopper pay when a sale begins or ends while they shop?"""

from datetime import datetime, timedelta

import pytest

from chalicelib.carts import service as carts
from chalicelib.carts.models import Cart
from chalicelib.catalog.rules import Sale
from chalicelib.core import clock
from chalicelib.core.money import Money
from tests.checkout.calling import begun
from tests.support.builders import COFFEE, a_cart, a_variant, birr
from tests.support.machine import WaitingMachine

HOUR, INSTANT = timedelta(hours=1), timedelta(microseconds=1)


@pytest.fixture
def noon() -> datetime:
    return clock.now()


def a_sale(price: Money, *, since: datetime | None = None, until: datetime | None = None, **more: object) -> Sale:
    starts_at, ends_at = (clock.as_text(moment) if moment else None for moment in (since, until))
    return Sale(price, starts_at, ends_at, **more)


def at(moment: datetime, patch: pytest.MonkeyPatch) -> None:
    """Let it be that moment."""
    patch.setattr(clock, "now", lambda: moment)


def unit_price(cart: Cart) -> Money:
    return carts.get(cart.owner_id, cart.cart_id).lines[0].unit_price


def test_during_a_sale_the_cart_and_the_checkout_ask_its_price(machine: WaitingMachine, noon: datetime) -> None:
    a_variant(price=birr(250), sale=a_sale(birr(200), since=noon - HOUR, until=noon + HOUR))
    cart = a_cart(of=[COFFEE])

    answer = begun(cart)

    assert unit_price(cart) == birr(200)
    assert answer.status == 202
    assert answer.json["totals"]["subtotal"] == birr(200).as_wire()


def test_a_sale_that_ends_between_cart_and_checkout_is_told(
    machine: WaitingMachine, noon: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_variant(price=birr(250), sale=a_sale(birr(200), until=noon + HOUR))
    cart = a_cart(of=[COFFEE])
    assert unit_price(cart) == birr(200)

    at(noon + HOUR - INSTANT, monkeypatch)
    with monkeypatch.context() as later:
        at(noon + HOUR, later)
        answer = begun(cart)

    assert (answer.status, answer.code) == (409, "price_changed")
    assert answer.json["changes"] == [{"sku": COFFEE, "was": birr(200).as_wire(), "now": birr(250).as_wire()}]
    assert begun(cart).status == 202


def test_a_sale_that_begins_between_cart_and_checkout_is_told(
    machine: WaitingMachine, noon: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_variant(price=birr(250), sale=a_sale(birr(200), since=noon + HOUR))
    cart = a_cart(of=[COFFEE])
    assert unit_price(cart) == birr(250)

    at(noon + HOUR, monkeypatch)
    answer = begun(cart)

    assert (answer.status, answer.code) == (409, "price_changed")
    assert answer.json["changes"] == [{"sku": COFFEE, "was": birr(250).as_wire(), "now": birr(200).as_wire()}]
    accepted = begun(cart, accepted_total=answer.json["total"])
    assert accepted.status == 202


def test_goods_that_are_listed_abroad_are_charged_as_they_are_listed_here(
    machine: WaitingMachine, noon: datetime
) -> None:
    a_variant(price=Money(500, "USD"), other_prices=(birr(700),), sale=a_sale(Money(400, "USD"), since=noon - HOUR))
    cart = a_cart(of=[COFFEE])

    assert unit_price(cart) == birr(560)
    assert begun(cart).status == 202
