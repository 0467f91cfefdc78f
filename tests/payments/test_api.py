"""What does the provider get told, and what do staff see of money that must go back?"""

import base64
import hashlib
import hmac
import json
from typing import Any

import pytest

from chalicelib.core.storage import keys
from chalicelib.core.storage.table import partition
from chalicelib.payments import reactions, service
from chalicelib.payments.models import Webhook
from chalicelib.payments.service import PageRequest
from functions.api.payments import app
from tests.support.account import CHAPA_SECRET, CHAPA_WEBHOOK_PASSWORD, CHAPA_WEBHOOK_USER, Account
from tests.support.builders import BUYER, RETURN_URL, a_payment, the_payment
from tests.support.calling import Client, Response
from tests.support.chapa import WEBHOOK_SECRET, Till
from tests.support.recorded_calls import recording

HOOK = "/webhooks/chapa"
SUCCESS = {"event": "charge.success", "status": "success", "reference": "CH1", "tx_ref": "pay_1", "amount": "350.00"}


def signed(body: str) -> str:
    return hmac.new(WEBHOOK_SECRET.encode(), body.encode(), hashlib.sha256).hexdigest()


def told(said: Any = SUCCESS, **headers: str) -> Response:
    """Send a webhook; a genuine one unless the headers say otherwise."""
    body = said if isinstance(said, str) else json.dumps(said)
    return Client(app).post(HOOK, body, **(headers or {"x_chapa_signature": signed(body)}))


def hints(body: str | None = None) -> list[dict[str, Any]]:
    """What the inbox announced about a webhook with this body."""
    text = json.dumps(SUCCESS) if body is None else body
    said = json.loads(text) if text.startswith("{") else {}
    name, reference = str(said.get("event", "")), str(said.get("reference", ""))
    fingerprint = hashlib.sha256(f"{name}|{reference}|{text}".encode()).hexdigest()
    return announced(fingerprint)


def announced(fingerprint: str) -> list[dict[str, Any]]:
    found = partition(keys.webhook(fingerprint).pk, consistent=True)
    return [item.event for item in found if isinstance(item, Webhook) and item.event is not None]


def test_a_genuine_webhook_is_remembered_and_announced_as_a_hint(aws: Account) -> None:
    with recording(aws.dynamodb) as calls:
        answer = told()

    assert (answer.status, answer.json) == (200, {"received": True})
    [hint] = hints()
    assert (hint["type"], hint["data"]) == ("payment.hinted", {"tx_ref": "pay_1", "news": ""})
    assert calls.operations == ["PutItem"]


def test_a_webhook_that_comes_again_is_one_event(aws: Account, capsys: pytest.CaptureFixture[str]) -> None:
    told()
    first = hints()

    assert told().status == 200
    assert hints() == first
    assert "RepeatedWebhooks" in capsys.readouterr().out


@pytest.mark.parametrize(
    "headers",
    [
        {"x_chapa_signature": "0" * 64},
        {"x_chapa_signature": signed("{}")},
        {"chapa_signature": signed(WEBHOOK_SECRET)},
        {"x_chapa_signature": signed(WEBHOOK_SECRET)},
        {"accept": "*/*"},
    ],
    ids=["forged", "of another body", "constant only", "constant in the place of it", "missing"],
)
def test_a_webhook_that_is_not_genuine_is_refused_and_counted(
    aws: Account, capsys: pytest.CaptureFixture[str], headers: dict[str, str]
) -> None:
    answer = told(**headers)

    assert (answer.status, answer.code) == (401, "webhook_not_genuine")
    assert hints() == []
    assert "ForgedWebhooks" in capsys.readouterr().out


