"""What does the shop understand of the provider's answers, on the wire?"""

import json
from typing import Any

import pytest

from chalicelib.core.money import Money
from chalicelib.payments.chapa import Chapa
from chalicelib.payments.provider import (
    OpenedLink,
    ProviderMisconfigured,
    ProviderUnavailable,
    RefusedLink,
    Standing,
    Verified,
)
from infra.local.serving import Answer, NoReply, Reply, json_reply
from tests.payments.builders import a_request
from tests.support.account import CHAPA_KEY, Account
from tests.support.builders import BUYER, RETURN_URL, birr
from tests.support.chapa import Till, a_strange_provider, pointed_at

FAULTS: dict[str, Answer] = {
    "html error page": Reply(500, b"<h1>Server Error</h1>", "text/html"),
    "html that says ok": Reply(200, b"<h1>Hello</h1>", "text/html"),
    "gateway error": json_reply(502, {"message": "bad gateway"}),
    "too many requests": json_reply(429, {"message": "slow down"}),
    "asks to wait": json_reply(408, {"message": "request timeout"}),
    "redirect": Reply(302, b"", headers={"Location": "/elsewhere"}),
    "dropped": NoReply(),
    "a list": json_reply(200, ["success"]),
    "data is a text": json_reply(200, {"status": "success", "data": "soon"}),
    "data is a list": json_reply(200, {"status": "success", "data": [1]}),
    "nothing": Reply(200, b""),
    "oversize": json_reply(200, {"status": "success", "data": {"checkout_url": "https://x.test", "pad": "x" * 70_000}}),
    "deep": Reply(200, b"[" * 60_000),
}


def test_a_page_is_opened(till: Till) -> None:
    link = Chapa().open_link(a_request())

    assert isinstance(link, OpenedLink)
    assert link.url.startswith(till.chapa.url)
    [known] = till.known()
    assert (known["tx_ref"], known["amount"], known["currency"]) == ("pay_1", "350.00", "ETB")
    assert (known["email"], known["return_url"]) == (BUYER, RETURN_URL)
    assert known["callback_url"] == "https://shop.test/v1/webhooks/chapa"


def test_a_refusal_in_words_is_told(till: Till) -> None:
    till.fail("initialize", "refuse", message="Invalid API Key or the business is not active")

    assert Chapa().open_link(a_request()) == RefusedLink("Invalid API Key or the business is not active")


@pytest.mark.parametrize(
    ("message", "told"),
    [
        ({"amount": ["validation.required", "validation.min"]}, "amount: validation.required, validation.min"),
        ({"amount": "validation.min"}, "amount: validation.min"),
        ({"currency": None, "amount": 7}, "currency: None; amount: 7"),
        (["validation.email"], "['validation.email']"),
        (None, ""),
    ],
)
def test_a_refusal_of_any_shape_is_told(till: Till, message: object, told: str) -> None:
    till.fail("initialize", "refuse", message=message)

    assert Chapa().open_link(a_request()) == RefusedLink(told)


def test_a_currency_that_the_provider_does_not_take_is_refused_without_asking(till: Till) -> None:
    link = Chapa().open_link(a_request(amount=Money(100, "KES")))

    assert link == RefusedLink("Chapa does not take KES")
    assert till.calls() == []


def test_an_unpaid_page_is_pending(till: Till) -> None:
    Chapa().open_link(a_request())

    assert Chapa().verify("pay_1") == Verified(Standing.PENDING)


def test_a_reference_that_the_provider_does_not_know_is_unknown(till: Till) -> None:
    assert Chapa().verify("pay_1") == Verified(Standing.UNKNOWN)


def test_a_paid_page_is_told_with_all_that_must_fit(till: Till) -> None:
    Chapa().open_link(a_request(amount=Money(35_005, "ETB")))
    till.pay("pay_1")

    told = Chapa().verify("pay_1")

    [known] = till.known()
    charge = Money(1_225, "ETB")
    assert told == Verified(Standing.PAID, "pay_1", Money(35_005, "ETB"), "test", known["reference"], charge)


@pytest.mark.parametrize(
    ("fields", "amount"),
    [
        ({"amount": "350.00"}, birr(350)),
        ({"amount": 350}, birr(350)),
        ({"currency": "usd"}, Money(35_000, "USD")),
        ({"currency": "XYZ"}, None),
        ({"currency": None}, None),
        ({"amount": 350.001}, None),
        ({"amount": "much"}, None),
        ({"amount": None}, None),
        ({"amount": True}, None),
        ({"amount": "NaN"}, None),
        ({"amount": "Infinity"}, None),
        ({"amount": "1e999999"}, None),
        ({"amount": {"value": 350}}, None),
    ],
)
def test_an_amount_is_read_exactly_or_not_at_all(till: Till, fields: dict[str, Any], amount: Money | None) -> None:
    Chapa().open_link(a_request())
    till.pay("pay_1")
    till.switch(no_callback=True, verify_fields=fields)

    assert Chapa().verify("pay_1").amount == amount


