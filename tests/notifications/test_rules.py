"""What does a confirmation say?"""

import pytest

from chalicelib.core.money import CURRENCIES, Money
from chalicelib.notifications.rules import confirmation, money_text, one_line
from tests.notifications.builders import a_quote, an_address


@pytest.mark.parametrize(
    ("minor", "currency", "locale", "text"),
    [
        (35_000, "ETB", "en", "ETB 350.00"),
        (35_000, "ETB", "am", "350.00 ብር"),
        (123_456_789, "ETB", "en", "ETB 1,234,567.89"),
        (5, "ETB", "am", "0.05 ብር"),
        (1_350, "DJF", "en", "DJF 1,350"),
    ],
)
def test_money_is_written_as_its_reader_writes_it(minor, currency, locale, text):
    assert money_text(Money(minor, currency), locale) == text


@pytest.mark.parametrize("currency", CURRENCIES)
def test_every_currency_has_a_name_in_amharic(currency):
    assert money_text(Money(1, currency), "am")


def test_the_amounts_of_a_confirmation_are_those_of_the_order():
    quote = a_quote()

    said = confirmation(quote, an_address(), number="NX-2345-6789", titles=["Sidamo coffee", "Gabi"], locale="en")

    assert [line.subtotal for line in said.lines] == ["ETB 1,200.00", "ETB 1,800.00"]
    assert (said.subtotal, said.discount, said.shipping, said.total) == (
        "ETB 3,000.00",
        None,
        "ETB 150.00",
        "ETB 3,622.50",
    )
    assert said.lines[0].options == "roast: dark"
    assert [(each.percent, each.tax) for each in said.taxes] == [("15", "ETB 472.50")]


@pytest.mark.parametrize("breaking", ["\r\n", "\n", "\x00", "\u2028", "\u202e", "\x85"])
def test_nothing_that_a_shopper_typed_can_begin_a_line_of_its_own(breaking):
    said = confirmation(
        a_quote(),
        an_address(name=f"Almaz{breaking}Bcc: x@example.com", line2=breaking),
        number="NX-2345-6789",
        titles=[f"Coffee{breaking}Total paid: ETB 0.00", "Gabi"],
        locale="en",
    )

    assert said.name == "Almaz Bcc: x@example.com"
    assert said.lines[0].title == "Coffee Total paid: ETB 0.00"
    assert "" not in said.address


def test_words_and_signs_of_any_script_stay():
    assert one_line("  ወ/ሮ አልማዝ – O'Neil & Söhne  ") == "ወ/ሮ አልማዝ – O'Neil & Söhne"
