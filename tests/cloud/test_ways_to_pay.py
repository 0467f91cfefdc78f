"""Can people pay on delivery or nothing at all in the deployed shop, and does coming back from Chapa's page count?"""

from urllib.parse import parse_qsl, urlsplit

from chalicelib.core import ids
from tests.support.market import Market
from tests.support.shopper import RETURN_URL, Shopper, stock_becomes

ALL_OF_IT = {"kind": "percentage", "percent": "100"}
FREE_DELIVERY = {"kind": "free_shipping"}


def test_an_order_is_paid_on_delivery(market: Market) -> None:
    coffee = market.sells(units=1)
    guest = Shopper.guest(market).takes(coffee).orders_on_delivery()
    checkout = guest.checkout()
    payment = f"/payments/{ids.sibling(guest.checkout_id, 'pmt')}"

    assert checkout["payment"]["checkout_url"] is None
    assert market.staff.must("GET", payment)["status"] == "to_collect"
    collected = market.staff.must("POST", f"{payment}/collection", {"amount": checkout["totals"]["total"]})

    assert collected["status"] == "collected"
    [execution] = market.executions_of(guest.checkout_id)
    assert "AwaitPayment" not in market.states_entered(execution["executionArn"])
    guest.gets_letter()
    stock_becomes(market, coffee, available=0, on_hand=0)


def test_an_order_of_nothing_to_pay_is_placed_at_once_and_without_a_page(market: Market) -> None:
    coffee = market.sells(units=1)
    free = [market.promotes(coffee, discount, is_stackable=True) for discount in (ALL_OF_IT, FREE_DELIVERY)]
    guest = Shopper.guest(market).takes(coffee).names(*[coupon.code for coupon in free])

    order = guest.asks_for_checkout().gets_order()

    assert {order["totals"][part]["amount"] for part in ("total", "shipping", "tax")} == {0}
    assert order["totals"]["discount"] == order["totals"]["subtotal"]
    payment = guest.checkout()["payment"]
    assert (payment["method"], payment["checkout_url"]) == ("nothing_due", None)
    assert market.staff.must("GET", f"/payments/{ids.sibling(guest.checkout_id, 'pmt')}")["status"] == "used"
    assert market.chapa.payments_of(guest.email) == []
    [execution] = market.executions_of(guest.checkout_id)
    assert "AwaitPayment" not in market.states_entered(execution["executionArn"])
    guest.gets_letter()
    stock_becomes(market, coffee, available=0, on_hand=0)


def test_whoever_comes_back_is_looked_after_though_no_webhook_comes(market: Market) -> None:
    coffee = market.sells(units=1)
    market.chapa.next_payment(webhook_copies=0, no_callback=True)
    guest = Shopper.guest(market).takes(coffee).goes_to_pay().pays()

    place = urlsplit(guest.comes_back())

    assert place._replace(query="").geturl() == RETURN_URL
    assert dict(parse_qsl(place.query)) == {"checkout_id": guest.checkout_id, "status": "paid"}
    guest.gets_order()
