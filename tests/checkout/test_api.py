"""What does a shopper see of a checkout, whoever they are and however often they press the button?"""

from concurrent.futures import ThreadPoolExecutor

import pytest

from chalicelib.carts import service as carts
from chalicelib.carts.models import Cart
from chalicelib.checkout.routes import router
from chalicelib.checkout.service import CheckoutRef
from chalicelib.core.http import Api
from chalicelib.core.money import Money
from tests.checkout.builders import a_two_vendor_cart, payment_of
from tests.checkout.calling import begun, client, ref_of
from tests.checkout.outages import no_machine
from tests.support.account import Account
from tests.support.builders import (
    BUYER,
    a_checkout,
    a_draft,
    a_guests_token,
    as_it_is,
)
from tests.support.calling import Client
from tests.support.chapa import Till
from tests.support.machine import WaitingMachine, step, undone
from tests.support.recorded_calls import recording
from tests.support.tokens import token_for
from tests.support.waiting import eventually


def test_a_guest_begins_a_checkout(machine: WaitingMachine) -> None:
    cart = a_two_vendor_cart()

    answer = begun(cart)

    checkout = answer.json
    ref = ref_of(answer, cart)
    assert answer.headers["location"] == f"https://shop.test/v1/checkouts/{ref.checkout_id}"
    assert (checkout["status"], checkout["cart_id"], checkout["order_id"]) == ("reserving", cart.cart_id, None)
    assert checkout["payment"]["checkout_url"] is None
    assert checkout["shortages"] == []
    totals = {name: money["amount"] for name, money in checkout["totals"].items()}
    # 2 x 250 + 1800 birr of goods, 150 of delivery, 15 % tax on all of it
    assert totals == {"subtotal": 230_000, "discount": 0, "shipping": 15_000, "tax": 36_750, "total": 281_750}
    assert payment_of(ref).amount == Money(281_750, "ETB")
    assert machine.was_started(ref)


def test_a_customer_begins_a_checkout(machine: WaitingMachine) -> None:
    cart = a_two_vendor_cart("usr_almaz")
    token = token_for(user_id="usr_almaz")

    answer = begun(cart, token=token)

    assert answer.status == 202
    assert client(token).get(f"/checkouts/{answer.json['id']}").json == answer.json


def test_the_language_of_the_shopper_is_kept(machine: WaitingMachine) -> None:
    cart = a_two_vendor_cart()
    caller = client(a_guests_token(cart))

    answer = caller.post("/checkouts", a_draft(cart.cart_id), idempotency_key="k", accept_language="am-ET")

    assert as_it_is(ref_of(answer, cart)).locale == "am"
    assert as_it_is(ref_of(answer, cart)).email == BUYER


def test_a_key_is_required(machine: WaitingMachine) -> None:
    cart = a_two_vendor_cart()

    answer = client(a_guests_token(cart)).post("/checkouts", a_draft(cart.cart_id))

    assert (answer.status, answer.code) == (400, "idempotency_key_required")


def test_the_same_request_again_is_the_same_checkout(machine: WaitingMachine) -> None:
    cart = a_two_vendor_cart()

    first, again = begun(cart), begun(cart)

    assert (again.status, again.json) == (202, first.json)
    assert again.headers["idempotency-replayed"] == "true"


def test_another_request_with_the_same_key_is_refused(machine: WaitingMachine) -> None:
    cart = a_two_vendor_cart()
    begun(cart)

    answer = begun(cart, email="somebody.else@example.com")

    assert (answer.status, answer.code) == (422, "idempotency_key_reused")


def test_ten_at_once_with_one_key_are_one_checkout(machine: WaitingMachine) -> None:
    cart = a_two_vendor_cart()

    with ThreadPoolExecutor(10) as together:
        answers = list(together.map(lambda _: begun(cart), range(10)))

    done = [answer for answer in answers if answer.status == 202]
    assert len({answer.json["id"] for answer in done}) == 1
    assert {answer.code for answer in answers if answer.status != 202} <= {"request_in_progress"}
    assert begun(cart).json["id"] == done[0].json["id"]


def test_ten_at_once_with_keys_of_their_own_are_one_checkout_too(machine: WaitingMachine) -> None:
    cart = a_two_vendor_cart()

    with ThreadPoolExecutor(10) as together:
        answers = list(together.map(lambda number: begun(cart, key=f"try-{number}"), range(10)))

    [winner] = [answer.json["id"] for answer in answers if answer.status == 202]
    lost = [answer for answer in answers if answer.status != 202]
    assert {(answer.status, answer.code) for answer in lost} == {(409, "cart_in_checkout")}
    assert {answer.json["checkout_id"] for answer in lost} == {winner}


