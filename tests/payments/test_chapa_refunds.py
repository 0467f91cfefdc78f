"""Does the adapter ask Chapa for refunds as Chapa wants it, and understand each answer?"""

from typing import Any
from urllib.parse import parse_qs

import pytest

from chalicelib.core.money import Money
from chalicelib.payments.chapa import Chapa
from chalicelib.payments.chapa_refunds import news_of_refund
from chalicelib.payments.provider import (
    ProviderUnavailable,
    ProviderUnreached,
    RefundNews,
    RefundRequest,
    RefundStanding,
    RefusedRefund,
    TakenRefund,
)
from infra.local.serving import Reply, json_reply
from tests.support.account import Account
from tests.support.chapa import a_strange_provider

REQUEST = RefundRequest("rfd_1-no_order", "pay_1", reference="CH9", amount=Money(35_050, "ETB"), reason="no order")


def test_a_refund_is_asked_for_by_a_form(aws: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    with a_strange_provider(json_reply(200, {"message": "Refund initiated", "data": {}}), monkeypatch) as asked:
        assert Chapa().ask_refund(REQUEST) == TakenRefund()

    [call] = asked
    assert call.path == "/refund/pay_1"
    assert call.media_type == "application/x-www-form-urlencoded"
    assert parse_qs(call.body.decode()) == {
        "amount": ["350.50"],
        "reason": ["no order"],
        "reference": ["rfd_1-no_order"],
        "meta[refund_id]": ["rfd_1-no_order"],
    }


@pytest.mark.parametrize(("reference", "paths"), [("CH9", ["/refund/pay_1", "/refund/CH9"]), (None, ["/refund/pay_1"])])
def test_a_payment_that_is_not_found_is_asked_for_by_chapas_own_reference(
    aws: Account, monkeypatch: pytest.MonkeyPatch, reference: str | None, paths: list[str]
) -> None:
    request = RefundRequest("rfd_1", "pay_1", reference, amount=Money(100, "ETB"), reason="paid twice")
    with a_strange_provider(json_reply(404, {"message": "Transaction not found"}), monkeypatch) as asked:
        assert Chapa().ask_refund(request) == RefusedRefund("Transaction not found")

    assert [call.path for call in asked] == paths


@pytest.mark.parametrize(
    ("message", "understood"),
    [
        ({"reference": ["validation.unique"]}, TakenRefund()),
        ({"reference": "validation.unique"}, TakenRefund()),
        ({"reference": ["validation.max"]}, RefusedRefund("reference: validation.max")),
        ({"amount": ["validation.unique"]}, RefusedRefund("amount: validation.unique")),
        ("Insufficient Balance", RefusedRefund("Insufficient Balance")),
        (None, RefusedRefund("Chapa answered 400")),
    ],
)
def test_a_refund_that_chapa_has_by_that_id_was_taken_on_and_all_else_is_refused(
    aws: Account, monkeypatch: pytest.MonkeyPatch, message: Any, understood: object
) -> None:
    with a_strange_provider(json_reply(400, {"message": message, "data": None}), monkeypatch):
        assert Chapa().ask_refund(REQUEST) == understood


@pytest.mark.parametrize("status", [301, 500, 502])
def test_an_answer_that_makes_no_sense_leaves_it_open_what_happened(
    aws: Account, monkeypatch: pytest.MonkeyPatch, status: int
) -> None:
    with (
        a_strange_provider(Reply(status, b"<html>", {"content-type": "text/html"}), monkeypatch),
        pytest.raises(ProviderUnavailable) as failure,
    ):
        Chapa().ask_refund(REQUEST)

    assert not isinstance(failure.value, ProviderUnreached)


@pytest.mark.parametrize("status", [408, 425, 429])
def test_a_call_that_is_turned_away_did_nothing(aws: Account, monkeypatch: pytest.MonkeyPatch, status: int) -> None:
    with a_strange_provider(json_reply(status, {"message": "Later"}), monkeypatch), pytest.raises(ProviderUnreached):
        Chapa().ask_refund(REQUEST)


@pytest.mark.parametrize(
    ("said", "standing"),
    [
        ({"event": "charge.refunded", "status": "refunded"}, RefundStanding.DONE),
        ({"event": "charge.refunded"}, RefundStanding.DONE),
        ({"event": "refund.success"}, RefundStanding.DONE),
        ({"event": "refund.failed"}, RefundStanding.FAILED),
        ({"event": "refund.updated", "status": "Failed"}, RefundStanding.FAILED),
        ({"event": "refund.initiated", "status": "processing"}, RefundStanding.UNDER_WAY),
    ],
)
def test_what_a_webhook_says_of_a_refund_is_understood(said: dict[str, Any], standing: RefundStanding) -> None:
    news = news_of_refund({**said, "amount": 350, "reference": "CH9", "meta": {"refund_id": "rfd_1"}})

    assert news == RefundNews(("rfd_1", "CH9"), "350", standing)


@pytest.mark.parametrize("said", [{}, {"event": "charge.success"}, {"event": None}, {"event": "payout.success"}])
def test_other_webhooks_say_nothing_of_refunds(said: dict[str, Any]) -> None:
    assert news_of_refund(said) is None
