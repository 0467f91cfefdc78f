"""Does everybody who asks for a code get it on their telephone, once, in their language?"""

import json
from typing import Any

import pytest

from chalicelib.core.events.event import announcement, envelope
from chalicelib.core.storage import keys
from chalicelib.core.storage.table import find
from chalicelib.notifications import letters
from chalicelib.notifications.models import Delivery
from chalicelib.users.enums import Purpose
from chalicelib.users.events import ChallengeIssuedByText
from functions.queues.account_texts import handler
from tests.support.account import Account
from tests.support.calling import Client
from tests.support.recorded_calls import recording
from tests.support.twilio import Phones, pointed_at
from tests.users.builders import PASSWORD, an_app, code_of, confirmed

READER = "+251911223344"
NEVER_REACHED = "+15005550004"


def asked(phone: str = READER, *, locale: str = "en") -> dict[str, Any]:
    """Sign up with a number, and return what the shop answers."""
    draft = {"phone": phone, "password": PASSWORD, "name": "Hana Bekele"}
    answer = Client(an_app()).post("/users", draft, accept_language=locale)
    assert answer.status == 202, answer.text
    return dict(answer.json)


def announced(challenge_id: str, delivery: int = 1) -> list[str]:
    """Let the queue deliver what was announced; return the messages that come again."""
    event = announcement(ChallengeIssuedByText(challenge_id, delivery), sequence=delivery)
    body = json.dumps(envelope(event))
    answer: dict[str, Any] = handler({"Records": [{"messageId": "message-1", "body": body}]}, None)
    return [failure["itemIdentifier"] for failure in answer["batchItemFailures"]]


def delivery_of(challenge_id: str, delivery: int = 1) -> Delivery | None:
    return find(Delivery, keys.delivery(f"challenge.{challenge_id}.{delivery}"))


@pytest.mark.parametrize(("locale", "words"), [("en", "Your Nexus code is"), ("am", "ማረጋገጫ ኮድዎ"), ("fr", "Your Nexus")])
def test_whoever_signs_up_by_number_is_texted_a_code_that_counts(phones: Phones, locale: str, words: str) -> None:
    challenge = asked(locale=locale)

    assert announced(challenge["id"]) == []

    [text] = phones.texts(READER)
    assert words in text["body"]
    assert (text["codes"], text["segments"]) == ([code_of(challenge)], 1)
    assert confirmed(Client(an_app()), challenge).status == 204


@pytest.mark.parametrize("purpose", sorted(set(Purpose) - {Purpose.PASSWORD_RESET_UNKNOWN}))
def test_there_is_a_text_for_every_purpose_but_the_one_that_concerns_nobody(purpose: Purpose) -> None:
    for language in letters.languages():
        assert letters.short(purpose, language, code="123456")


def test_an_event_that_comes_twice_brings_one_text(phones: Phones) -> None:
    challenge = asked()

    assert announced(challenge["id"]) == announced(challenge["id"]) == []

    assert len(phones.texts()) == 1


def test_another_delivery_brings_the_same_code_again(phones: Phones) -> None:
    challenge = asked()
    announced(challenge["id"])

    announced(challenge["id"], delivery=2)

    assert [text["codes"] for text in phones.texts()] == [[code_of(challenge)]] * 2


def test_what_was_answered_meanwhile_is_not_sent(phones: Phones) -> None:
    challenge = asked()
    confirmed(Client(an_app()), challenge)

    assert announced(challenge["id"]) == announced("chl_unknown") == []

    assert phones.texts() == []
    assert delivery_of(challenge["id"]) is None


def test_a_text_costs_one_read_and_two_writes(phones: Phones, aws: Account) -> None:
    challenge = asked()

    with recording(aws.dynamodb) as calls:
        announced(challenge["id"])

    assert calls.operations == ["GetItem", "PutItem", "UpdateItem"]
    assert phones.calls() == ["create"]


def test_a_number_that_is_never_reached_is_noted_and_not_tried_again(
    phones: Phones, capsys: pytest.CaptureFixture[str]
) -> None:
    challenge = asked()
    phones.fail("create", "refuse", code=21610)

    assert announced(challenge["id"]) == announced(challenge["id"]) == []

    delivery = delivery_of(challenge["id"])
    assert delivery is not None
    assert (delivery.status, delivery.error_code, delivery.sent_at) == ("refused", "21610", None)
    assert phones.calls() == ["create"]
    assert "MessagesRefused" in capsys.readouterr().out


