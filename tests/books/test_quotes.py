"""Is each way in which a quote can fail to add up told for itself?"""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from chalicelib.core.money import Money
from chalicelib.pricing.rules import LineDiscount, Promotion, PromotionKind, Quote
from infra.books.invariants.quotes import mistakes
from tests.notifications.builders import a_quote

ONE = Money(1, "ETB")
TENTH = Promotion("prm_1", {"en": "New Year"}, PromotionKind.PERCENTAGE, percent=Decimal(10), is_stackable=True)
FREE = Promotion("prm_2", {"en": "New Year"}, PromotionKind.FREE_SHIPPING, is_stackable=True)
Change = Callable[[Quote], Quote]


def told_of(quote: Quote) -> str:
    return "; ".join(mistakes(quote))


def in_first(**changed: Callable[[Any], Any]) -> Change:
    """Change parts of the first line."""

    def change(quote: Quote) -> Quote:
        first, *others = quote.lines
        parts = {name: to(getattr(first, name)) for name, to in changed.items()}
        return replace(quote, lines=(replace(first, **parts), *others))

    return change


def in_all(**changed: Callable[[Any], Any]) -> Change:
    """Change parts of the quote itself."""
    return lambda quote: replace(quote, **{name: to(getattr(quote, name)) for name, to in changed.items()})


def less(amount: Money) -> Money:
    return amount - ONE


def more(amount: Money) -> Money:
    return amount + ONE


MISTAKES: list[tuple[Change, str]] = [
    (in_first(unit_price=more), "2 x 60001 is not 120000"),
    (in_first(total=more), "in all "),
    (in_first(discounts=lambda _: ()), "discount 12000, its promotions took 0"),
    (in_first(discount=lambda _: Money(120_001, "ETB")), "discount 120001 of 120000"),
    (in_first(shipping_tax=lambda _: Money(999_999, "ETB")), "on delivery alone 999999"),
    (in_first(shipping=lambda _: Money(-1, "ETB")), "less than nothing: {'shipping': -1}"),
    (in_first(shipping_tax=lambda _: Money(-1, "ETB")), "less than nothing: {'shipping_tax': -1}"),
    (in_first(tax_percent=lambda _: Decimal(7)), "taxes {Decimal('15')"),
    (in_first(shipping_tax=more, shipping_tax_percent=lambda _: Decimal(7)), "taxes {Decimal('15')"),
    (in_first(tax=lambda tax: Money(tax.minor, "USD")), "mixes ETB and USD"),
    (in_first(discounts=lambda _: (LineDiscount("prm_9", Money(12_000, "ETB")),)), "['prm_9', 'prm_1'] took"),
    *[(in_all(**{name: more}), f"{name} ") for name in ("subtotal", "discount", "shipping", "tax", "total")],
    (in_all(taxes=lambda taxes: (replace(taxes[0], base=more(taxes[0].base)),)), "what is taxed adds up to"),
    (in_all(taxes=lambda taxes: (replace(taxes[0], tax=less(taxes[0].tax)),)), "its lines add up to {Decimal"),
    (in_all(applied=lambda applied: applied[:1]), "promotions gave 30000, taken off are 30000 and 15000"),
    (in_all(delivery=lambda option: replace(option, charge=more(option.charge))), "taken off are 30000 and 15001"),
    (in_all(delivery=lambda _: None), "promotions gave 45000, taken off are 30000 and 0"),
]


def test_a_quote_with_promotions_adds_up() -> None:
    assert told_of(a_quote(promotions=[TENTH, FREE])) == ""


@pytest.mark.parametrize(("change", "complaint"), MISTAKES)
def test_what_does_not_add_up_is_told(change: Change, complaint: str) -> None:
    assert complaint in told_of(change(a_quote(promotions=[TENTH, FREE])))
