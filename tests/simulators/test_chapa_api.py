"""Does the simulator answer the merchant as Chapa documents it?"""

import pytest

from tests.simulators.support import Merchant, call

STARTED: dict[str, object] = {
    "email": "hanna@shop.et",
    "first_name": "Hanna",
    "last_name": "Tesfaye",
    "phone_number": "0911223344",
    "return_url": "https://shop.et/thanks",
    "callback_url": "https://shop.et/callback",
    "customization": {"title": "Nexus", "description": "Coffee beans - 2 kg"},
    "meta": {"order_id": "ord_1"},
}

LIVE_KEY = "Live secret keys can't be used to verify a test transaction"


def test_starting_a_payment_gives_a_link(merchant: Merchant) -> None:
    answer = merchant.initialize(**STARTED)

    assert answer.status == 200
    assert (answer.json["message"], answer.json["status"]) == ("Hosted Link", "success")
    assert answer.json["data"]["checkout_url"].startswith(f"{merchant.chapa.url}/checkout/payment/")


def test_a_reference_is_unique_for_ever(merchant: Merchant) -> None:
    merchant.initialize()
    merchant.api("PUT", "/transaction/cancel/nx-1")

    answer = merchant.initialize()

    assert answer.status == 400
    assert answer.json == {
        "message": "Transaction reference has been used before",
        "status": "failed",
        "data": None,
    }


@pytest.mark.parametrize(
    ("field", "value", "rule"),
    [
        ("amount", None, "validation.required"),
        ("tx_ref", "", "validation.required"),
        ("currency", None, "validation.required"),
        ("amount", "three hundred", "validation.numeric"),
        ("amount", True, "validation.numeric"),
        ("amount", "NaN", "validation.numeric"),
        ("amount", "0", "validation.min"),
        ("amount", "-5.00", "validation.min"),
        ("amount", "1e999999999", "validation.min"),
        ("email", "hanna", "validation.email"),
        ("phone_number", "+251911223344", "validation.regex"),
        ("phone_number", "0811223344", "validation.regex"),
        ("return_url", "javascript:alert(1)", "validation.url"),
        ("callback_url", "https://shop.et/\r\nX: y", "validation.url"),
        ("tx_ref", "a/b", "validation.regex"),
        ("tx_ref", "n" * 51, "validation.regex"),
        ("meta", "order 1", "validation.array"),
    ],
)
def test_a_broken_field_is_named_with_its_rule(merchant: Merchant, field: str, value: object, rule: str) -> None:
    answer = merchant.initialize(**{"tx_ref": "nx-1", field: value})

    assert answer.status == 400
    assert answer.json == {"message": {field: [rule]}, "status": "failed", "data": None}


@pytest.mark.parametrize(
    ("customization", "problem"),
    [
        ({"title": "A title of 17 let"}, {"customization.title": ["validation.max.string"]}),
        ({"description": "Coffee (2 kg)"}, {"customization.description": ["validation.regex"]}),
        ({"description": "ቡና"}, {"customization.description": ["validation.regex"]}),
    ],
)
def test_a_customization_beyond_the_limits_is_refused(
    merchant: Merchant, customization: dict[str, str], problem: dict[str, list[str]]
) -> None:
    assert merchant.initialize(customization=customization).json["message"] == problem


def test_another_currency_is_refused_with_a_text(merchant: Merchant) -> None:
    answer = merchant.initialize(currency="EUR")

    assert (answer.status, answer.json["message"]) == (400, "Invalid currency, EUR is not supported")


def test_a_start_that_is_not_json_is_refused(merchant: Merchant) -> None:
    answer = merchant.api("POST", "/transaction/initialize", form={"amount": "1", "tx_ref": "nx-1"})

    assert answer.status == 400
    assert "application/json" in answer.json["message"]


@pytest.mark.parametrize(
    ("header", "message"),
    [
        ({}, "Authorization required"),
        ({"Authorization": "Bearer CHASECK_TEST-other"}, "Invalid API Key or User doesn't exist"),
        ({"Authorization": "Bearer CHAPA_TEST_PRIV_x"}, "Invalid API Key or User doesn't exist"),
        (
            {"Authorization": "Bearer CHASECK-x"},
            "Live secret keys can't be used to verify a test transaction",
        ),
    ],
)
def test_a_wrong_key_is_refused(merchant: Merchant, header: dict[str, str], message: str) -> None:
    answer = call("GET", f"{merchant.chapa.api_url}/transaction/verify/nx-1", headers=header)

    assert (answer.status, answer.json["message"]) == (401, message)


def test_an_unpaid_payment_and_an_unknown_one_are_told_apart(merchant: Merchant) -> None:
    merchant.initialize()

    unpaid, unknown = merchant.verify("nx-1"), merchant.verify("nx-2")

    assert unpaid.status == unknown.status == 404
    assert unpaid.json == {"message": "Payment not paid yet", "status": None, "data": None}
    assert unknown.json["message"] == "Invalid transaction or Transaction not found"


def test_a_paid_payment_is_told_in_full(merchant: Merchant) -> None:
    merchant.initialize(**STARTED)
    merchant.push("pay")

    answer = merchant.verify()

    details = answer.json["data"]
    assert (answer.status, answer.json["message"]) == (200, "Payment details")
    assert (details["status"], details["mode"], details["type"]) == ("success", "test", "API")
    assert (details["amount"], details["charge"], details["currency"]) == (350, 12.25, "ETB")
    assert details["customization"] == {"title": "Nexus", "description": "Coffee beans - 2 kg", "logo": None}
    assert details["meta"] == {"order_id": "ord_1"}
    assert details["tx_ref"] == "nx-1"
    assert details["reference"] not in ("", "nx-1")


def test_an_unpaid_link_is_cancelled_once(merchant: Merchant) -> None:
    url = merchant.checkout_url()

    first, second = (merchant.api("PUT", "/transaction/cancel/nx-1") for _ in range(2))

    assert (first.status, first.json["message"]) == (200, "Checkout link expired successfully")
    assert set(first.json["data"]) == {"tx_ref", "amount", "currency", "created_at", "updated_at"}
    assert (second.status, second.json["message"]) == (400, "Payment link already expired")
    assert call("POST", url, form={"outcome": "pay"}).status == 409
    assert merchant.verify().json["message"] == "Payment not paid yet"


def test_a_paid_link_is_not_cancelled(merchant: Merchant) -> None:
    merchant.initialize()
    merchant.push("pay")

    assert merchant.api("PUT", "/transaction/cancel/nx-1").status == 400
    assert merchant.api("PUT", "/transaction/cancel/nx-2").status == 404


def test_banks_balances_and_currencies_are_listed(merchant: Merchant) -> None:
    merchant.initialize()
    merchant.push("pay")

    banks = merchant.api("GET", "/banks").json["data"]
    balances = merchant.api("GET", "/balances/etb").json["data"]
    currencies = merchant.api("GET", "/currency_supported").json

    assert {"id", "slug", "swift", "name", "acct_length", "is_mobilemoney", "currency"} <= set(banks[0])
    assert balances == [{"currency": "ETB", "available_balance": 1000337.75, "ledger_balance": 1000337.75}]
    assert currencies["currency_name"] == ["ETB", "USD"]
    assert call("GET", f"{merchant.chapa.api_url}/banks").status == 401


def test_an_unknown_path_and_a_wrong_method_are_refused(merchant: Merchant) -> None:
    assert merchant.api("GET", "/transaction/everything").status == 404
    assert merchant.api("GET", "/transaction/initialize").status == 405
