"""Can each misbehaviour of the API be switched on, for whom it is meant?"""

import json
from http.client import HTTPConnection, RemoteDisconnected
from urllib.parse import urlsplit

import pytest

from tests.simulators.support import Merchant


def _statuses(merchant: Merchant) -> list[tuple[str, int | None, str | None]]:
    calls = merchant.control("GET", "/calls")["items"]
    return [(call["operation"], call["status"], call["fault"]) for call in calls]


def test_the_answer_of_a_start_is_lost_after_it_took_effect(merchant: Merchant) -> None:
    merchant.switch(answers={"initialize": {"kind": "drop"}})

    with pytest.raises(RemoteDisconnected):
        merchant.initialize()

    assert merchant.verify().json["message"] == "Payment not paid yet"
    assert _statuses(merchant)[0] == ("initialize", None, "drop")


def test_a_start_is_lost_before_it_took_effect(merchant: Merchant) -> None:
    merchant.switch(answers={"initialize": {"kind": "drop", "takes_effect": False}})

    with pytest.raises(RemoteDisconnected):
        merchant.initialize()

    assert merchant.verify().json["message"] == "Invalid transaction or Transaction not found"


def test_a_start_hangs_until_the_caller_gives_up(merchant: Merchant) -> None:
    merchant.switch(answers={"initialize": {"kind": "hang", "seconds": 60}})

    with pytest.raises(TimeoutError):
        merchant.api(
            "POST",
            "/transaction/initialize",
            document={"amount": "1.00", "currency": "ETB", "tx_ref": "nx-1"},
            timeout=0.3,
        )

    assert merchant.verify().json["message"] == "Payment not paid yet"


def test_a_hang_that_ends_answers_after_all(merchant: Merchant) -> None:
    merchant.switch(answers={"initialize": {"kind": "hang", "seconds": 0.01}})

    assert merchant.initialize().status == 200


@pytest.mark.parametrize(("takes_effect", "message"), [(False, "Invalid"), (True, "Payment not paid yet")])
def test_an_error_page_comes_instead_of_json(merchant: Merchant, takes_effect: bool, message: str) -> None:
    merchant.switch(answers={"initialize": {"kind": "html", "takes_effect": takes_effect}})

    answer = merchant.initialize()

    assert answer.status == 500
    assert answer.headers["content-type"].startswith("text/html")
    assert answer.text.startswith("<!DOCTYPE html>")
    assert merchant.verify().json["message"].startswith(message)


def test_a_refusal_has_an_object_for_a_message(merchant: Merchant) -> None:
    merchant.switch(answers={"initialize": {"kind": "refuse"}})

    answer = merchant.initialize()

    assert answer.status == 400
    assert answer.json["message"] == {"amount": ["validation.required"]}
    assert merchant.verify().status == 404


def test_a_refusal_has_the_message_that_was_asked_for(merchant: Merchant) -> None:
    fault = {"kind": "refuse", "status": 401, "message": "Invalid API Key or User doesn't exist"}
    merchant.switch(answers={"verify": fault, "cancel": fault, "refund": fault})
    merchant.initialize()

    answers = [
        merchant.verify(),
        merchant.api("PUT", "/transaction/cancel/nx-1"),
        merchant.api("POST", "/refund/nx-1"),
    ]

    assert [(answer.status, answer.json["message"]) for answer in answers] == [(401, fault["message"])] * 3


def test_a_fault_may_hit_a_number_of_times(merchant: Merchant) -> None:
    merchant.initialize()
    merchant.push("pay")
    merchant.switch(answers={"verify": {"kind": "html", "status": 502, "times": 2}})

    assert [merchant.verify().status for _ in range(4)] == [502, 502, 200, 200]


def test_verify_says_pending_for_a_while_although_paid(merchant: Merchant) -> None:
    merchant.switch(verify_pending_calls=2)
    merchant.initialize()
    merchant.push("pay")

    statuses = [merchant.verify().json["data"]["status"] for _ in range(3)]

    assert statuses == ["pending", "pending", "success"]


def test_verify_tells_another_amount_currency_and_mode(merchant: Merchant) -> None:
    merchant.switch(verify_fields={"amount": 3.5, "currency": "USD", "mode": "live"})
    merchant.initialize()
    merchant.push("pay")

    details = merchant.verify().json["data"]
    assert (details["amount"], details["currency"], details["mode"]) == (3.5, "USD", "live")


def test_switches_for_the_next_payments_are_used_up(merchant: Merchant) -> None:
    wanted = {"payments": 2, "switches": {"answers": {"initialize": {"kind": "html"}}}}
    merchant.control("POST", "/switches/next", wanted)

    statuses = [merchant.initialize(tx_ref).status for tx_ref in ("nx-1", "nx-2", "nx-3")]

    assert statuses == [500, 500, 200]


def test_switches_for_all_give_way_to_those_for_one(merchant: Merchant) -> None:
    merchant.control("PUT", "/switches", {"verify_fields": {"amount": 1}, "no_callback": True})
    merchant.switch("nx-2", verify_fields={"amount": 2})
    for tx_ref in ("nx-1", "nx-2"):
        merchant.initialize(tx_ref, callback_url=merchant.shop.callback_url)
        merchant.push("pay", tx_ref)

    amounts = [merchant.verify(tx_ref).json["data"]["amount"] for tx_ref in ("nx-1", "nx-2")]

    assert amounts == [1, 2]
    assert merchant.control("GET", "/deliveries?kind=callback")["items"] == []


def test_switches_are_cleared_for_one_and_for_all(merchant: Merchant) -> None:
    merchant.control("PUT", "/switches", {"verify_fields": {"amount": 1}})
    merchant.switch("nx-1", verify_fields={"amount": 2})
    merchant.initialize()
    merchant.push("pay")

    merchant.control("DELETE", "/switches/nx-1")
    assert merchant.verify().json["data"]["amount"] == 1
    merchant.control("DELETE", "/switches")
    assert merchant.verify().json["data"]["amount"] == 350


def test_a_slip_in_a_switch_is_explained(merchant: Merchant) -> None:
    answer = merchant.control("PUT", "/switches/nx-1", {"webhook_copy": 2}, expect=422)

    assert answer["problems"] == [{"at": "webhook_copy", "message": "Extra inputs are not permitted"}]


def test_one_hanging_call_does_not_hold_up_another(merchant: Merchant) -> None:
    merchant.switch("nx-1", answers={"initialize": {"kind": "hang", "seconds": 60}})
    draft = {"amount": "350.00", "currency": "ETB", "tx_ref": "nx-1"}
    headers = {"Authorization": f"Bearer {merchant.chapa.secret_key}", "Content-Type": "application/json"}
    hanging = HTTPConnection(urlsplit(merchant.chapa.url).netloc)
    hanging.request("POST", "/v1/transaction/initialize", json.dumps(draft), headers)
    while "nx-1" not in [item["tx_ref"] for item in merchant.control("GET", "/transactions")["items"]]:
        assert hanging.sock is not None

    assert merchant.initialize("nx-2").status == 200
    hanging.close()
