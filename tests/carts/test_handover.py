"""Can a checkout take a cart, keep it, and give it back?"""

import pytest

from chalicelib.carts import service as carts
from chalicelib.carts.errors import CartClosed, CartEmpty, CartInCheckout
from chalicelib.core.storage import transactions
from chalicelib.core.storage.transactions import StaleItem
from tests.carts.builders import COFFEE, a_guest, a_variant, put_in
from tests.support.account import Account
from tests.support.calling import Client
from tests.support.recorded_calls import recording


@pytest.fixture
def shopping(aws: Account) -> tuple[Client, str]:
    """A guest with coffee in their cart, and its id."""
    a_variant()
    guest, cart = a_guest()
    put_in(guest, cart, quantity=2)
    return guest, cart.rpartition("/")[2]


def status_of(cart_id: str) -> tuple[str, str | None]:
    cart = carts.get(cart_id, cart_id)
    return cart.status, cart.checkout_id


def test_a_held_cart_cannot_be_changed_until_it_is_given_back(shopping: tuple[Client, str]) -> None:
    guest, cart_id = shopping
    line = f"/carts/{cart_id}/lines/lin_{COFFEE}"

    carts.hold(carts.get(cart_id, cart_id), "chk_1")

    for answer in (
        guest.post(f"/carts/{cart_id}/lines", {"sku": COFFEE, "quantity": 1}),
        guest.patch(line, {"quantity": 1}),
        guest.delete(line),
        guest.delete(f"/carts/{cart_id}"),
    ):
        assert (answer.status, answer.code, answer.json["checkout_id"]) == (409, "cart_in_checkout", "chk_1")
    carts.reopen(cart_id, cart_id, checkout_id="chk_1")
    assert guest.patch(line, {"quantity": 1}).status == 200


def test_holding_again_is_done_already_and_another_checkout_is_refused(shopping: tuple[Client, str]) -> None:
    _, cart_id = shopping
    carts.hold(carts.get(cart_id, cart_id), "chk_1")

    carts.hold(carts.get(cart_id, cart_id), "chk_1")

    with pytest.raises(CartInCheckout):
        carts.hold(carts.get(cart_id, cart_id), "chk_2")
    assert status_of(cart_id) == ("checking_out", "chk_1")


def test_only_the_checkout_that_holds_a_cart_moves_it(shopping: tuple[Client, str]) -> None:
    _, cart_id = shopping
    carts.hold(carts.get(cart_id, cart_id), "chk_1")

    carts.reopen(cart_id, cart_id, checkout_id="chk_2")
    carts.convert(cart_id, cart_id, checkout_id="chk_2")

    assert status_of(cart_id) == ("checking_out", "chk_1")


def test_a_converted_cart_stays_converted(shopping: tuple[Client, str]) -> None:
    _, cart_id = shopping
    carts.hold(carts.get(cart_id, cart_id), "chk_1")
    carts.convert(cart_id, cart_id, checkout_id="chk_1")

    carts.convert(cart_id, cart_id, checkout_id="chk_1")
    carts.reopen(cart_id, cart_id, checkout_id="chk_1")

    assert status_of(cart_id) == ("converted", "chk_1")
    with pytest.raises(CartClosed):
        carts.hold(carts.get(cart_id, cart_id), "chk_2")


def test_an_empty_cart_cannot_be_bought(aws: Account) -> None:
    _, cart = a_guest()
    cart_id = cart.rpartition("/")[2]

    with pytest.raises(CartEmpty):
        carts.hold(carts.get(cart_id, cart_id), "chk_1")


def test_a_cart_that_changed_meanwhile_is_not_held(shopping: tuple[Client, str]) -> None:
    guest, cart_id = shopping
    read_before = carts.get(cart_id, cart_id)
    put_in(guest, f"/carts/{cart_id}")

    with pytest.raises(StaleItem):
        carts.hold(read_before, "chk_1")

    assert status_of(cart_id) == ("open", None)


def test_nothing_happens_to_a_cart_that_is_gone(aws: Account) -> None:
    carts.reopen("crt_gone", "crt_gone", checkout_id="chk_1")
    carts.convert("crt_gone", "crt_gone", checkout_id="chk_1")


def test_handing_over_joins_the_transaction_around_it(aws: Account, shopping: tuple[Client, str]) -> None:
    _, cart_id = shopping
    cart = carts.get(cart_id, cart_id)

    with recording(aws.dynamodb) as calls, transactions.write():
        carts.hold(cart, "chk_1")
        assert calls.operations == []

    assert calls.operations == ["PutItem"]
