"""What does the shop understand of the answers of its sender of texts, on the wire?"""

import base64
import json
from dataclasses import replace
from email.utils import format_datetime
from typing import Any

import pytest

from chalicelib.core import clock, holding
from chalicelib.notifications.errors import TextNotSent, TextSenderNotAccepted
from chalicelib.notifications.outcomes import Refused, Taken
from chalicelib.notifications.sms import Text
from chalicelib.notifications.twilio import Twilio, report_in
from infra.local.serving import Answer, NoReply, Reply, json_reply
from tests.support.account import TWILIO_ACCOUNT, TWILIO_SENDER, TWILIO_TOKEN, Account
from tests.support.twilio import Phones, a_strange_sender, pointed_at

READER = "+251911234567"
TEXT = Text("challenge.chl_1.1", READER, "የማረጋገጫ ኮድዎ 123456 ነው።")
SID = "SM" + "0" * 32
SERVICE = "MG" + "0" * 32
FAULTS: dict[str, Answer] = {
    "html error page": Reply(500, b"<h1>Server Error</h1>", "text/html"),
    "html that says ok": Reply(200, b"<h1>Hello</h1>", "text/html"),
    "html refusal": Reply(400, b"<h1>Bad Request</h1>", "text/html"),
    "gateway error": json_reply(502, {"message": "bad gateway"}),
    "an error of theirs": json_reply(500, {"code": 20500, "message": "Internal", "status": 500}),
    "too many requests": json_reply(429, {"code": 20429}),
    "too many, in no words": Reply(429, b""),
    "queue full": json_reply(400, {"code": 21611}),
    "redirect": Reply(302, b"", headers={"Location": "/elsewhere"}),
    "dropped": NoReply(),
    "a list": json_reply(201, [SID]),
    "no name": json_reply(201, {"status": "queued"}),
    "a strange name": json_reply(201, {"sid": "../Calls"}),
    "a name that is no text": json_reply(201, {"sid": 7}),
    "a code that is no number": json_reply(400, {"code": ["21211"]}),
    "nothing": Reply(201, b""),
    "oversize": json_reply(201, {"sid": SID, "body": "x" * 70_000}),
    "deep": Reply(201, b"[" * 60_000),
}


def with_secret(aws: Account, **changed: Any) -> None:
    held = {"account_sid": TWILIO_ACCOUNT, "auth_token": TWILIO_TOKEN, "sender": TWILIO_SENDER, **changed}
    aws.cloud.client("secretsmanager").put_secret_value(SecretId="twilio", SecretString=json.dumps(held))
    holding.forget()


def listed(**changed: Any) -> Reply:
    moment = format_datetime(clock.now())
    message = {"sid": SID, "to": READER, "body": TEXT.body, "date_created": moment, **changed}
    return json_reply(200, {"messages": [message]})


def test_a_text_is_taken_and_arrives(phones: Phones) -> None:
    outcome = Twilio().send(TEXT)

    [text] = phones.texts(READER)
    assert outcome == Taken(text["sid"])
    assert (text["body"], text["sender"], text["codes"]) == (TEXT.body, TWILIO_SENDER, ["123456"])
    assert {each["url"] for each in phones.callbacks()} == {"https://shop.test/v1/webhooks/twilio/challenge.chl_1.1"}


def test_a_service_sends_in_its_own_name(phones: Phones, aws: Account) -> None:
    with_secret(aws, sender=SERVICE)

    Twilio().send(TEXT)

    [text] = phones.texts()
    assert text["sender"] == SERVICE