@pytest.mark.parametrize(
    ("status", "standing"),
    [
        ("success", Standing.PAID),
        ("SUCCESS", Standing.PAID),
        ("failed", Standing.FAILED),
        ("failed/cancelled", Standing.FAILED),
        ("refunded", Standing.FAILED),
        ("pending", Standing.PENDING),
        ("something new", Standing.PENDING),
        (None, Standing.PENDING),
    ],
)
def test_only_the_status_of_the_record_decides(till: Till, status: str | None, standing: Standing) -> None:
    Chapa().open_link(a_request())
    till.pay("pay_1")
    till.switch(no_callback=True, verify_fields={"status": status})

    assert Chapa().verify("pay_1").standing is standing


def test_a_cancelled_page_takes_no_money_and_may_be_cancelled_again(till: Till) -> None:
    Chapa().open_link(a_request())

    Chapa().cancel_link("pay_1")
    Chapa().cancel_link("pay_1")
    Chapa().cancel_link("pay_never")

    assert till.payable() == []


def test_a_wrong_key_is_for_an_operator_to_mend(till: Till, aws: Account) -> None:
    secret = json.dumps({"secret_key": "CHASECK_TEST-old", "webhook_secret": "hush"})
    aws.cloud.client("secretsmanager").put_secret_value(SecretId="chapa", SecretString=secret)

    for call in (lambda: Chapa().open_link(a_request()), lambda: Chapa().cancel_link("x"), lambda: Chapa().verify("x")):
        with pytest.raises(ProviderMisconfigured):
            call()


@pytest.mark.parametrize("fault", FAULTS)
def test_an_answer_that_makes_no_sense_leaves_it_open_what_happened(
    aws: Account, monkeypatch: pytest.MonkeyPatch, fault: str
) -> None:
    with a_strange_provider(FAULTS[fault], monkeypatch) as asked:
        with pytest.raises(ProviderUnavailable):
            Chapa().open_link(a_request())
        with pytest.raises(ProviderUnavailable):
            Chapa().verify("pay_1")

    assert [each.path for each in asked] == ["/transaction/initialize", "/transaction/verify/pay_1"]


@pytest.mark.parametrize("fault", ["html error page", "gateway error", "too many requests", "redirect", "dropped"])
def test_a_page_is_not_believed_to_be_cancelled_unless_the_provider_says_so(
    aws: Account, monkeypatch: pytest.MonkeyPatch, fault: str
) -> None:
    with a_strange_provider(FAULTS[fault], monkeypatch), pytest.raises(ProviderUnavailable):
        Chapa().cancel_link("pay_1")


@pytest.mark.parametrize("url", [None, 7, "", "javascript:alert(1)", "//pay.test"])
def test_an_answer_without_a_usable_address_is_no_page(
    aws: Account, monkeypatch: pytest.MonkeyPatch, url: object
) -> None:
    answer = json_reply(200, {"data": {"checkout_url": url}})

    with a_strange_provider(answer, monkeypatch), pytest.raises(ProviderUnavailable):
        Chapa().open_link(a_request())


def test_a_provider_that_is_too_slow_is_not_waited_for(till: Till, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHAPA_PATIENCE_SECONDS", "1")
    till.fail("verify", "hang", seconds=3)

    with pytest.raises(ProviderUnavailable):
        Chapa().verify("pay_1")


def test_a_provider_that_is_not_there_is_unavailable(aws: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    with pointed_at("http://127.0.0.1:9", monkeypatch), pytest.raises(ProviderUnavailable):
        Chapa().verify("pay_1")


@pytest.mark.parametrize(("mode", "key"), [("live", CHAPA_KEY), ("test", "CHASECK-live")])
def test_a_key_of_the_other_mode_is_never_sent(
    aws: Account, monkeypatch: pytest.MonkeyPatch, mode: str, key: str
) -> None:
    monkeypatch.setenv("CHAPA_MODE", mode)
    aws.cloud.client("secretsmanager").put_secret_value(
        SecretId="chapa", SecretString=json.dumps({"secret_key": key, "webhook_secret": "hush"})
    )

    with a_strange_provider(Reply(200, b""), monkeypatch) as asked, pytest.raises(ProviderMisconfigured):
        Chapa().verify("pay_1")

    assert asked == []


@pytest.mark.parametrize(("stage", "is_used"), [("production", True), ("staging", False), ("development", False)])
def test_a_live_key_is_used_in_production_only(
    aws: Account, monkeypatch: pytest.MonkeyPatch, stage: str, is_used: bool
) -> None:
    secret = json.dumps({"secret_key": "CHASECK-abc", "webhook_secret": "hush"})
    aws.cloud.client("secretsmanager").put_secret_value(SecretId="chapa", SecretString=secret)
    monkeypatch.setenv("CHAPA_MODE", "live")
    monkeypatch.setenv("STAGE", stage)

    with a_strange_provider(json_reply(200, {"data": {"status": "pending"}}), monkeypatch) as asked:
        if is_used:
            assert Chapa().verify("pay_1").standing is Standing.PENDING
        else:
            with pytest.raises(ProviderMisconfigured):
                Chapa().verify("pay_1")

    assert len(asked) == int(is_used)
