"""Does the checkout page lead a customer to the outcome that the tester wants?"""

import re

import pytest

from tests.simulators.support import Merchant, call


@pytest.mark.parametrize(
    "form",
    [
        {"wallet": "0900123456"},
        {"wallet": "0900 112 233", "method": "cbebirr"},
        {"wallet": "0700881111"},
        {"wallet": "0700123456", "method": "mpesa"},
        {"outcome": "pay"},
    ],
)
def test_a_good_wallet_pays_and_leads_back_to_the_shop(merchant: Merchant, form: dict[str, str]) -> None:
    thanks = "https://shop.et/thanks?order=1"
    url = merchant.checkout_url(return_url=thanks, callback_url=merchant.shop.callback_url)

    answer = call("POST", url, form=form)

    assert (answer.status, answer.headers["location"]) == (302, thanks)
    details = merchant.verify().json["data"]
    assert details["status"] == "success"
    merchant.deliveries(tries=1, kind="callback")
    assert merchant.shop.callbacks[0].query == {
        "trx_ref": "nx-1",
        "ref_id": details["reference"],
        "status": "success",
    }


def test_the_callback_may_be_a_post_that_says_the_same_in_its_address(merchant: Merchant) -> None:
    merchant.switch(callback_method="POST")
    url = merchant.checkout_url(callback_url=f"{merchant.shop.callback_url}?shop=1")

    call("POST", url, form={"outcome": "pay"})

    merchant.deliveries(tries=1, kind="callback")
    (callback,) = merchant.shop.callbacks
    told = {"shop": "1", "trx_ref": "nx-1", "ref_id": merchant.verify().json["data"]["reference"], "status": "success"}
    assert (callback.method, callback.query, callback.body) == ("POST", told, b"")
    assert not [name for name in callback.headers if "signature" in name]


@pytest.mark.parametrize(
    "form",
    [
        {"wallet": "0911000000"},
        {"wallet": "0900123456", "method": "mpesa"},
        {"wallet": "0700123456", "method": "telebirr"},
        {"wallet": "0900123456", "method": "cheque"},
        {"wallet": ""},
        {},
        {"outcome": "decline"},
    ],
)
def test_any_other_wallet_is_declined_and_can_be_retried(merchant: Merchant, form: dict[str, str]) -> None:
    url = merchant.checkout_url(callback_url=merchant.shop.callback_url)

    declined = call("POST", url, form=form)

    assert declined.status == 402
    assert 'role="alert"' in declined.text
    assert "9 tries left" in declined.text
    assert merchant.verify().json["data"]["status"] == "failed"
    assert call("POST", url, form={"wallet": "0900123456"}).status == 200
    merchant.deliveries(tries=2)
    assert sorted(merchant.shop.events) == ["charge.failed/cancelled", "charge.success"]
    assert merchant.verify().json["data"]["status"] == "success"
    assert len(merchant.deliveries(tries=1, kind="callback")) == 1


def test_the_tenth_failed_try_is_the_last(merchant: Merchant) -> None:
    url = merchant.checkout_url(callback_url=merchant.shop.callback_url)

    tries = [call("POST", url, form={"outcome": "decline"}) for _ in range(10)]

    assert [answer.status for answer in tries] == [402] * 10
    assert "All 10 tries were declined" in tries[-1].text
    assert call("POST", url, form={"outcome": "pay"}).status == 409
    merchant.deliveries(tries=1, kind="callback")
    assert merchant.shop.callbacks[0].query["status"] == "failed"


def test_a_customer_who_cancels_ends_the_link(merchant: Merchant) -> None:
    url = merchant.checkout_url(return_url="https://shop.et/thanks")

    answer = call("POST", url, form={"outcome": "cancel"})

    assert (answer.status, answer.headers["location"]) == (302, "https://shop.et/thanks")
    assert "Payment cancelled" in call("GET", url).text
    assert call("POST", url, form={"outcome": "pay"}).status == 409
    merchant.deliveries(tries=1)
    assert merchant.shop.events == ["charge.failed/cancelled"]


def test_a_link_is_paid_once(merchant: Merchant) -> None:
    url = merchant.checkout_url()

    first, second = (call("POST", url, form={"outcome": "pay"}) for _ in range(2))

    assert (first.status, second.status) == (200, 409)
    merchant.deliveries(tries=1)
    assert merchant.shop.events == ["charge.success"]


def test_a_link_expires_with_its_window(merchant: Merchant) -> None:
    merchant.control("PUT", "/settings", {"link_window_seconds": 0})
    url = merchant.checkout_url()

    assert "Link expired" in call("GET", url).text
    assert call("POST", url, form={"outcome": "pay"}).status == 409
    assert merchant.verify().json["message"] == "Payment not paid yet"
    assert merchant.api("PUT", "/transaction/cancel/nx-1").json["message"] == "Payment link already expired"


def test_an_amount_above_the_limit_of_a_method_is_declined(merchant: Merchant) -> None:
    url = merchant.checkout_url(amount="75000.01")

    assert "takes at most 75,000 birr" in call("POST", url, form={"wallet": "0900123456"}).text
    assert call("POST", url, form={"wallet": "0900123456", "method": "cbebirr"}).status == 200


@pytest.mark.parametrize(
    ("amount", "chosen", "closed"), [("350", "telebirr", 0), ("120000", "cbebirr", 3), ("700000", None, 6)]
)
def test_the_first_method_that_takes_the_amount_is_chosen(
    merchant: Merchant, amount: str, chosen: str | None, closed: int
) -> None:
    page = call("GET", merchant.checkout_url(amount=amount)).text

    assert re.findall(r'value="(\w+)" checked', page) == ([chosen] if chosen else [])
    assert page.count(" disabled>") == closed


def test_the_page_shows_shop_amount_and_methods(merchant: Merchant) -> None:
    url = merchant.checkout_url(amount=1250.5, customization={"title": "<b>Nexus</b>"})

    page = call("GET", url)

    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert "default-src 'none'" in page.headers["content-security-policy"]
    assert "Nexus demo shop" in page.text
    assert "ETB\u00a01,250.50" in page.text
    assert "&lt;b&gt;Nexus&lt;/b&gt;" in page.text
    assert "<b>" not in page.text
    assert '<label class="title" for="wallet">' in page.text
    assert page.text.count('type="radio"') == 6


def test_the_outcome_is_told_in_json_to_those_who_ask(merchant: Merchant) -> None:
    url = merchant.checkout_url(return_url="https://shop.et/thanks")
    headers = {"Accept": "application/json"}

    declined = call("POST", url, form={"wallet": "0911000000"}, headers=headers)
    paid = call("POST", url, form={"wallet": "0900123456"}, headers=headers)

    assert (declined.status, declined.json["status"], declined.json["tries_left"]) == (402, "failed", 9)
    assert (paid.status, paid.json["status"]) == (200, "success")
    assert paid.json["return_url"] == "https://shop.et/thanks"


def test_an_unknown_link_is_not_found(merchant: Merchant) -> None:
    unknown = f"{merchant.chapa.url}/checkout/payment/unknown"

    assert call("GET", unknown).status == 404
    assert call("POST", unknown, form={"outcome": "pay"}).status == 404
