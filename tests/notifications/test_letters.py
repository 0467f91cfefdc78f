"""How does a letter read, in each language?"""

from decimal import Decimal
from html.parser import HTMLParser

import pytest

from chalicelib.core.i18n.locales import WRITTEN
from chalicelib.notifications import letters
from chalicelib.notifications.letters import Letter
from chalicelib.notifications.rules import confirmation
from chalicelib.pricing.rules import Promotion, PromotionKind, TaxRule
from tests.notifications.builders import GABI, Goods, a_quote, an_address

HOSTILE = '<script>alert("x")</script>{{ 7 * 7 }}'


def a_letter(language: str, *, name: str = "Almaz Tesfaye", title: str = "Gabi", includes_tax: bool = False) -> Letter:
    about = confirmation(
        a_quote(prices_include_tax=includes_tax),
        an_address(name=name),
        number="NX-2345-6789",
        titles=["Sidamo coffee", title],
        locale=language,
    )
    return letters.rendered("order_confirmation", language, about=about)


def test_every_language_of_the_shop_has_letters():
    assert set(letters.languages()) == set(WRITTEN)


def test_a_language_that_has_no_letters_gets_english_ones():
    assert letters.language_for("am") == "am"
    assert letters.language_for("fr") == "en"
    assert letters.language_for("../en") == "en"


@pytest.mark.parametrize(
    ("language", "subject", "words"),
    [
        ("en", "Your order NX-2345-6789 is confirmed", ["Hello Almaz Tesfaye", "ETB 1,200.00", "ETB 3,622.50"]),
        ("am", "ትዕዛዝዎ NX-2345-6789 ተረጋግጧል", ["ሰላም Almaz Tesfaye", "1,200.00 ብር", "3,622.50 ብር"]),
    ],
)
def test_a_confirmation_names_the_order_its_lines_its_totals_and_the_address(language, subject, words):
    letter = a_letter(language)

    assert letter.subject == subject
    for part in (letter.text, letter.html):
        for wanted in [*words, "NX-2345-6789", "Gabi", "roast: dark", "Bole Road, house 12", "+251911223344"]:
            assert wanted in part
    assert f'<html lang="{language}">' in letter.html


@pytest.mark.parametrize("language", WRITTEN)
def test_the_text_part_is_tidy(language):
    text = a_letter(language).text

    assert "\n\n\n" not in text
    assert all(line == line.rstrip() for line in text.splitlines())
    assert text.endswith("\n")


def test_tax_that_prices_contain_stands_below_the_total():
    text = a_letter("en", includes_tax=True).text

    assert text.index("Total paid: ETB 3,150.00") < text.index("VAT (15%) contained in it: ETB 410.87")


@pytest.mark.parametrize(
    ("language", "discount", "taxes"),
    [
        ("en", "Discount: ETB -300.00", ["VAT (15%): ETB 256.50", "VAT (5%): ETB 57.00"]),
        ("am", "ቅናሽ፦ -300.00 ብር", ["(15%)፦ 256.50 ብር", "(5%)፦ 57.00 ብር"]),
    ],
)
def test_a_discount_and_each_rate_of_tax_are_told(language, discount, taxes):
    tenth = Promotion("prm_1", {"en": "New Year"}, PromotionKind.PERCENTAGE, percent=Decimal(10))
    flour = Goods(tax_class="reduced")
    quote = a_quote(flour, GABI, promotions=[tenth], rules=[TaxRule("reduced", "5")])
    about = confirmation(quote, an_address(), number="NX-1", titles=["Teff", "Gabi"], locale=language)

    letter = letters.rendered("order_confirmation", language, about=about)

    for wanted in [discount, *taxes]:
        assert wanted in letter.text
    for amount in [discount, *taxes]:
        assert amount.rpartition("፦ " if language == "am" else ": ")[2] in letter.html


def test_nothing_is_said_of_a_discount_where_there_is_none():
    assert "Discount" not in a_letter("en").text + a_letter("en").html


@pytest.mark.parametrize("language", WRITTEN)
def test_names_are_text_and_never_markup(language):
    letter = a_letter(language, name=HOSTILE, title=HOSTILE)

    assert "<script" not in letter.html
    assert "&lt;script&gt;" in letter.html
    assert "{{ 7 * 7 }}" in letter.html
    assert HOSTILE in letter.text


@pytest.mark.parametrize("language", WRITTEN)
def test_a_letter_asks_nothing_of_any_host(language):
    reader = _Attributes()
    reader.feed(a_letter(language).html)

    assert reader.seen
    assert not {"src", "href", "background", "onclick"} & reader.seen
    assert "url(" not in a_letter(language).html


class _Attributes(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.seen: set[str] = set()

    def handle_starttag(self, tag, attrs):
        self.seen |= {name for name, _ in attrs}
