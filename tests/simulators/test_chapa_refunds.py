"""Is a refund asked for, limited and announced as Chapa documents it?"""

import json

import pytest

from tests.simulators.support import Answer, Merchant


@pytest.fixture
def paid(merchant: Merchant) -> Merchant:
    merchant.control("PUT", "/settings", {"refund_seconds": 3600})
    merchant.initialize(meta={"order_id": "ord_1"})
    merchant.push("pay")
    merchant.deliveries(tries=1)
    return merchant


def _refund(merchant: Merchant, payment: str = "nx-1", /, **form: str) -> Answer:
    return merchant.api("POST", f"/refund/{payment}", form=form)


def test_a_refund_is_pending_until_it_is_announced(paid: Merchant) -> None:
    answer = _refund(paid, reason="wrong size", reference="ref_1")

    data = answer.json["data"]
    assert (answer.status, data["status"], data["amount"]) == (200, "Refund Initiated", "350.00")
    assert (data["merchant_reference"], data["ref"], data["reason"]) == ("ref_1", "nx-1", "wrong size")
    assert paid.verify().json["data"]["status"] == "success"

    paid.push("complete_refunds")
    paid.deliveries(tries=2)
    assert paid.shop.events == ["charge.success", "charge.refunded"]
    assert paid.verify().json["data"]["status"] == "refunded"


def test_a_refund_completes_by_itself(merchant: Merchant) -> None:
    merchant.initialize()
    merchant.push("pay")
    _refund(merchant)

    merchant.deliveries(tries=2)
    assert "charge.refunded" in merchant.shop.events


def test_a_part_can_be_refunded_and_its_webhook_says_which(paid: Merchant) -> None:
    _refund(paid, amount="100.50", **{"meta[refund_id]": "ref_1"})
    paid.push("complete_refunds")
    paid.deliveries(tries=2)

    webhook = json.loads(paid.shop.webhooks[-1].body)
    assert (webhook["event"], webhook["status"]) == ("charge.refunded", "refunded")
    assert (webhook["amount"], webhook["meta"]) == ("100.50", {"refund_id": "ref_1"})
    assert paid.verify().json["data"]["status"] == "success"


def test_more_than_was_paid_is_not_refunded(paid: Merchant) -> None:
    assert _refund(paid, amount="300.00").status == 200

    assert _refund(paid, amount="50.01").status == 400
    assert _refund(paid).status == 400
    assert _refund(paid, amount="50.00").status == 200


def test_a_refund_reference_is_used_once(paid: Merchant) -> None:
    assert _refund(paid, amount="10", reference="ref_1").status == 200

    assert _refund(paid, amount="10", reference="ref_1").json["message"] == {"reference": ["validation.unique"]}


def test_an_unpaid_or_unknown_payment_is_not_refunded(merchant: Merchant) -> None:
    merchant.initialize()

    assert _refund(merchant).status == 400
    assert _refund(merchant, "nx-2").status == 404


def test_a_refund_is_form_encoded(paid: Merchant) -> None:
    assert paid.api("POST", "/refund/nx-1", document={"amount": "1.00"}).status == 400
    assert _refund(paid, amount="one birr").json["message"] == {"amount": ["validation.numeric"]}


@pytest.mark.parametrize(
    ("refund_path", "by_tx_ref", "by_reference"),
    [("either", 200, 200), ("tx_ref", 200, 404), ("reference", 404, 200)],
)
def test_which_reference_names_the_payment_is_a_setting(
    paid: Merchant, refund_path: str, by_tx_ref: int, by_reference: int
) -> None:
    paid.control("PUT", "/settings", {"refund_path": refund_path})
    reference = paid.verify().json["data"]["reference"]

    assert _refund(paid, "nx-1", amount="1").status == by_tx_ref
    assert _refund(paid, reference, amount="1").status == by_reference


def test_a_refund_needs_the_balance_and_gives_no_fee_back(paid: Merchant) -> None:
    paid.control("PUT", "/settings", {"opening_balance": "0"})

    assert _refund(paid).json["message"] == "Insufficient Balance"
    assert _refund(paid, amount="337.75").status == 200
