"""Is everybody told what happens to their account, in their language, once?"""

from typing import Any

import pytest

from chalicelib.core.events.event import Event, announcement
from chalicelib.core.storage import keys
from chalicelib.core.storage.table import find
from chalicelib.users import service as users
from chalicelib.users.events import (
    UserDeactivated,
    UserEmailChanged,
    UserPasswordChanged,
    UserPhoneChanged,
    UserReactivated,
    UserRecoveryCodesRenewed,
    UserRecoveryCodeUsed,
    UserRegistered,
    UserRightsChanged,
    UserSecondFactorDisabled,
    UserSecondFactorEnabled,
    UserSessionsEnded,
)
from chalicelib.users.models import User
from chalicelib.vendors.events import VendorApplied, VendorApproved, VendorRejected
from tests.notifications.mailing import HANA, a_contact, a_user, mail_in, received, said_by, the_letter, told
from tests.support.account import Account

NEW = "hana@new.example"
WHO = "usr_HANA"

TOLD: list[tuple[Event, str]] = [
    (UserRegistered(WHO, "en"), "Your account is ready"),
    (UserPhoneChanged(WHO), "Your account has another phone number"),
    (UserPasswordChanged(WHO, by_reset=False), "Your password was changed"),
    (UserPasswordChanged(WHO, by_reset=True), "You have a new password"),
    (UserSecondFactorEnabled(WHO), "Signing in now takes two steps"),
    (UserSecondFactorDisabled(WHO), "Two-step sign-in is off"),
    (UserRecoveryCodesRenewed(WHO), "You have new recovery codes"),
    (UserRecoveryCodeUsed(WHO, left=9), "A recovery code was used"),
    (UserRightsChanged(WHO), "What your account may do has changed"),
    (UserSessionsEnded(WHO, reason="wish"), "You were signed out everywhere"),
    (UserSessionsEnded(WHO, reason="reuse"), "We signed one of your devices out"),
    (UserDeactivated(WHO, by_staff=False), "Your account is closed"),
    (UserDeactivated(WHO, by_staff=True), "Your account was closed by us"),
    (UserReactivated(WHO), "Your account is open again"),
    (VendorApplied("vap_1", WHO), "We have your application"),
    (VendorApproved("vap_1", WHO), "You can sell with us"),
    (VendorRejected("vap_1", WHO), "About your application to sell"),
]


def announced(event: Event) -> dict[str, Any]:
    return announcement(event, sequence=1)


def of(user_id: str, event: Event) -> Event:
    """The same happening to another user."""
    return type(event)(**{**vars(event), "user_id": user_id})


def gets_address(user_id: str, email: str) -> UserEmailChanged:
    """Give an account another address, which answers; return what that announces."""
    challenge = users.ask_for_contact(user_id, a_contact(email))
    message = users.outgoing(challenge.challenge_id)
    assert message is not None
    users.confirm_contact(user_id, challenge.challenge_id, message.code)
    return UserEmailChanged(user_id, challenge.challenge_id)


@pytest.mark.parametrize(("event", "subject"), TOLD, ids=[subject for _, subject in TOLD])
def test_whatever_happens_to_an_account_its_owner_is_told(aws: Account, event: Event, subject: str) -> None:
    hana = a_user()

    assert told(of(hana, event)) == []

    letter = the_letter(aws)
    assert (letter.to, letter.subject) == ((HANA,), subject)
    assert letter.text.startswith("Hello Hana Bekele,\n\n")
    assert subject in letter.html


def test_a_reader_is_told_in_their_own_language(aws: Account) -> None:
    told(UserRecoveryCodeUsed(a_user(locale="am"), left=3))

    letter = the_letter(aws)
    assert letter.subject == "የመጠባበቂያ ኮድ ጥቅም ላይ ውሏል"
    assert letter.text.startswith("ሰላም Hana Bekele፣\n\n")
    assert "የቀሩት የመጠባበቂያ ኮዶች ብዛት፦ 3።" in letter.text
    assert '<html lang="am">' in letter.html


