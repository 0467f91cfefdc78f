"""Does a reader get their language, or the next best one?"""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from chalicelib.core.i18n import locales
from chalicelib.core.i18n.locales import LOCALES, chosen, in_locale, message


@pytest.mark.parametrize(
    ("header", "locale"),
    [
        (None, "en"),
        ("", "en"),
        ("am", "am"),
        ("am-ET", "am"),
        ("AM-et", "am"),
        ("am-Ethi-ET", "am"),
        ("fr", "en"),
        ("fr, am;q=0.2", "am"),
        ("en;q=0.3, am;q=0.9", "am"),
        ("am;q=0.3, en;q=0.9", "en"),
        ("am; q=0.5 , en ; q=0.4", "am"),
        ("am;q=0, en", "en"),
        ("am;q=0", "en"),
        ("*", "en"),
        ("*, am;q=0.1", "am"),
        ("amharic", "en"),
        ("-am", "en"),
        ("am;q=high, en;q=0.1", "en"),
        ("am;q=nan", "en"),
        (";;;,,,q=1;;-", "en"),
        ("\x00\ud800, am", "am"),
    ],
)
def test_the_best_language_is_chosen(header: str | None, locale: str) -> None:
    assert chosen(header) == locale


def test_the_shop_decides_for_those_who_ask_for_nothing_it_has(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DEFAULT_LOCALE", "am")

    assert chosen("fr-FR, de;q=0.5") == "am"


def test_a_header_without_end_is_not_read_to_its_end() -> None:
    assert chosen("fr," * 100_000 + "am") == "en"


@given(some.text())
def test_any_header_gives_a_language_that_there_is(header: str) -> None:
    assert chosen(header) in LOCALES


def test_a_text_is_given_in_the_readers_language_or_the_shops_or_any() -> None:
    assert in_locale({"en": "coffee", "am": "ቡና"}, "am") == "ቡና"
    assert in_locale({"en": "coffee"}, "am") == "coffee"
    assert in_locale({"am": "ቡና"}, "en") == "ቡና"
    assert in_locale({"en": "coffee", "am": ""}, "am") == "coffee"
    assert in_locale({}, "am") == ""


def test_facts_fill_a_message_and_missing_ones_stay_visible() -> None:
    assert message("validation.greater_than_equal", "en", {"ge": 1}) == "Use 1 or more."
    assert message("validation.greater_than_equal", "en") == "Use {ge} or more."
    assert message("validation.greater_than_equal", "en", {"ge": "{ge} {0}"}) == "Use {ge} {0} or more."
    assert message("titles.nothing_of_the_kind", "en") is None


def test_several_facts_read_as_a_list_in_a_sentence() -> None:
    facts = {"missing": ["email", "region"]}

    assert (
        message("details.checkout_incomplete", "en", facts) == "Say it in the cart or in the checkout: email, region."
    )


def test_a_message_that_a_language_lacks_is_given_in_english(monkeypatch: pytest.MonkeyPatch) -> None:
    english = locales._messages("en")
    monkeypatch.setattr(locales, "_messages", lambda locale: english if locale == "en" else {})

    assert message("titles.busy", "am") == english["titles.busy"]
