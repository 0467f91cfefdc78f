"""Can people still buy when the payment provider loses answers, or talks nonsense for a while?"""

from tests.support.market import Market
from tests.support.shopper import SOON_SECONDS, Shopper, stock_becomes
from tests.support.waiting import eventually

ERROR_PAGE = {"kind": "html", "times": 2}


def test_a_lost_answer_costs_only_a_second_page(market: Market) -> None:
    coffee = market.sells(units=1)
    market.chapa.next_payment(answers={"initialize": {"kind": "drop"}})

    guest = Shopper.guest(market).takes(coffee).goes_to_pay()

    known, lost = market.chapa.payments_of(guest.email)
    assert known == guest.tx_ref
    assert market.chapa.payment(lost)["closed"] == "cancelled_by_merchant"
    guest.pays().gets_order()


def test_money_on_a_page_whose_address_was_lost_becomes_the_order(market: Market) -> None:
    coffee = market.sells(units=1)
    market.chapa.next_payment(answers={"initialize": {"kind": "drop"}})
    guest = Shopper.guest(market).takes(coffee).goes_to_pay()
    _, lost = market.chapa.payments_of(guest.email)

    market.chapa.pay(lost, even_if_closed=True)
    guest.gets_order()
    market.chapa.pay(guest.tx_ref)

    (due,) = eventually(lambda: market.refunds_of(guest.checkout_id), SOON_SECONDS, "a refund is due")
    assert (due["tx_ref"], due["reason"]) == (guest.tx_ref, "paid_twice")
    stock_becomes(market, coffee, available=0, on_hand=0)


def test_error_pages_for_a_while_only_take_time(market: Market) -> None:
    coffee = market.sells(units=1)
    market.chapa.behave_with(answers={"initialize": ERROR_PAGE, "verify": ERROR_PAGE})
    guest = Shopper.guest(market).takes(coffee).goes_to_pay()

    guest.pays()

    eventually(
        lambda: market.verifies() and guest.checkout()["status"] == "completed", SOON_SECONDS, "the money is found"
    )
    guest.gets_order()


def test_a_refused_page_ends_the_checkout_and_gives_everything_back(market: Market) -> None:
    coffee = market.sells(units=1)
    market.chapa.next_payment(answers={"initialize": {"kind": "refuse"}})

    guest = Shopper.guest(market).takes(coffee).asks_for_checkout()

    guest.sees("payment_refused")
    stock_becomes(market, coffee, available=1, on_hand=1)
    guest.goes_to_pay().pays().gets_order()