def test_account_and_token_go_with_the_call(aws: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    with a_strange_sender(json_reply(201, {"sid": SID}), monkeypatch) as asked:
        Twilio().send(TEXT)

    [request] = asked
    scheme, _, credentials = request.headers["authorization"].partition(" ")
    assert (scheme, base64.b64decode(credentials).decode()) == ("Basic", f"{TWILIO_ACCOUNT}:{TWILIO_TOKEN}")
    assert request.media_type == "application/x-www-form-urlencoded"
    assert request.path == f"/2010-04-01/Accounts/{TWILIO_ACCOUNT}/Messages.json"


@pytest.mark.parametrize(
    ("to", "code"),
    [
        ("0911234567", "21211"),
        ("+251111234567", "21614"),
        ("+15005550001", "21211"),
        ("+15005550002", "21612"),
        ("+15005550003", "21408"),
        ("+15005550004", "21610"),
        ("+15005550009", "21614"),
    ],
)
def test_a_number_that_is_never_reached_is_an_outcome(phones: Phones, to: str, code: str) -> None:
    assert Twilio().send(replace(TEXT, to=to)) == Refused(code)


def test_a_text_that_is_too_long_is_an_outcome_too(phones: Phones) -> None:
    assert Twilio().send(replace(TEXT, body="a" * 1_601)) == Refused("21617")


@pytest.mark.parametrize(
    "changed",
    [
        {"auth_token": "old"},
        {"auth_token": ""},
        {"account_sid": "ACtest" + "1" * 28},
        {"account_sid": f"{TWILIO_ACCOUNT}/../x"},
        {"account_sid": None},
        {"sender": ""},
        {"sender": "+15005550001"},
        {"sender": "+15005550007"},
        {"sender": "+14155550100"},
    ],
)
def test_what_only_an_operator_can_mend_rings(
    phones: Phones, aws: Account, capsys: pytest.CaptureFixture[str], changed: dict[str, Any]
) -> None:
    with_secret(aws, **changed)

    with pytest.raises(TextSenderNotAccepted):
        Twilio().send(TEXT)

    assert "TextSenderNotAccepted" in capsys.readouterr().out


@pytest.mark.parametrize("answer", [Reply(401, b""), Reply(403, b""), json_reply(404, {"code": 20404})])
def test_a_closed_account_rings_however_that_is_told(
    aws: Account, monkeypatch: pytest.MonkeyPatch, answer: Reply
) -> None:
    with a_strange_sender(answer, monkeypatch):
        with pytest.raises(TextSenderNotAccepted):
            Twilio().send(TEXT)
        with pytest.raises(TextSenderNotAccepted):
            Twilio().find(TEXT, since=0)


@pytest.mark.parametrize("fault", FAULTS)
def test_an_answer_that_makes_no_sense_leaves_it_open_whether_it_was_sent(
    aws: Account, monkeypatch: pytest.MonkeyPatch, fault: str
) -> None:
    with a_strange_sender(FAULTS[fault], monkeypatch) as asked:
        with pytest.raises(TextNotSent):
            Twilio().send(TEXT)
        with pytest.raises(TextNotSent):
            Twilio().find(TEXT, since=0)

    assert [each.method for each in asked] == ["POST", "GET"]


def test_a_sender_that_is_too_slow_is_not_waited_for(phones: Phones, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TWILIO_PATIENCE_SECONDS", "1")
    phones.fail("create", "hang", seconds=3)

    with pytest.raises(TextNotSent):
        Twilio().send(TEXT)


def test_a_sender_that_is_not_there_is_a_fault(aws: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    with pointed_at("http://127.0.0.1:9", monkeypatch), pytest.raises(TextNotSent) as told:
        Twilio().send(TEXT)

    assert READER not in str(told.value)


def test_a_text_whose_answer_was_lost_is_found(phones: Phones) -> None:
    since = clock.epoch_seconds()
    phones.fail("create", "drop")
    with pytest.raises(TextNotSent):
        Twilio().send(TEXT)

    [text] = phones.texts()
    assert Twilio().find(TEXT, since=since) == Taken(text["sid"])


def test_a_text_that_never_got_there_is_not_found(phones: Phones) -> None:
    assert Twilio().find(TEXT, since=0) is None


@pytest.mark.parametrize(
    "changed",
    [
        {"to": "+251911000000"},
        {"body": "የማረጋገጫ ኮድዎ 654321 ነው።"},
        {"date_created": "Mon, 23 Nov 2020 10:00:00 +0000"},
        {"date_created": "yesterday"},
        {"date_created": None},
        {"sid": "SM1"},
        {"sid": None},
    ],
)
def test_another_text_is_not_taken_for_ours(
    aws: Account, monkeypatch: pytest.MonkeyPatch, changed: dict[str, Any]
) -> None:
    since = clock.epoch_seconds() - 60

    with a_strange_sender(listed(), monkeypatch):
        assert Twilio().find(TEXT, since=since) == Taken(SID)
    with a_strange_sender(listed(**changed), monkeypatch):
        assert Twilio().find(TEXT, since=since) is None


def test_a_list_of_anything_is_read_with_care(aws: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    with a_strange_sender(json_reply(200, {"messages": [None, 7, "text", []]}), monkeypatch) as asked:
        assert Twilio().find(TEXT, since=0) is None

    assert asked[0].query == {"To": READER, "PageSize": "20"}


@pytest.mark.parametrize(
    ("told", "status"),
    [
        ("accepted", "queued"),
        ("scheduled", "queued"),
        ("queued", "queued"),
        ("sending", "queued"),
        ("sent", "sent"),
        ("delivered", "delivered"),
        ("read", "delivered"),
        ("undelivered", "undelivered"),
        ("failed", "failed"),
        ("canceled", "failed"),
    ],
)
def test_every_status_of_a_message_sent_means_something(told: str, status: str) -> None:
    report = report_in({"MessageStatus": told, "MessageSid": SID})

    assert report is not None
    assert report.status == status


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"MessageStatus": "delivered"},
        {"MessageStatus": "delivered", "MessageSid": "SM1"},
        {"MessageStatus": "received", "MessageSid": SID},
        {"MessageStatus": "something new", "MessageSid": SID},
        {"MessageSid": SID},
    ],
)
def test_what_reports_on_no_message_sent_says_nothing(fields: dict[str, str]) -> None:
    assert report_in(fields) is None


@pytest.mark.parametrize(("given", "kept"), [("30003", "30003"), ("", None), ("0", None), ("'; drop", None)])
def test_only_a_code_is_taken_for_one(given: str, kept: str | None) -> None:
    report = report_in({"MessageStatus": "failed", "MessageSid": SID, "ErrorCode": given})

    assert report is not None
    assert report.error_code == kept
