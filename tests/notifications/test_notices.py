"""Does every short letter say the same in every language, and does nothing stay untold?"""

import importlib
from collections.abc import Iterable
from string import Formatter

import pytest

from chalicelib.core.events.event import Event, _registry, registered
from chalicelib.core.i18n.locales import WRITTEN
from chalicelib.notifications import notices
from chalicelib.notifications.enums import Notice
from chalicelib.notifications.letters import Letter
from chalicelib.notifications.reactions import account_mails, stock_mails
from infra.docs.events import consumers

FACTS = {
    "when": "2026-11-25 13:11 UTC",
    "left": 3,
    "sku": "COFFEE-SIDAMO-250",
    "title": "Sidamo coffee",
    "amount": "ETB 350.00",
}
LINK = "https://storefront.test/account/confirm#chl_1.c0de"
DOMAINS = ("users", "vendors", "inventory")
# Who is reached by a text message needs no mail about it, and a movement is news to nobody by itself.
UNMAILED = {"challenge.issued_by_text", "stock.moved"}


def a_letter(notice: Notice, language: str, *, name: str = "Hana") -> Letter:
    link = LINK if notices.words_in(language)[notice].get("button") else ""
    return notices.written(notice, language, name=name, link=link, facts=FACTS)


def declared_in(domains: Iterable[str]) -> set[str]:
    """Return the type of every event that these domains declare."""
    modules = {importlib.import_module(f"chalicelib.{domain}.events").__name__ for domain in domains}
    return {name for name, kind in registered().items() if kind.__module__ in modules}


def untold() -> set[str]:
    """Return the events of these domains of which nobody is told."""
    return declared_in(DOMAINS) - mailed() - UNMAILED


def mailed() -> set[str]:
    return {*account_mails.consumer.event_types, *stock_mails.consumer.event_types}


def test_people_are_told_of_everything_that_is_announced_of_accounts_vendors_and_stock() -> None:
    assert untold() == set()


def test_nothing_is_excused_from_being_mailed_that_is_mailed() -> None:
    assert not UNMAILED & mailed()
    assert account_mails.consumer in consumers()
    assert stock_mails.consumer in consumers()


def test_an_event_without_a_mail_is_noticed() -> None:
    planted = type("UserSneezed", (Event,), {"TYPE": "user.sneezed", "__module__": "chalicelib.users.events"})
    try:
        assert untold() == {planted.TYPE}
    finally:
        del _registry[planted.TYPE]


@pytest.mark.parametrize("language", WRITTEN)
def test_every_notice_has_words_and_all_words_are_of_a_notice(language: str) -> None:
    assert set(notices.words_in(language)) == {notice.value for notice in Notice}


@pytest.mark.parametrize("notice", Notice)
def test_every_language_says_as_much_with_the_same_facts(notice: Notice) -> None:
    english = notices.words_in("en")[notice]

    for language in WRITTEN:
        words = notices.words_in(language)[notice]
        assert words.keys() == english.keys(), language
        assert [facts_in(each) for each in words["said"]] == [facts_in(each) for each in english["said"]], language
        assert facts_in(words["subject"]) == facts_in(english["subject"]), language
        assert len(words["said"]) == len(english["said"])


@pytest.mark.parametrize("language", WRITTEN)
@pytest.mark.parametrize("notice", Notice)
def test_a_short_letter_is_short_and_tidy(notice: Notice, language: str) -> None:
    letter = a_letter(notice, language)

    assert len(letter.text) < 700
    assert len(letter.subject) < 60
    assert "\n\n\n" not in letter.text
    assert all(line == line.rstrip() for line in letter.text.splitlines())
    assert letter.text.endswith("\n")
    assert f'<html lang="{language}">' in letter.html
    assert ("{" in letter.text, "{" in letter.subject) == (False, False)


@pytest.mark.parametrize("notice", Notice)
def test_both_parts_of_a_letter_say_the_same(notice: Notice) -> None:
    letter = a_letter(notice, "en")

    for line in filter(None, letter.text.splitlines()):
        assert line.removesuffix(":").replace("'", "&#39;") in letter.html


@pytest.mark.parametrize("notice", [each for each in Notice if "button" in notices.words_in("en")[each]])
def test_a_link_leads_to_the_storefront_and_nothing_else_asks_any_host(notice: Notice) -> None:
    letter = a_letter(notice, "en")

    assert letter.html.count("href=") == 1
    assert f'href="{LINK}"' in letter.html
    assert letter.text.count("https://") == 1
    assert not any(word in letter.html for word in ("src=", "url(", "background="))


@pytest.mark.parametrize("language", WRITTEN)
def test_who_is_not_known_by_name_is_greeted_all_the_same(language: str) -> None:
    greeting, _, _ = a_letter(Notice.CONFIRM_SIGN_UP, language, name="").text.partition("\n")

    assert greeting in ("Hello,", "ሰላም፣")


def test_a_fact_that_is_lacking_is_an_error() -> None:
    with pytest.raises(KeyError):
        notices.written(Notice.RECOVERY_CODE_USED, "en", name="Hana", facts={"when": "today"})


def facts_in(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}
