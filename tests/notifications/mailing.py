"""How does a test let the queue of account mails deliver, and what came of it?"""

import json
from typing import Any

from chalicelib.core.events.event import Event, announcement, envelope
from chalicelib.core.storage.table import VersionedItem, find
from chalicelib.users import service as users
from chalicelib.users.models import Challenge
from chalicelib.users.service import Contact
from functions.queues.account_mails import handler
from infra.local.mailbox.letters import Letter, letters_at
from tests.support.account import Account

HANA = "hana@coffee.example"
PASSWORD = "seven red baskets in Harar"


def a_user(*, email: str | None = HANA, phone: str | None = None, name: str = "Hana Bekele", locale: str = "en") -> str:
    """Somebody with an account; return their id."""
    return users.register(users.contact_of(email, phone), password=PASSWORD, name=name, locale=locale)


def received(*announced: dict[str, Any]) -> list[str]:
    """Let the queue deliver what was announced; return the messages that come again."""
    return failed(handler, *announced)


def failed(by: Any, *announced: dict[str, Any]) -> list[str]:
    """Let a queue's handler have what was announced; return the messages that come again."""
    records = [
        {"messageId": f"message-{number}", "body": json.dumps(envelope(each))}
        for number, each in enumerate(announced, start=1)
    ]
    answer: dict[str, Any] = by({"Records": records}, None)
    return [failure["itemIdentifier"] for failure in answer["batchItemFailures"]]


def told(event: Event) -> list[str]:
    """Let the queue deliver an event that some item would carry."""
    return received(announcement(event, sequence=1))


def said_by(item: VersionedItem) -> dict[str, Any]:
    """Return what an item announced when it was last saved."""
    assert item.event is not None
    return item.event


def as_stored(challenge: Challenge) -> Challenge:
    found = find(Challenge, challenge.key)
    assert found is not None
    return found


def mail_in(aws: Account) -> list[Letter]:
    """Every letter that went out, the newest first."""
    return letters_at(str(aws.cloud.endpoint_url), account=aws.cloud.account)


def the_letter(aws: Account) -> Letter:
    (letter,) = mail_in(aws)
    return letter


def a_contact(email: str = HANA) -> Contact:
    return users.contact_of(email, None)
