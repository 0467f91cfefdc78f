"""Does a checkout take from the cart what it is not told, and charge exactly what its shopper agreed to?"""

from typing import Any

import pytest

from chalicelib.carts import service as carts
from chalicelib.carts.models import Cart
from chalicelib.carts.schemas import CartChange
from chalicelib.checkout import store
from chalicelib.checkout.models import FrozenQuote
from tests.checkout.builders import a_two_vendor_cart, payment_of
from tests.checkout.calling import client, ref_of
from tests.promotions.builders import uses_left
from tests.promotions.defining import a_coupon, a_promotion, changed
from tests.support.account import Account
from tests.support.builders import BUYER, COFFEE, RETURN_URL, a_guests_token, a_variant, as_it_is, birr, left_of
from tests.support.calling import Response
from tests.support.machine import WaitingMachine, step, undone
from tests.support.recorded_calls import recording

ADDRESS = {"name": "Almaz Tesfaye", "phone": "+251911223344", "line1": "Bole Road 12", "city": "Addis Ababa"}
READY = {"email": BUYER, "shipping_address": ADDRESS}


def a_prepared_cart(**said: Any) -> Cart:
    """Two coffees and a gabi, with all that a purchase needs and what is said beyond that."""
    cart = a_two_vendor_cart(left=10)
    return carts.prepare(cart.owner_id, cart.cart_id, CartChange.model_validate({**READY, **said}))


def bought(cart: Cart, *, key: str = "k", **said: Any) -> Response:
    """Check out with a body that says as little as possible."""
    body = {"cart_id": cart.cart_id, "return_url": RETURN_URL, **said}
    return client(a_guests_token(cart)).post("/checkouts", body, idempotency_key=key)


def frozen_by(answer: Response, cart: Cart) -> FrozenQuote:
    ref = ref_of(answer, cart)
    return store.get_quote(ref.owner, ref.checkout_id)


def test_a_prepared_cart_is_all_that_a_checkout_needs(machine: WaitingMachine) -> None:
    cart = a_prepared_cart(phone="0922334455", billing_address={**ADDRESS, "name": "Almaz Trading"})

    answer = bought(cart)

    frozen = frozen_by(answer, cart)
    assert (as_it_is(ref_of(answer, cart)).email, frozen.phone) == (BUYER, "+251922334455")
    assert (frozen.shipping_address.line1, frozen.billing_address and frozen.billing_address.name) == (
        "Bole Road 12",
        "Almaz Trading",
    )


def test_what_the_checkout_is_told_goes_before_the_cart(machine: WaitingMachine) -> None:
    cart = a_prepared_cart()

    answer = bought(cart, email="other@example.com", shipping_address={**ADDRESS, "line1": "Piassa 1"})

    assert as_it_is(ref_of(answer, cart)).email == "other@example.com"
    assert frozen_by(answer, cart).shipping_address.line1 == "Piassa 1"


@pytest.mark.parametrize(
    ("said", "missing"),
    [
        ({"email": None}, ["email"]),
        ({"shipping_address": None}, ["shipping_address"]),
        ({"email": None, "shipping_address": None}, ["email", "shipping_address"]),
        ({"delivery_method_id": "balloon"}, ["delivery"]),
    ],
)
def test_what_is_missing_is_told_and_nothing_is_held(
    machine: WaitingMachine, said: dict[str, Any], missing: list[str]
) -> None:
    cart = a_prepared_cart(**said)

    answer = bought(cart)

    assert (answer.status, answer.code, answer.json["missing"]) == (409, "checkout_incomplete", missing)
    assert carts.get(cart.owner_id, cart.cart_id).status == "open"


def test_a_failed_checkout_gives_the_cart_back_with_everything(machine: WaitingMachine) -> None:
    a_coupon("TENOFF")
    cart = a_prepared_cart(coupon_codes=["TENOFF"])
    ref = ref_of(bought(cart), cart)

    step("reserve_stock", ref)
    assert undone(ref) == "closed"

    back = carts.get(cart.owner_id, cart.cart_id)
    assert (back.status, back.prepared) == ("open", cart.prepared)


