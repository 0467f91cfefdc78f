"""What if a request on a cart comes twice, at the same time as another, or too late?"""

from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.carts.builders import COFFEE, a_guest, a_variant, an_app, put_in, quantities
from tests.support.account import Account
from tests.support.calling import Client

TABS = 10


@pytest.fixture(autouse=True)
def selling(aws: Account) -> Account:
    """Every test begins with a shop that sells coffee."""
    a_variant()
    return aws


def test_tabs_that_add_at_once_lose_nothing() -> None:
    a_variant("GABI")
    guest, cart = a_guest()

    def add(tab: int) -> int:
        own = Client(an_app(), **guest.headers)
        return own.post(f"{cart}/lines", {"sku": (COFFEE, "GABI")[tab % 2], "quantity": tab + 1}).status

    with ThreadPoolExecutor(TABS) as tabs:
        statuses = list(tabs.map(add, range(TABS)))

    assert statuses == [201] * TABS
    assert quantities(guest.get(cart).json) == {COFFEE: 1 + 3 + 5 + 7 + 9, "GABI": 2 + 4 + 6 + 8 + 10}


def test_a_repeated_request_is_carried_out_once() -> None:
    guest, cart = a_guest()
    line = {"sku": COFFEE, "quantity": 2}

    first = guest.post(f"{cart}/lines", line, idempotency_key="tap-1")
    again = guest.post(f"{cart}/lines", line, idempotency_key="tap-1")
    other = guest.post(f"{cart}/lines", line, idempotency_key="tap-2")

    assert (again.status, again.text) == (first.status, first.text)
    assert again.headers["etag"] == first.headers["etag"]
    assert again.headers["idempotency-replayed"] == "true"
    assert quantities(other.json) == {COFFEE: 4}


def test_a_key_belongs_to_one_body() -> None:
    guest, cart = a_guest()
    guest.post(f"{cart}/lines", {"sku": COFFEE, "quantity": 2}, idempotency_key="tap-1")

    answer = guest.post(f"{cart}/lines", {"sku": COFFEE, "quantity": 3}, idempotency_key="tap-1")

    assert (answer.status, answer.code) == (422, "idempotency_key_reused")
    assert quantities(guest.get(cart).json) == {COFFEE: 2}


def test_a_refusal_gives_its_key_back() -> None:
    guest, cart = a_guest()
    gabi = {"sku": "GABI", "quantity": 1}
    assert guest.post(f"{cart}/lines", gabi, idempotency_key="tap-1").code == "sku_not_for_sale"
    a_variant("GABI")

    answer = guest.post(f"{cart}/lines", gabi, idempotency_key="tap-1")

    assert answer.status == 201


def test_repeating_a_key_from_many_tabs_adds_the_line_once() -> None:
    guest, cart = a_guest()

    def tap(_: int) -> int:
        own = Client(an_app(), **guest.headers)
        return own.post(f"{cart}/lines", {"sku": COFFEE, "quantity": 1}, idempotency_key="tap-1").status

    with ThreadPoolExecutor(TABS) as tabs:
        statuses = set(tabs.map(tap, range(TABS)))

    assert statuses <= {201, 409}
    assert quantities(guest.get(cart).json) == {COFFEE: 1}


def test_opening_a_cart_takes_no_key() -> None:
    answer = Client(an_app()).post("/carts", idempotency_key="tap-1")

    assert (answer.status, answer.code) == (400, "idempotency_key_not_accepted")


def test_a_change_to_what_was_seen_before_is_refused() -> None:
    guest, cart = a_guest()
    seen = put_in(guest, cart).headers["etag"]
    line, newer = f"{cart}/lines/lin_{COFFEE}", put_in(guest, cart).headers["etag"]

    for answer in (
        guest.post(f"{cart}/lines", {"sku": COFFEE, "quantity": 1}, if_match=seen),
        guest.patch(line, {"quantity": 9}, if_match=seen),
        guest.delete(line, if_match=seen),
        guest.delete(cart, if_match=seen),
        guest.delete(cart, if_match='"not-ours"'),
    ):
        assert (answer.status, answer.code) == (412, "precondition_failed")
    assert guest.patch(line, {"quantity": 9}, if_match=newer).status == 200
    assert guest.delete(cart, if_match="*").status == 204


def test_an_unchanged_cart_is_not_sent_again() -> None:
    guest, cart = a_guest()
    put_in(guest, cart)
    tag = guest.get(cart).headers["etag"]

    assert guest.get(cart, if_none_match=tag).status == 304
    put_in(guest, cart)
    assert guest.get(cart, if_none_match=tag).status == 200