@pytest.mark.parametrize(
    "fault",
    [
        {"kind": "refuse", "code": 20429},
        {"kind": "refuse", "code": 20500, "status": 503},
        {"kind": "html"},
        {"kind": "drop", "takes_effect": False},
    ],
    ids=["too many", "down", "an error page", "lost on its way there"],
)
def test_a_fault_is_tried_again_when_the_lease_is_over(
    phones: Phones, monkeypatch: pytest.MonkeyPatch, fault: dict[str, Any]
) -> None:
    monkeypatch.setenv("DELIVERY_LEASE_SECONDS", "0")
    challenge = asked()
    phones.fail("create", **fault)

    assert announced(challenge["id"]) == ["message-1"]
    assert announced(challenge["id"]) == []

    assert len(phones.texts()) == 1
    assert phones.calls() == ["create", "list", "create"]


def test_a_text_whose_answer_was_lost_is_not_sent_twice(phones: Phones, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DELIVERY_LEASE_SECONDS", "0")
    challenge = asked()
    phones.fail("create", "drop")

    assert announced(challenge["id"]) == ["message-1"]
    assert announced(challenge["id"]) == []

    [text] = phones.texts()
    delivery = delivery_of(challenge["id"])
    assert delivery is not None
    assert delivery.sent_as == text["sid"]
    assert phones.calls() == ["create", "list"]


def test_a_look_up_that_fails_is_a_fault_too(phones: Phones, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DELIVERY_LEASE_SECONDS", "0")
    challenge = asked()
    phones.switch(answers={"create": {"kind": "drop", "times": 1}, "list": {"kind": "html", "times": 1}})

    assert [announced(challenge["id"]) for _ in range(3)] == [["message-1"], ["message-1"], []]

    assert len(phones.texts()) == 1


def test_nobody_sends_while_somebody_else_may_be_sending(phones: Phones) -> None:
    challenge = asked()
    phones.fail("create", "html")
    announced(challenge["id"])

    assert announced(challenge["id"]) == ["message-1"]

    assert phones.calls() == ["create"]


def test_wrong_credentials_ring_and_wait_in_the_queue(
    phones: Phones, aws: Account, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DELIVERY_LEASE_SECONDS", "0")
    challenge = asked()
    phones.fail("create", "refuse", code=20003)

    assert announced(challenge["id"]) == ["message-1"]
    assert "TextSenderNotAccepted" in capsys.readouterr().out
    assert announced(challenge["id"]) == []
    assert len(phones.texts()) == 1


@pytest.mark.parametrize("fault", [None, {"kind": "refuse", "code": 21211}, {"kind": "html"}, {"kind": "drop"}])
def test_neither_number_nor_code_is_in_the_log_or_in_the_delivery(
    phones: Phones, caplog: pytest.LogCaptureFixture, fault: dict[str, Any] | None
) -> None:
    challenge = asked()
    if fault:
        phones.fail("create", **fault)

    announced(challenge["id"])

    logged = caplog.text + str([vars(record) for record in caplog.records])
    stored = json.dumps(getattr(delivery_of(challenge["id"]), "to_dynamodb_dict", dict)())
    assert "account_texts" in logged
    for secret in ("911223344", code_of(challenge)):
        assert secret not in logged
        assert secret not in stored


def test_an_unreachable_sender_is_told_without_the_number(
    phones: Phones, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    challenge = asked()

    with pointed_at("http://127.0.0.1:9", monkeypatch):
        assert announced(challenge["id"]) == ["message-1"]

    logged = caplog.text + str([vars(record) for record in caplog.records])
    assert "TextNotSent" in logged
    assert "911223344" not in logged


def test_a_number_that_nobody_has_is_sent_nothing(phones: Phones) -> None:
    answer = Client(an_app()).post("/password-resets", {"phone": READER})

    assert announced(answer.json["id"]) == []

    assert phones.texts() == []


def test_a_number_that_has_an_account_is_told_so_without_a_code(phones: Phones) -> None:
    confirmed(Client(an_app()), asked())

    announced(asked()["id"])

    [text] = phones.texts(READER)
    assert (text["codes"], "already" in text["body"]) == ([], True)
