"""Does the shop learn the truth about a payment, in whatever way and order it is told, or if it is told nothing?"""

import json
import random
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest

from tests.support.market import Market
from tests.support.shopper import SOON_SECONDS, Shopper, stock_becomes
from tests.support.waiting import eventually
from tests.support.wire import call

# The provider pays two seconds after it is asked; queues and machines lie between.
_BACK_SECONDS = 60
_TOLD = {"Your money is on its way back", "Your money is back"}


def test_money_that_comes_before_its_page_is_known_becomes_an_order(market: Market) -> None:
    coffee = market.sells(units=1)
    guest = Shopper.guest(market).takes(coffee)
    market.chapa.next_payment(answers={"initialize": {"kind": "hang", "seconds": 6}})

    guest.asks_for_checkout(wait_seconds=0)
    (tx_ref,) = eventually(lambda: market.chapa.payments_of(guest.email), SOON_SECONDS, "the shop asks for a page")
    market.chapa.pay(tx_ref)

    (webhook,) = market.chapa.webhooks_of(tx_ref)
    assert guest.checkout()["payment"]["checkout_url"] is None
    assert webhook["tries"][0]["status"] == 200
    guest.gets_order()


def test_a_webhook_that_comes_twice_counts_once(market: Market) -> None:
    coffee = market.sells(units=2)
    market.chapa.next_payment(webhook_copies=2)
    guest = Shopper.guest(market).takes(coffee).goes_to_pay()

    guest.pays().gets_order()

    deliveries = market.chapa.webhooks_of(guest.tx_ref, tries=2)
    assert [each["tries"][0]["status"] for each in deliveries] == [200, 200]
    guest.gets_letter()
    stock_becomes(market, coffee, available=1, on_hand=1)


@pytest.mark.parametrize("is_return_first", [True, False], ids=["return first", "webhook first"])
def test_return_and_webhook_may_come_in_any_order(market: Market, is_return_first: bool) -> None:
    coffee = market.sells(units=1)
    switches = {"webhook_delay_seconds": 2} if is_return_first else {"no_callback": True}
    market.chapa.next_payment(**switches)
    guest = Shopper.guest(market).takes(coffee).goes_to_pay()

    guest.pays().gets_order()

    (webhook,) = market.chapa.webhooks_of(guest.tx_ref)
    assert webhook["tries"][0]["status"] == 200
    assert call_back(market, guest.tx_ref) == 200
    assert len(guest.orders()) == 1


def test_a_forged_webhook_is_turned_away_and_the_money_is_found_without_it(market: Market) -> None:
    coffee = market.sells(units=1)
    market.chapa.next_payment(webhook_signature="forged", no_callback=True)
    guest = Shopper.guest(market).takes(coffee).goes_to_pay()
    claim = {"event": "charge.success", "status": "success", "tx_ref": guest.tx_ref, "reference": "CHforged"}

    for signature in ({}, {"x_chapa_signature": "0" * 64}):
        assert market.api.post("/webhooks/chapa", claim, **signature).status == 401
    market.verifies()
    assert guest.checkout()["status"] == "awaiting_payment"

    guest.pays()
    assert market.chapa.webhooks_of(guest.tx_ref)[0]["tries"][0]["status"] == 401
    is_verified(market, guest)
    guest.gets_order()


@pytest.mark.parametrize("scheme", ["payload", "basic"])
def test_a_custom_webhook_is_taken_by_its_own_proof_and_by_no_other(market: Market, scheme: str) -> None:
    coffee = market.sells(units=2)
    market.chapa.next_payment(webhook_scheme=scheme, no_callback=True)
    guest = Shopper.guest(market).takes(coffee).goes_to_pay()
    guest.pays().gets_order()
    assert market.chapa.webhooks_of(guest.tx_ref)[0]["tries"][0]["status"] == 200

    market.chapa.next_payment(webhook_scheme=scheme, webhook_signature="forged", no_callback=True)
    other = Shopper.guest(market).takes(coffee).goes_to_pay()
    other.pays()
    assert market.chapa.webhooks_of(other.tx_ref)[0]["tries"][0]["status"] == 401
    is_verified(market, other)


