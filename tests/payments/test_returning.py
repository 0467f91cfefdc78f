"""Does whoever comes back from the payment page find the money noticed, and go nowhere but to the shop?"""

from urllib.parse import parse_qsl, urlsplit

import pytest

from chalicelib.core.storage.transactions import settled
from chalicelib.payments import rules, service
from chalicelib.payments.rules import PaymentMethod, PaymentStatus, ReturnStatus
from chalicelib.payments.service import PageRequest
from functions.api.payments import app
from tests.checkout.builders import an_awaited_payment, payment_of, reference_of
from tests.payments.builders import an_open_payment, attempt, open_page
from tests.support.account import Account
from tests.support.builders import BUYER, RETURN_URL, a_payment, the_payment
from tests.support.calling import Client, Response
from tests.support.chapa import Till
from tests.support.machine import WaitingMachine
from tests.support.recorded_calls import recording


def comes_back(payment_id: str = "pmt_1", query: str = "") -> Response:
    return Client(app).get(f"/payments/{payment_id}/return{query}")


def going_to(answer: Response) -> tuple[str, dict[str, str]]:
    """Where a browser is sent, and what is said there."""
    assert answer.status == 303, answer.text
    parts = urlsplit(answer.headers["location"])
    return parts._replace(query="").geturl(), dict(parse_qsl(parts.query))


def verifications(till: Till) -> int:
    return len([call for call in till.calls() if call["operation"] == "verify"])


def test_the_provider_sends_shoppers_to_the_shop_first(till: Till) -> None:
    an_open_payment()

    [known] = till.known()
    assert known["return_url"] == "https://shop.test/v1/payments/pmt_1/return"


def test_a_shopper_who_has_paid_is_told_so_although_no_webhook_came(till: Till) -> None:
    till.pay(an_open_payment())

    answer = comes_back()

    assert going_to(answer) == (RETURN_URL, {"checkout_id": "chk_1", "status": "paid"})
    assert the_payment().status == PaymentStatus.CAPTURED
    assert answer.headers["cache-control"] == "no-store"


def test_the_return_wakes_the_checkout(machine: WaitingMachine, till: Till) -> None:
    ref = an_awaited_payment(machine)
    till.pay(reference_of(ref))

    comes_back(payment_of(ref).payment_id)

    assert machine.resumed_with(ref) == "paid"


def test_a_shopper_who_has_not_paid_is_told_to_wait(till: Till) -> None:
    tx_ref = an_open_payment()
    due = attempt(tx_ref).gsi2sk

    assert going_to(comes_back()) == (RETURN_URL, {"checkout_id": "chk_1", "status": "pending"})

    assert the_payment().status == PaymentStatus.OPEN
    assert (attempt(tx_ref).gsi2sk, attempt(tx_ref).checks) == (due, 0)


def test_who_comes_back_again_at_once_costs_no_call(till: Till) -> None:
    an_open_payment()

    for _ in range(3):
        comes_back()

    assert verifications(till) == 1


def test_who_comes_back_later_is_looked_after_again(till: Till, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RETURN_CHECK_SECONDS", "0")
    tx_ref = an_open_payment()
    comes_back()
    till.pay(tx_ref)

    assert going_to(comes_back())[1]["status"] == "paid"


def test_a_settled_payment_is_one_read(till: Till, aws: Account) -> None:
    till.pay(an_open_payment())
    comes_back()

    with recording(aws.dynamodb) as calls:
        assert going_to(comes_back())[1]["status"] == "paid"

    assert calls.operations == ["GetItem"]
    assert verifications(till) == 1


@pytest.mark.parametrize("kind", ["html", "drop", "refuse"])
def test_a_provider_in_trouble_keeps_nobody(till: Till, kind: str) -> None:
    an_open_payment()
    till.fail("verify", kind)

    assert going_to(comes_back()) == (RETURN_URL, {"checkout_id": "chk_1", "status": "pending"})


def test_late_money_is_noticed_too(till: Till) -> None:
    tx_ref = an_open_payment()
    service.close("pmt_1")
    till.pay(tx_ref, force=True)

    assert going_to(comes_back())[1]["status"] == "paid"


def test_an_unpaid_checkout_that_is_over_is_told_so(till: Till) -> None:
    an_open_payment()
    service.close("pmt_1")

    assert going_to(comes_back())[1]["status"] == "closed"


def test_what_the_address_says_is_not_believed(till: Till) -> None:
    an_open_payment()

    answer = comes_back(query="?status=success&trx_ref=pay_1&return_url=https://evil.test&checkout_id=chk_2")

    assert going_to(answer) == (RETURN_URL, {"checkout_id": "chk_1", "status": "pending"})


@pytest.mark.parametrize(
    "address",
    [
        "https://evil.test/thanks",
        "http://storefront.test/thanks",
        "https://storefront.test.evil.test/",
        "https://storefront.test@evil.test/",
        "https://storefront.test:444/",
        "https://evil.test/?https://storefront.test",
    ],
)
def test_nobody_is_sent_to_a_place_that_is_not_the_shops(till: Till, address: str) -> None:
    a_payment()
    settled(lambda: service.open_page("pmt_1", PageRequest(email=BUYER, return_url=address)))

    assert going_to(comes_back()) == ("http://localhost:3000", {"checkout_id": "chk_1", "status": "pending"})


def test_what_a_page_was_called_with_is_kept(till: Till) -> None:
    a_payment()
    address = f"{RETURN_URL}?lang=am&status=none&note=%E1%89%A1%E1%8A%93#top"
    settled(lambda: service.open_page("pmt_1", PageRequest(email=BUYER, return_url=address)))

    place, said = going_to(comes_back())

    assert place == f"{RETURN_URL}#top"
    assert said == {"lang": "am", "note": "ቡና", "checkout_id": "chk_1", "status": "pending"}


def test_a_payment_that_is_not_there_leads_nowhere(till: Till) -> None:
    answer = comes_back("pmt_none")

    assert (answer.status, answer.code) == (404, "payment_not_found")


def test_a_payment_without_a_page_asks_nobody(till: Till) -> None:
    a_payment(method=PaymentMethod.CASH_ON_DELIVERY)
    open_page()

    assert going_to(comes_back())[1]["status"] == "paid"
    assert till.calls() == []


@pytest.mark.parametrize("status", PaymentStatus)
def test_every_status_is_told_in_one_of_three_words(status: PaymentStatus) -> None:
    told = rules.told_on_return(status)

    assert (told is ReturnStatus.PENDING) == (status in (PaymentStatus.OPENING, PaymentStatus.OPEN))
    assert (told is ReturnStatus.CLOSED) == (status in (PaymentStatus.CLOSED, PaymentStatus.REFUND_DUE))
