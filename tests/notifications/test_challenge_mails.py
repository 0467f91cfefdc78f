"""Does a link reach who must prove an address, and nobody and nothing else?"""

import json

import pytest

from chalicelib.notifications.service.account_mails import _CHALLENGES as MAILED
from chalicelib.users import service as users
from chalicelib.users.enums import Purpose
from chalicelib.users.models import Challenge
from tests.notifications.mailing import (
    HANA,
    PASSWORD,
    a_contact,
    a_user,
    as_stored,
    mail_in,
    received,
    said_by,
    the_letter,
)
from tests.support.account import TABLE, Account

STOREFRONT = "https://storefront.test"


@pytest.fixture(autouse=True)
def _storefront(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STOREFRONT_URL", STOREFRONT)


def a_sign_up(email: str = HANA, *, name: str = "Hana", locale: str = "en") -> Challenge:
    return users.sign_up(a_contact(email), password=PASSWORD, name=name, locale=locale)


def link_in(aws: Account, page: str) -> tuple[str, str]:
    """Return the challenge and the code of the one link in the one letter."""
    (link,) = the_letter(aws).links
    start = f"{STOREFRONT}/account/{page}#"
    assert link.startswith(start)
    challenge_id, _, code = link.removeprefix(start).partition(".")
    return challenge_id, code


def test_a_sign_up_is_confirmed_by_the_link_of_its_mail(aws: Account) -> None:
    assert received(said_by(a_sign_up(locale="am"))) == []

    letter = the_letter(aws)
    assert (letter.to, letter.subject) == ((HANA,), "የኢሜይል አድራሻዎን ያረጋግጡ")
    user_id = users.confirm_sign_up(*link_in(aws, "confirm"))
    assert users.account_of(user_id).email == HANA


def test_who_has_an_account_is_told_so_without_any_link(aws: Account) -> None:
    a_user()

    received(said_by(a_sign_up()))

    letter = the_letter(aws)
    assert (letter.to, letter.subject, letter.links) == ((HANA,), "You already have an account", [])


def test_a_new_address_is_confirmed_by_the_link_of_its_mail(aws: Account) -> None:
    hana = a_user()

    received(said_by(users.ask_for_contact(hana, a_contact("hana@new.example"))))

    assert the_letter(aws).to == ("hana@new.example",)
    users.confirm_contact(hana, *link_in(aws, "email"))
    assert users.account_of(hana).email == "hana@new.example"


def test_a_password_is_reset_by_the_link_of_its_mail(aws: Account) -> None:
    hana = a_user()

    received(said_by(users.ask_for_reset(a_contact(), locale="en")))

    assert users.reset_password(*link_in(aws, "reset"), "eleven blue jars in Gondar") == hana


def test_an_address_without_an_account_is_mailed_nothing(aws: Account) -> None:
    assert received(said_by(users.ask_for_reset(a_contact(), locale="en"))) == []

    assert mail_in(aws) == []


def test_every_purpose_is_mailed_but_the_one_that_concerns_nobody() -> None:
    assert set(MAILED) == set(Purpose) - {Purpose.PASSWORD_RESET_UNKNOWN}


def test_a_link_that_was_used_or_is_over_is_not_mailed(aws: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    used = a_sign_up()
    message = users.outgoing(used.challenge_id)
    assert message is not None
    users.confirm_sign_up(used.challenge_id, message.code)
    monkeypatch.setenv("LINK_KEPT_SECONDS", "0")
    over = a_sign_up("dawit@coffee.example")

    assert received(said_by(used), said_by(over)) == []

    assert mail_in(aws) == []


def test_asked_for_again_the_same_link_is_mailed_again_and_otherwise_once(
    aws: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RESEND_AFTER_SECONDS", "0")
    first = a_sign_up()
    received(said_by(first))
    users.send_again(first.challenge_id)
    second = as_stored(first)

    received(said_by(second), said_by(second), said_by(first))

    letters = mail_in(aws)
    assert len(letters) == 2
    assert letters[0].links == letters[1].links


def test_a_stranger_is_never_greeted_by_what_somebody_typed(aws: Account) -> None:
    received(said_by(a_sign_up(name="Cheap phones at https://evil.example")))

    letter = the_letter(aws)
    assert letter.text.startswith("Hello,\n")
    assert "evil" not in letter.text + letter.html + letter.subject


def test_an_address_that_mail_cannot_reach_is_no_failure_that_anybody_could_cause(aws: Account) -> None:
    assert received(said_by(a_sign_up("hana.ü@coffee.example"))) == []

    assert mail_in(aws) == []


def test_the_code_stands_in_the_mail_and_nowhere_else(aws: Account, caplog: pytest.LogCaptureFixture) -> None:
    challenge = a_sign_up()
    with caplog.at_level("INFO"):
        received(said_by(challenge))
    _, code = link_in(aws, "confirm")

    stored = json.dumps(aws.dynamodb.scan(TableName=TABLE)["Items"])
    logged = caplog.text + str([vars(record) for record in caplog.records])

    assert "message sent" in logged
    for found in (stored, logged, json.dumps(said_by(challenge))):
        assert code not in found
    assert HANA not in logged


def test_a_code_stays_out_of_the_log_when_sending_fails(
    aws: Account, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    challenge = a_sign_up()
    message = users.outgoing(challenge.challenge_id)
    assert message is not None
    monkeypatch.setenv("MAIL_FROM", "nobody")

    with caplog.at_level("INFO"):
        assert received(said_by(challenge)) == ["message-1"]

    logged = caplog.text + str([vars(record) for record in caplog.records])
    assert "MailNotSent" in logged
    assert message.code not in logged
    assert HANA not in logged
