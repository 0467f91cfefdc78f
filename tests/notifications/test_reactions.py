"""Does every order bring its buyer exactly one mail?"""

import json
from typing import Any

import pytest

from chalicelib.core import ids
from chalicelib.core.events.event import envelope
from chalicelib.core.storage import keys
from chalicelib.core.storage.table import find
from chalicelib.notifications.models import Delivery
from chalicelib.orders.models import Order
from functions.queues.order_mails import handler
from infra.local.mailbox.letters import Letter, letters_at
from tests.notifications.builders import BUYER, a_placed_order, an_address
from tests.support.account import Account

NO_ADDRESS = "nobody"


def test_the_buyer_is_told_in_the_language_of_the_order(aws: Account) -> None:
    order = a_placed_order(locale="am")

    assert received(order) == []

    (letter,) = mail_in(aws)
    assert letter.to == (BUYER,)
    assert letter.subject == f"ትዕዛዝዎ {order.number} ተረጋግጧል"
    assert "የሲዳማ ቡና" in letter.text
    assert "የሲዳማ ቡና" in letter.html
    assert letter.sender == "Nexus <shop@example.com>"


def test_an_event_that_comes_twice_brings_one_mail(aws: Account) -> None:
    order = a_placed_order()

    first, second = received(order), received(order)

    assert first == second == []
    assert len(mail_in(aws)) == 1


def test_the_same_order_announced_again_brings_no_second_mail(aws: Account) -> None:
    order = a_placed_order()
    received(order)
    assert order.event is not None
    order.event["id"] = ids.new("evt")

    assert received(order) == []

    assert len(mail_in(aws)) == 1


def test_a_sent_mail_is_on_record_without_its_address(aws: Account) -> None:
    order = a_placed_order()

    received(order)

    record = delivery_of(order)
    (letter,) = mail_in(aws)
    assert record.sent_as == letter.id
    assert record.sent_at is not None
    assert record.expires_at is not None
    assert BUYER not in json.dumps(record.to_dynamodb_dict())


def test_a_failure_is_tried_again_when_the_lease_is_over(aws: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DELIVERY_LEASE_SECONDS", "0")
    order = a_placed_order()
    monkeypatch.setenv("MAIL_FROM", NO_ADDRESS)
    failed = received(order)
    monkeypatch.setenv("MAIL_FROM", "Nexus <shop@example.com>")

    tried_again = received(order)

    assert (failed, tried_again) == (["message-1"], [])
    assert len(mail_in(aws)) == 1


def test_nobody_sends_while_somebody_else_may_be_sending(aws: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    order = a_placed_order()
    monkeypatch.setenv("MAIL_FROM", NO_ADDRESS)
    received(order)
    monkeypatch.setenv("MAIL_FROM", "Nexus <shop@example.com>")

    tried_at_once = received(order)

    assert tried_at_once == ["message-1"]
    assert mail_in(aws) == []
    assert delivery_of(order).sent_at is None


def test_the_address_stays_out_of_the_log_even_when_sending_fails(
    aws: Account, caplog: pytest.LogCaptureFixture
) -> None:
    sent = a_placed_order(email="almaz@example.com")
    refused = a_placed_order(email="almaz.ü@example.com")

    failed = received(sent) + received(refused)

    logged = caplog.text + str([vars(record) for record in caplog.records])
    assert failed == ["message-1"]
    assert "MailNotSent" in logged
    assert "almaz" not in logged


def test_a_hostile_name_reaches_no_header_and_no_markup(aws: Account) -> None:
    name = "Almaz\r\nBcc: everybody@example.com\r\n\r\n<b>Hi</b>"
    order = a_placed_order(address=an_address(name=name))

    received(order)

    (letter,) = mail_in(aws)
    assert letter.to == (BUYER,)
    assert (letter.cc, letter.bcc) == ((), ())
    assert "\n" not in letter.subject
    assert "Hello Almaz Bcc: everybody@example.com <b>Hi</b>," in letter.text
    assert "&lt;b&gt;Hi&lt;/b&gt;" in letter.html


def test_a_sender_with_an_amharic_name_is_written_so_that_ses_takes_it(
    aws: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MAIL_FROM", "ነክሰስ <shop@example.com>")

    assert received(a_placed_order()) == []

    (letter,) = mail_in(aws)
    assert letter.sender.isascii()
    assert letter.sender.endswith("<shop@example.com>")


def received(order: Order) -> list[str]:
    """Let the queue deliver what the order announced; return the messages that come again."""
    assert order.event is not None
    body = json.dumps(envelope(order.event))
    answer: dict[str, Any] = handler({"Records": [{"messageId": "message-1", "body": body}]}, None)
    return [failure["itemIdentifier"] for failure in answer["batchItemFailures"]]


def mail_in(aws: Account) -> list[Letter]:
    return letters_at(str(aws.cloud.endpoint_url), account=aws.cloud.account)


def delivery_of(order: Order) -> Delivery:
    record = find(Delivery, keys.delivery(f"order_confirmation.{order.order_id}"))
    assert record is not None
    return record
