"""What becomes of purchases that nobody pays in time, and of money that comes too late?

All of them wait for their deadlines together, and are swept together.
"""

import pytest

from chalicelib.core import clock
from tests.support.market import PRICE_MINOR, Goods, Market
from tests.support.shopper import SOON_SECONDS, Shopper, stock_becomes
from tests.support.waiting import eventually

DEADLINE_SECONDS = 120
NAMES = ("never pays", "pays late", "pays too late", "paid in silence")


@pytest.fixture(scope="module")
def _left_alone(_opened_market: Market) -> dict[str, tuple[Shopper, Goods]]:
    market = _opened_market
    began = {name: _begun(market, is_silent=name == "paid in silence") for name in NAMES}
    began["paid in silence"][0].pays()
    last = max(shopper.checkout()["payment"]["pay_by"] for shopper, _ in began.values())
    eventually(lambda: clock.as_text(clock.now()) > last, DEADLINE_SECONDS, "every deadline is over")
    for name, (shopper, _) in began.items():
        _swept_until(market, shopper, "completed" if name == "paid in silence" else "expired")
    return began


def _begun(market: Market, *, is_silent: bool) -> tuple[Shopper, Goods]:
    coffee = market.sells(units=1)
    if is_silent:
        market.chapa.next_payment(webhook_copies=0, no_callback=True)
    return Shopper.guest(market).takes(coffee).goes_to_pay(), coffee


@pytest.fixture
def left_alone(market: Market, _left_alone: dict[str, tuple[Shopper, Goods]]) -> dict[str, tuple[Shopper, Goods]]:
    """Shoppers whose deadline is over, and the last unit that each of them wanted."""
    return _left_alone


def test_an_unpaid_checkout_expires_and_gives_cart_and_stock_back(market: Market, left_alone) -> None:
    shopper, coffee = left_alone["never pays"]

    stock_becomes(market, coffee, available=1, on_hand=1)
    assert shopper.orders() == []
    assert market.chapa.press("pay", shopper.checkout_url).status == 409
    shopper.takes(market.sells(units=1)).goes_to_pay().pays().gets_order()


def test_a_payment_without_any_news_is_found_at_the_deadline(market: Market, left_alone) -> None:
    shopper, coffee = left_alone["paid in silence"]

    shopper.gets_order()
    stock_becomes(market, coffee, available=0, on_hand=0)


def test_late_money_buys_at_the_old_price_what_is_still_there(market: Market, left_alone) -> None:
    shopper, coffee = left_alone["pays late"]
    market.reprices(coffee, amount=2 * PRICE_MINOR)

    market.chapa.pay(shopper.tx_ref, even_if_closed=True)

    order = shopper.gets_order()
    assert order["totals"]["subtotal"]["amount"] == PRICE_MINOR
    assert market.refunds_of(shopper.checkout_id) == []
    assert shopper.cart()["status"] == "open"
    stock_becomes(market, coffee, available=0, on_hand=0)


def test_late_money_for_what_is_gone_must_go_back(market: Market, left_alone) -> None:
    shopper, coffee = left_alone["pays too late"]
    stock_becomes(market, coffee, available=1, on_hand=1)
    Shopper.guest(market).takes(coffee).goes_to_pay().pays().gets_order()

    market.chapa.pay(shopper.tx_ref, even_if_closed=True)

    (due,) = eventually(lambda: market.refunds_of(shopper.checkout_id), SOON_SECONDS, "a refund is due")
    assert (due["tx_ref"], due["reason"]) == (shopper.tx_ref, "no_order")
    assert due["amount"] == shopper.checkout()["totals"]["total"]
    shopper.sees("out_of_stock")
    assert shopper.orders() == []


def _swept_until(market: Market, shopper: Shopper, status: str) -> None:
    eventually(
        lambda: shopper.checkout()["status"] == status or (market.sweeps() and False),
        SOON_SECONDS,
        f"{shopper.checkout_id} is {status}",
    )