@pytest.mark.parametrize("lie", [{"amount": "1.00"}, {"currency": "USD"}], ids=["amount", "currency"])
def test_what_a_webhook_says_of_the_money_is_not_believed(market: Market, lie: dict[str, str]) -> None:
    coffee = market.sells(units=1)
    market.chapa.next_payment(webhook_fields=lie, no_callback=True)
    guest = Shopper.guest(market).takes(coffee).goes_to_pay()

    order = guest.pays().gets_order()

    assert order["totals"]["total"] == guest.checkout()["totals"]["total"]
    assert market.refunds_of(guest.checkout_id) == []


def test_money_that_is_not_what_was_asked_for_must_go_back(market: Market) -> None:
    coffee = market.sells(units=1)
    market.chapa.next_payment(verify_fields={"amount": 1})
    guest = Shopper.guest(market).takes(coffee).goes_to_pay()

    guest.pays()

    eventually(lambda: _states(market, guest) == ["done"], _BACK_SECONDS, "the money is back")
    eventually(lambda: _subjects(market, guest) >= _TOLD, _BACK_SECONDS, "the shopper is told")
    (refund,) = market.refunds_of(guest.checkout_id)
    assert (refund["tx_ref"], refund["reason"], refund["amount"]["amount"]) == (guest.tx_ref, "not_as_asked", 100)
    (asked,) = market.chapa.payment(guest.tx_ref)["refunds"]
    assert (asked["merchant_reference"], asked["is_complete"]) == (refund["id"], True)
    guest.sees("payment_refused")
    assert guest.orders() == []
    stock_becomes(market, coffee, available=1, on_hand=1)


def test_a_payment_that_nobody_tells_us_of_is_found(market: Market) -> None:
    coffee = market.sells(units=1)
    market.chapa.next_payment(webhook_copies=0, no_callback=True)
    guest = Shopper.guest(market).takes(coffee).goes_to_pay()

    guest.pays()

    is_verified(market, guest)
    guest.gets_order()


def test_the_same_news_forty_times_over_become_one_order(market: Market) -> None:
    coffee = market.sells(units=5)
    market.chapa.next_payment(webhook_copies=0, no_callback=True)
    guest = Shopper.guest(market).takes(coffee).goes_to_pay()
    guest.pays()
    news = [send_webhook] * 20 + [call_back] * 10 + [call_back_by_post] * 10
    random.Random(7).shuffle(news)

    with ThreadPoolExecutor(8) as pool:
        statuses = list(pool.map(lambda tell: tell(market, guest.tx_ref), news))

    assert set(statuses) == {200}
    guest.gets_order()
    guest.gets_letter()
    stock_becomes(market, coffee, available=4, on_hand=4)


def is_verified(market: Market, guest: Shopper) -> None:
    """Run the verification of silent payments until this one has had its turn."""
    eventually(
        lambda: market.verifies() and guest.checkout()["status"] == "completed", SOON_SECONDS, "the money is found"
    )


def send_webhook(market: Market, tx_ref: str) -> int:
    """Tell of a payment as Chapa would; each is worded differently, so that each has to be looked into."""
    said = {"event": "charge.success", "status": "success", "tx_ref": tx_ref, "at": datetime.now(UTC).isoformat()}
    body = json.dumps(said).encode()
    signature = market.chapa.signature_of(body)
    headers = {"content-type": "application/json", "x-chapa-signature": signature}
    return call("POST", f"{market.shop.api_url}/webhooks/chapa", body=body, headers=headers).status


def call_back(market: Market, tx_ref: str) -> int:
    """Make the callback, as it is mostly made."""
    return market.api.get(f"/webhooks/chapa?trx_ref={tx_ref}&ref_id=CH1&status=success").status


def call_back_by_post(market: Market, tx_ref: str) -> int:
    """Make the callback by the other method, without a body as without a signature."""
    return call("POST", f"{market.shop.api_url}/webhooks/chapa?trx_ref={tx_ref}&ref_id=CH1&status=success").status


def _states(market: Market, shopper: Shopper) -> list[str]:
    return [each["status"] for each in market.refunds_of(shopper.checkout_id)]


def _subjects(market: Market, shopper: Shopper) -> set[str]:
    return {letter.subject for letter in market.letters_to(shopper.email)}