def test_the_checkout_shows_discount_and_delivery(machine: WaitingMachine) -> None:
    a_promotion(is_automatic=True)
    cart = a_prepared_cart()

    answer = bought(cart)

    assert answer.json["totals"]["discount"] == birr(230).as_wire()
    assert (answer.json["delivery"]["method_id"], answer.json["delivery"]["name"]) == ("standard", "Standard delivery")
    read = client(a_guests_token(cart)).get(f"/checkouts/{answer.json['id']}", accept_language="am").json
    assert (read["totals"], read["delivery"]["name"]) == (answer.json["totals"], "መደበኛ ማድረሻ")


def test_the_accepted_total_is_charged_to_the_santim(machine: WaitingMachine) -> None:
    a_coupon("TENOFF")
    cart = a_prepared_cart(coupon_codes=["TENOFF"])
    _, review = carts.reviewed(cart.owner_id, cart.cart_id)
    assert review.quote is not None

    answer = bought(cart, accepted_total=review.quote.total.as_wire())

    assert answer.json["totals"]["total"] == review.quote.total.as_wire()
    assert payment_of(ref_of(answer, cart)).amount == review.quote.total


def test_another_total_is_told_with_its_parts(machine: WaitingMachine) -> None:
    cart = a_prepared_cart()
    _, review = carts.reviewed(cart.owner_id, cart.cart_id)
    assert review.quote is not None
    a_promotion(is_automatic=True)

    answer = bought(cart, accepted_total=review.quote.total.as_wire())

    assert (answer.status, answer.code) == (409, "price_changed")
    assert answer.json["discount"] == birr(230).as_wire()
    assert answer.json["changes"] == answer.json["refused_codes"] == []
    assert bought(cart, key="k2", accepted_total=answer.json["total"]).status == 202


def test_a_code_that_fell_away_is_not_agreed_to_silently(machine: WaitingMachine) -> None:
    promotion = a_coupon("TENOFF")
    cart = a_prepared_cart(coupon_codes=["TENOFF"])
    changed(promotion, minimum_spend=birr(100_000).as_wire())

    answer = bought(cart)

    assert (answer.status, answer.code) == (409, "price_changed")
    assert answer.json["refused_codes"] == [{"code": "TENOFF", "why": "minimum_not_reached"}]
    assert bought(cart, key="k2", accepted_total=answer.json["total"]).status == 202


def test_a_price_that_moved_is_not_agreed_to_silently(machine: WaitingMachine) -> None:
    cart = a_prepared_cart()
    a_variant(COFFEE, price=birr(300), left=10)

    answer = bought(cart)

    assert (answer.status, answer.code) == (409, "price_changed")
    assert answer.json["changes"] == [{"sku": COFFEE, "was": birr(250).as_wire(), "now": birr(300).as_wire()}]


def test_a_limited_coupon_is_counted_with_the_stock_and_comes_back_with_it(machine: WaitingMachine) -> None:
    promotion = a_coupon("LAST", limits={"uses": 1})
    ref = ref_of(bought(cart := a_prepared_cart(coupon_codes=["LAST"])), cart)
    assert uses_left(promotion.promotion_id) == 1

    assert step("reserve_stock", ref) == "reserved"
    assert (uses_left(promotion.promotion_id), left_of(COFFEE)) == (0, 8)

    undone(ref)
    assert (uses_left(promotion.promotion_id), left_of(COFFEE)) == (1, 10)


def test_beginning_reads_all_it_needs_at_once(aws: Account, machine: WaitingMachine) -> None:
    cart = a_prepared_cart()

    with recording(aws.dynamodb) as calls:
        bought(cart)

    assert calls.operations == ["PutItem", "GetItem", "BatchGetItem", "TransactWriteItems"]


def test_beginning_with_a_coupon_reads_once_more(aws: Account, machine: WaitingMachine) -> None:
    a_coupon("LAST", limits={"uses": 1})
    cart = a_prepared_cart(coupon_codes=["LAST"])

    with recording(aws.dynamodb) as calls:
        answer = bought(cart)

    assert calls.operations == ["PutItem", "GetItem", "BatchGetItem", "BatchGetItem", "TransactWriteItems"]
    assert (claims := frozen_by(answer, cart).limited_uses) is not None
    assert [each.code for each in claims.uses] == ["LAST"]
