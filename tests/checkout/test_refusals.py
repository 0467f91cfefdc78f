"""When is a cart not sold, and what is the shopper told?"""

from typing import Any

import pytest

from chalicelib.carts import service as carts
from chalicelib.core.money import Money
from tests.checkout.builders import a_two_vendor_cart
from tests.checkout.calling import begun
from tests.support.builders import (
    COFFEE,
    GABI,
    a_variant,
    birr,
)
from tests.support.machine import WaitingMachine


def test_a_price_that_moved_is_told_before_it_is_charged(machine: WaitingMachine) -> None:
    cart = a_two_vendor_cart()
    a_variant(GABI, price=birr(1900), vendor="shiromeda")

    answer = begun(cart)

    assert (answer.status, answer.code) == (409, "price_changed")
    assert answer.json["changes"] == [
        {
            "sku": GABI,
            "was": {"amount": 180_000, "currency": "ETB"},
            "now": {"amount": 190_000, "currency": "ETB"},
        }
    ]
    assert carts.get(cart.owner_id, cart.cart_id).status == "open"
    accepted = begun(cart, accepted_total=answer.json["total"])
    assert accepted.status == 202
    assert accepted.json["totals"]["total"] == answer.json["total"]


def test_a_total_that_the_shopper_did_not_accept_is_never_charged(machine: WaitingMachine) -> None:
    cart = a_two_vendor_cart()
    wrong = {"amount": 100, "currency": "ETB"}

    unmoved = begun(cart, accepted_total=wrong)
    a_variant(GABI, price=birr(1900), vendor="shiromeda")
    moved = begun(cart, accepted_total=wrong)

    assert [(answer.status, answer.code) for answer in (unmoved, moved)] == [(409, "price_changed")] * 2
    assert unmoved.json["changes"] == []


@pytest.mark.parametrize("change", [{"is_for_sale": False}, {"price": Money(5_000, "USD")}])
def test_what_is_not_sold_any_more_is_told(machine: WaitingMachine, change: dict[str, Any]) -> None:
    cart = a_two_vendor_cart()
    a_variant(COFFEE, **change)

    answer = begun(cart)

    assert (answer.status, answer.code, answer.json["skus"]) == (409, "not_for_sale", [COFFEE])


def test_an_empty_cart_is_not_sold(machine: WaitingMachine) -> None:
    cart = carts.open_cart(None, None).cart

    assert begun(cart).code == "cart_empty"


def test_a_cart_that_became_an_order_is_over(machine: WaitingMachine) -> None:
    cart = a_two_vendor_cart()
    held = carts.get(cart.owner_id, cart.cart_id)
    carts.hold(held, "chk_1")
    carts.convert(cart.owner_id, cart.cart_id, checkout_id="chk_1")

    assert begun(cart).code == "cart_closed"


def test_a_key_whose_request_was_refused_may_be_used_again(machine: WaitingMachine) -> None:
    cart = carts.open_cart(None, None).cart
    assert begun(cart).code == "cart_empty"
    a_variant(COFFEE)
    carts.add_line(cart.owner_id, cart.cart_id, sku=COFFEE, quantity=1)

    assert begun(cart).status == 202


@pytest.mark.parametrize(
    "wrong",
    [
        {"email": "nobody"},
        {"return_url": "javascript:alert(1)"},
        {"return_url": "https://storefront.test/a b"},
        {"shipping_address": {}},
        {"cart_id": "../x"},
        {"accepted_total": 100},
        {"surprise": 1},
    ],
)
def test_what_cannot_be_read_is_refused(machine: WaitingMachine, wrong: dict[str, Any]) -> None:
    assert begun(a_two_vendor_cart(), **wrong).status == 422
