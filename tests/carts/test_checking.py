"""Is a shopper told what has become of the goods in their cart?"""

from typing import Any

import pytest

from chalicelib.carts import service as carts
from chalicelib.carts.rules import ChangeKind, changes
from chalicelib.promotions import service as promotions
from tests.carts.builders import a_line, quoted
from tests.promotions.defining import a_coupon
from tests.support.builders import COFFEE, GABI, a_variant, birr
from tests.support.calling import Client


def told(client: Client, cart: str) -> list[dict[str, Any]]:
    """What has changed, without members that say nothing."""
    found = client.get(cart).json["changes"]
    return [{name: value for name, value in each.items() if value is not None} for each in found]


def test_nothing_has_changed(shopping: tuple[Client, str]) -> None:
    guest, cart = shopping

    assert told(guest, cart) == []


def test_a_price_that_moved_is_told_and_the_cart_stays_as_it_is(shopping: tuple[Client, str]) -> None:
    guest, cart = shopping
    version = guest.get(cart).headers["etag"].partition(".")[0]
    a_variant(COFFEE, price=birr(300), left=10)

    answer = guest.get(cart)

    assert told(guest, cart) == [
        {
            "kind": "price_changed",
            "line_id": f"lin_{COFFEE}",
            "sku": COFFEE,
            "was": birr(250).as_wire(),
            "now": birr(300).as_wire(),
        }
    ]
    assert answer.json["lines"][0]["unit_price"] == birr(250).as_wire()
    assert answer.headers["etag"].partition(".")[0] == version


def test_what_is_not_sold_any_more_is_told(shopping: tuple[Client, str]) -> None:
    guest, cart = shopping
    a_variant(GABI, is_for_sale=False)

    assert told(guest, cart) == [{"kind": "not_for_sale", "line_id": f"lin_{GABI}", "sku": GABI}]


@pytest.mark.parametrize(("left", "kind"), [(1, "fewer_left"), (0, "sold_out")])
def test_what_runs_short_is_told_with_what_is_left(shopping: tuple[Client, str], left: int, kind: str) -> None:
    guest, cart = shopping
    a_variant(COFFEE, left=left)

    assert told(guest, cart) == [{"kind": kind, "line_id": f"lin_{COFFEE}", "sku": COFFEE, "left": left}]


def test_a_line_that_is_touched_has_todays_price_and_nothing_is_told(shopping: tuple[Client, str]) -> None:
    guest, cart = shopping
    a_variant(COFFEE, price=birr(300), left=10)

    guest.patch(f"{cart}/lines/lin_{COFFEE}", {"quantity": 2})

    assert told(guest, cart) == []


def test_nothing_is_looked_up_of_a_cart_in_checkout(shopping: tuple[Client, str]) -> None:
    guest, cart = shopping
    cart_id = cart.rpartition("/")[2]
    carts.hold(carts.get(cart_id, cart_id), "chk_1")
    a_variant(COFFEE, left=0)

    assert told(guest, cart) == []


def test_a_quote_of_a_cart_in_checkout_tells_no_changes_either(shopping: tuple[Client, str]) -> None:
    guest, cart = shopping
    a_coupon("ONCE", uses=1)
    guest.patch(cart, {"coupon_codes": ["ONCE"]})
    cart_id = cart.rpartition("/")[2]
    _, review = carts.reviewed(cart_id, cart_id)
    assert review.quote is not None
    promotions.take("res_1", promotions.claims_of(review.quote, review.claims, subjects=["usr_ALMAZ"]))
    carts.hold(carts.get(cart_id, cart_id), "chk_1")
    a_variant(COFFEE, price=birr(300), left=0)

    found = quoted(guest, cart)

    assert (found["changes"], found["refused_codes"]) == ([], [])


def test_a_line_can_cost_more_and_run_short_at_once() -> None:
    line = a_line(quantity=3)

    found = changes([line], prices={line.sku: birr(400)}, available={line.sku: 2})

    assert [(each.kind, each.left) for each in found] == [(ChangeKind.PRICE_CHANGED, None), (ChangeKind.FEWER_LEFT, 2)]
    assert [each.kind for each in changes([line], prices={}, available={})] == [ChangeKind.NOT_FOR_SALE]