def test_a_header_that_the_shop_is_told_of_may_carry_the_signature_too(
    aws: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CHAPA_WEBHOOK_PROOFS", "x-chapa-signature:body,Chapa-Signature:body")

    assert told(chapa_signature=signed(json.dumps(SUCCESS))).status == 200
    assert told(chapa_signature=signed(WEBHOOK_SECRET)).status == 401
    assert len(hints()) == 1


def basic(password: str) -> str:
    return f"Basic {base64.b64encode(f'{CHAPA_WEBHOOK_USER}:{password}'.encode()).decode()}"


def test_http_basic_is_a_proof_where_the_shop_says_so(
    aws: Account, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert told(authorization=basic(CHAPA_WEBHOOK_PASSWORD)).status == 401

    monkeypatch.setenv("CHAPA_WEBHOOK_PROOFS", "x-chapa-signature:body,authorization:basic")

    assert told(authorization=basic("guessed")).status == 401
    assert hints() == []
    assert told(authorization=basic(CHAPA_WEBHOOK_PASSWORD)).status == 200
    assert told().status == 200
    assert len(hints()) == 1
    assert CHAPA_WEBHOOK_PASSWORD not in capsys.readouterr().out


def test_a_shop_without_credentials_believes_none(aws: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHAPA_WEBHOOK_PROOFS", "x-chapa-signature:body,authorization:basic")
    kept = {name: value for name, value in CHAPA_SECRET.items() if name in ("secret_key", "webhook_secret")}
    aws.cloud.client("secretsmanager").put_secret_value(SecretId="chapa", SecretString=json.dumps(kept))

    assert [told(authorization=basic(each)).status for each in ("", CHAPA_WEBHOOK_PASSWORD)] == [401, 401]
    assert told().status == 200


@pytest.mark.parametrize(("proofs", "status"), [("authorization:basic", 401), ("x-chapa-signature:body", 200)])
def test_credentials_make_a_post_a_webhook_only_where_they_are_a_proof(
    till: Till, monkeypatch: pytest.MonkeyPatch, proofs: str, status: int
) -> None:
    monkeypatch.setenv("CHAPA_WEBHOOK_PROOFS", proofs)
    tx_ref = an_attempt()

    answer = Client(app).post(f"{HOOK}?trx_ref={tx_ref}", json.dumps(SUCCESS), authorization=basic("guessed"))

    assert answer.status == status
    assert len(announced(f"CALLBACK#{tx_ref}")) == (1 if status == 200 else 0)
    assert hints() == []


@pytest.mark.parametrize("body", ["", "not json", "[]", '"text"', "{}", '{"tx_ref": {"a": 1}}', '{"tx_ref": "a b"}'])
def test_a_genuine_webhook_that_names_no_payment_is_taken_without_a_hint(aws: Account, body: str) -> None:
    assert told(body).status == 200
    assert hints(body) == []


def test_a_body_that_is_too_deep_to_read_is_refused_like_any_other(aws: Account) -> None:
    assert told("[" * 100_000, x_chapa_signature="0" * 64).status == 401


def test_a_hint_makes_the_shop_ask_the_provider(till: Till) -> None:
    a_payment()
    service.open_page("pmt_1", PageRequest(email=BUYER, return_url=RETURN_URL))
    tx_ref = the_payment().tx_refs[0]
    till.pay(tx_ref)
    body = json.dumps({**SUCCESS, "tx_ref": tx_ref})
    told(body)
    [hint] = hints(body)

    envelope = {"id": hint["id"], "type": hint["type"], "sequence": 1, "time": hint["time"], "data": hint["data"]}
    record = {"messageId": "1", "body": json.dumps(envelope)}
    handled = reactions.webhooks.handler({"Records": [record, record]}, None)

    assert handled == {"batchItemFailures": []}
    assert the_payment().status == "captured"


def test_a_webhook_that_lies_about_success_pays_nothing(till: Till) -> None:
    a_payment()
    service.open_page("pmt_1", PageRequest(email=BUYER, return_url=RETURN_URL))

    service.verify(the_payment().tx_refs[0])

    assert the_payment().status == "open"


@pytest.mark.parametrize("name", ["trx_ref", "tx_ref"])
@pytest.mark.parametrize("methods", [("GET", "GET"), ("POST", "POST"), ("POST", "GET")], ids="-".join)
def test_the_callback_is_a_hint_once_per_attempt(
    till: Till, capsys: pytest.CaptureFixture[str], methods: tuple[str, str], name: str
) -> None:
    tx_ref = an_attempt()

    answers = [called_back(f"?{name}={tx_ref}&ref_id=CH1&status=success", method) for method in methods]

    assert [(answer.status, answer.json) for answer in answers] == [(200, {"received": True})] * 2
    assert [hint["data"] for hint in announced(f"CALLBACK#{tx_ref}")] == [{"tx_ref": tx_ref, "news": ""}]
    assert the_payment().status == "open"
    assert "ForgedWebhooks" not in capsys.readouterr().out


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("query", ["?trx_ref=pay_unknown", "?trx_ref=a%20b", "?tx_ref=%00"])
def test_a_callback_about_nothing_leaves_no_trace(aws: Account, query: str, method: str) -> None:
    with recording(aws.dynamodb) as calls:
        assert called_back(query, method).status == 200

    assert "PutItem" not in calls.operations


@pytest.mark.parametrize("body", ["null", "1", "[]", '"trx_ref"', "\0", "{", "trx_ref=1"])
def test_a_post_that_is_neither_webhook_nor_callback_is_not_taken(till: Till, body: str) -> None:
    tx_ref = an_attempt()

    assert Client(app).post(f"{HOOK}?trx_ref={tx_ref}", body).status == 401

    assert announced(f"CALLBACK#{tx_ref}") == []


def test_a_callback_that_names_nothing_is_only_taken_by_get(aws: Account) -> None:
    assert [called_back("", method).status for method in ("GET", "POST")] == [200, 401]


@pytest.mark.parametrize(
    ("media_type", "body"),
    [
        ("application/json", json.dumps({**SUCCESS, "tx_ref": "pay_other"})),
        ("application/x-www-form-urlencoded", json.dumps({**SUCCESS, "tx_ref": "pay_other"})),
        ("Application/X-WWW-Form-URLEncoded; charset=utf-8", "tx_ref=pay_other&status=success"),
    ],
)
def test_nothing_but_the_address_of_a_callback_is_read(till: Till, media_type: str, body: str) -> None:
    tx_ref = an_attempt()

    assert Client(app).post(f"{HOOK}?trx_ref={tx_ref}", body, content_type=media_type).status == 200

    assert hints(body) == []
    assert [hint["data"] for hint in announced(f"CALLBACK#{tx_ref}")] == [{"tx_ref": tx_ref, "news": ""}]


def test_a_false_signature_is_none_the_better_for_a_reference_in_the_address(
    till: Till, capsys: pytest.CaptureFixture[str]
) -> None:
    tx_ref = an_attempt()

    answer = Client(app).post(f"{HOOK}?trx_ref={tx_ref}", json.dumps(SUCCESS), x_chapa_signature="0" * 64)

    assert (answer.status, answer.code) == (401, "webhook_not_genuine")
    assert announced(f"CALLBACK#{tx_ref}") == []
    assert "ForgedWebhooks" in capsys.readouterr().out


def test_a_genuine_webhook_is_one_whatever_its_address_names(till: Till) -> None:
    tx_ref, body = an_attempt(), json.dumps(SUCCESS)

    assert Client(app).post(f"{HOOK}?trx_ref={tx_ref}", body, x_chapa_signature=signed(body)).status == 200

    assert [hint["data"] for hint in hints()] == [{"tx_ref": "pay_1", "news": ""}]
    assert announced(f"CALLBACK#{tx_ref}") == []


def an_attempt() -> str:
    """Return the reference of a page that was opened."""
    a_payment()
    service.open_page("pmt_1", PageRequest(email=BUYER, return_url=RETURN_URL))
    return the_payment().tx_refs[0]


def called_back(query: str, method: str) -> Response:
    """Make the callback, which has no signature and no body."""
    return Client(app).call(method, f"{HOOK}{query}")