def test_an_execution_that_cannot_start_now_is_started_later(
    machine: WaitingMachine, monkeypatch: pytest.MonkeyPatch
) -> None:
    cart = a_two_vendor_cart()

    with no_machine(monkeypatch):
        answer = begun(cart)

    ref = ref_of(answer, cart)
    assert not machine.was_started(ref)
    assert begun(cart).status == 202
    assert machine.was_started(ref)


def test_whoever_would_wait_is_told_the_page_at_once(machine: WaitingMachine, till: Till) -> None:
    cart = a_two_vendor_cart()
    caller = client(a_guests_token(cart))

    def other_side() -> None:
        ref = CheckoutRef(str(held_by(cart)), cart.owner_id, 1)
        step("reserve_stock", ref)
        step("open_payment", ref)

    with ThreadPoolExecutor(1) as together:
        machine_side = together.submit(other_side)
        answer = caller.post("/checkouts", a_draft(cart.cart_id), idempotency_key="k", prefer="wait=10")
        machine_side.result()

    assert answer.status == 202
    assert answer.json["status"] == "awaiting_payment"
    assert answer.json["payment"]["checkout_url"].startswith(till.chapa.url)


def held_by(cart: Cart) -> str | None:
    return eventually(lambda: carts.get(cart.owner_id, cart.cart_id).checkout_id, 10, "the cart is held")


# Whose it is


def test_a_strangers_checkout_and_cart_are_not_found(machine: WaitingMachine) -> None:
    cart, other = a_two_vendor_cart(), a_two_vendor_cart()
    checkout_id = begun(cart).json["id"]

    for stranger in (a_guests_token(other), token_for()):
        assert client(stranger).get(f"/checkouts/{checkout_id}").code == "checkout_not_found"
        assert client(stranger).post(f"/checkouts/{checkout_id}/cancellation").code == "checkout_not_found"
        assert begun(cart, key="k2", token=stranger).code == "cart_not_found"
    assert Client(Api("checkout", router)).get(f"/checkouts/{checkout_id}").status == 401


def test_reading_is_one_call(machine: WaitingMachine, aws: Account) -> None:
    cart = a_two_vendor_cart()
    checkout = a_checkout(cart)
    caller = client(a_guests_token(cart))

    with recording(aws.dynamodb) as calls:
        answer = caller.get(f"/checkouts/{checkout.checkout_id}")

    assert answer.json["id"] == checkout.checkout_id
    assert answer.headers["cache-control"] == "no-store"
    assert (calls.operations, calls.read_units) == (["BatchGetItem"], 2)


# Giving up


def test_a_shopper_who_gives_up_gets_the_cart_back(machine: WaitingMachine, till: Till) -> None:
    cart = a_two_vendor_cart()
    ref = ref_of(begun(cart), cart)
    step("reserve_stock", ref)
    step("open_payment", ref)
    step("await_payment", ref, task_token=machine.token(ref))

    answer = client(a_guests_token(cart)).post(f"/checkouts/{ref.checkout_id}/cancellation")

    assert answer.status == 202
    assert machine.resumed_with(ref) == "expired"
    assert till.payable() == []
    undone(ref)
    assert as_it_is(ref).status == "cancelled"
    assert carts.get(cart.owner_id, cart.cart_id).status == "open"
    again = client(a_guests_token(cart)).post(f"/checkouts/{ref.checkout_id}/cancellation")
    assert (again.status, again.code, again.json["checkout_status"]) == (409, "checkout_over", "cancelled")


def test_money_that_came_before_the_shopper_gave_up_wins(machine: WaitingMachine, till: Till) -> None:
    cart = a_two_vendor_cart()
    ref = ref_of(begun(cart), cart)
    step("reserve_stock", ref)
    step("open_payment", ref)
    step("await_payment", ref, task_token=machine.token(ref))
    till.pay(payment_of(ref).tx_refs[0])

    assert client(a_guests_token(cart)).post(f"/checkouts/{ref.checkout_id}/cancellation").status == 202

    assert machine.resumed_with(ref) == "paid"
    assert step("place_order", ref) == "placed"
    assert as_it_is(ref).status == "completed"


def test_giving_up_is_noted_although_the_provider_does_not_answer(machine: WaitingMachine, till: Till) -> None:
    cart = a_two_vendor_cart()
    ref = ref_of(begun(cart), cart)
    step("open_payment", ref)
    till.fail("cancel", "drop", takes_effect=False)

    answer = client(a_guests_token(cart)).post(f"/checkouts/{ref.checkout_id}/cancellation")

    assert answer.status == 202
    undone(ref)
    assert as_it_is(ref).status == "cancelled"