def test_a_letter_says_when_it_happened(aws: Account) -> None:
    event = UserPhoneChanged(a_user())

    received({**announced(event), "time": "2026-11-25T13:11:40.123456Z"})

    assert "On 2026-11-25 13:11 UTC the phone number" in the_letter(aws).text


def test_a_new_address_and_the_one_before_are_both_told(aws: Account) -> None:
    hana = a_user()
    changed = gets_address(hana, NEW)

    assert told(changed) == []

    letters = {letter.to[0]: letter for letter in mail_in(aws)}
    assert {to: letter.subject for to, letter in letters.items()} == {
        NEW: "This is your mail address now",
        HANA: "Your account has another mail address",
    }
    assert NEW not in letters[HANA].text


def test_the_address_before_is_told_even_if_the_new_one_takes_no_mail(aws: Account) -> None:
    hana = a_user()
    changed = gets_address(hana, "hana.ü@new.example")

    assert told(changed) == []

    assert the_letter(aws).to == (HANA,)


def test_each_address_that_gave_way_is_told_however_late(aws: Account) -> None:
    hana = a_user()
    first, second = gets_address(hana, NEW), gets_address(hana, "hana@thief.example")

    assert told(first) == told(second) == []

    told_of_it = {(letter.to[0], letter.subject) for letter in mail_in(aws)}
    assert {
        (HANA, "Your account has another mail address"),
        (NEW, "Your account has another mail address"),
    } <= told_of_it


def test_a_first_address_is_told_alone(aws: Account) -> None:
    hana = a_user(email=None, phone="0911223344")
    changed = gets_address(hana, NEW)

    told(changed)

    assert the_letter(aws).to == (NEW,)


def test_who_has_no_mail_address_is_told_nothing_and_that_is_no_failure(
    aws: Account, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level("INFO"):
        assert told(UserPhoneChanged(a_user(email=None, phone="0911223344"))) == []

    assert mail_in(aws) == []
    assert "not reachable by mail" in caplog.text


def test_an_address_that_mail_cannot_reach_is_no_failure_that_anybody_could_cause(aws: Account) -> None:
    assert told(UserRegistered(a_user(email="hana.ü@coffee.example"), "en")) == []

    assert mail_in(aws) == []


def test_nobody_is_told_of_an_account_that_is_not_there(aws: Account) -> None:
    assert told(UserPhoneChanged("usr_GONE")) == []

    assert mail_in(aws) == []


def test_an_event_that_comes_twice_brings_one_mail_and_two_events_bring_two(aws: Account) -> None:
    hana = a_user()
    first, second = announced(UserPhoneChanged(hana)), announced(UserPhoneChanged(hana))

    received(first, first)
    received(first, second)

    assert len(mail_in(aws)) == 2


def test_only_what_failed_comes_again_and_then_tells_each_address_once(
    aws: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DELIVERY_LEASE_SECONDS", "0")
    change = announced(UserPhoneChanged(a_user()))
    monkeypatch.setenv("MAIL_FROM", "nobody")
    failed = received(change)
    monkeypatch.setenv("MAIL_FROM", "Nexus <shop@example.com>")

    again = received(change)

    assert (failed, again) == (["message-1"], [])
    assert len(mail_in(aws)) == 1


def test_a_hostile_name_reaches_no_header_and_no_markup(aws: Account) -> None:
    told(UserPhoneChanged(a_user(name="Hana\r\nBcc: all@example.com\r\n\r\n<b>{when}</b>")))

    letter = the_letter(aws)
    assert (letter.to, letter.cc, letter.bcc) == ((HANA,), (), ())
    assert letter.text.startswith("Hello Hana Bcc: all@example.com <b>{when}</b>,\n")
    assert "&lt;b&gt;{when}&lt;/b&gt;" in letter.html


def test_what_accounts_announce_is_what_is_told(aws: Account) -> None:
    """An event as its service writes it, in place of one that this test made."""
    hana = find(User, keys.user(a_user()))
    assert hana is not None

    assert received(said_by(hana)) == []

    assert the_letter(aws).subject == "Your account is ready"
