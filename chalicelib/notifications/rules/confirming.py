"""What does an order's confirmation say? Texts only, each a single line, with money as its reader writes it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from chalicelib.addresses.rules import Place, names_of_region
from chalicelib.core.money import Money
from chalicelib.pricing.rules import Quote, QuoteLine

# Control characters, line separators, and the marks that turn the direction of writing.
_NOT_TEXT = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]+")
_AMHARIC_CURRENCIES = {"ETB": "ብር", "USD": "ዶላር", "EUR": "ዩሮ", "KES": "የኬንያ ሽልንግ", "DJF": "የጅቡቲ ፍራንክ"}


@dataclass(frozen=True)
class ConfirmedLine:
    """One line of the order; ``subtotal`` is its listed price times its quantity."""

    title: str
    options: str
    quantity: int
    unit_price: str
    subtotal: str


@dataclass(frozen=True)
class ConfirmedTax:
    """What is taxed at one percentage."""

    percent: str
    tax: str


@dataclass(frozen=True)
class Confirmation:
    """All that the mail names. The subtotals of the lines add up to ``subtotal``; a discount is below nothing."""

    number: str
    name: str
    lines: tuple[ConfirmedLine, ...]
    subtotal: str
    discount: str | None
    shipping: str
    taxes: tuple[ConfirmedTax, ...]
    tax_is_included: bool
    total: str
    address: tuple[str, ...]
    phone: str


def confirmation(quote: Quote, address: Place, *, number: str, titles: Sequence[str], locale: str) -> Confirmation:
    """Return what to tell the buyer; ``titles`` are the lines' titles in the buyer's language."""
    lines = zip(quote.lines, titles, strict=True)
    return Confirmation(
        number=one_line(number),
        name=one_line(address.name),
        lines=tuple(_line(line, one_line(title), locale) for line, title in lines),
        subtotal=money_text(quote.subtotal, locale),
        discount=money_text(quote.discount * -1, locale) if quote.discount.minor else None,
        shipping=money_text(quote.shipping, locale),
        taxes=tuple(
            ConfirmedTax(f"{each.percent.normalize():f}", money_text(each.tax, locale))
            for each in quote.taxes
            if each.percent
        ),
        tax_is_included=quote.prices_include_tax,
        total=money_text(quote.total, locale),
        address=_address(address, locale),
        phone=one_line(address.phone),
    )


def money_text(money: Money, locale: str) -> str:
    """Write an amount as a reader of that language does: ``ETB 1,350.00`` or ``1,350.00 ብር``."""
    amount = f"{money.as_decimal():,}"
    if locale == "am":
        return f"{amount} {_AMHARIC_CURRENCIES[money.currency]}"
    return f"{money.currency} {amount}"


def one_line(text: str) -> str:
    """Return the text without anything that could end its line, open another header or turn its direction."""
    return _NOT_TEXT.sub(" ", text).strip()


def _line(line: QuoteLine, title: str, locale: str) -> ConfirmedLine:
    return ConfirmedLine(
        title=title,
        options=one_line(", ".join(f"{name}: {value}" for name, value in line.options.items())),
        quantity=line.quantity,
        unit_price=money_text(line.unit_price, locale),
        subtotal=money_text(line.subtotal, locale),
    )


def _address(address: Place, locale: str) -> tuple[str, ...]:
    """Return the lines of an address in the order that a label has them; a city that is its own region is said once."""
    town = " ".join(part for part in (address.postal_code, address.city) if part)
    names = names_of_region(address)
    region = "" if address.city in names.values() else names.get(locale, address.region)
    parts = (address.name, address.line1, address.line2, town, region, address.country)
    return tuple(part for part in map(one_line, parts) if part)
