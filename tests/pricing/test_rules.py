"""Is a quote exact, whatever is bought and however it is taxed?"""

from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from chalicelib.core.money import Money, total_of
from chalicelib.pricing.rules import Quote, Terms, quote


@dataclass(frozen=True)
class Goods:
    """A line as pricing sees it."""

    unit_price: Money
    quantity: int = 1
    sku: str = "COFFEE-250G"
    product_id: str = "prd_coffee"
    vendor_id: str = "ven_yirga"
    title: dict[str, str] = field(default_factory=lambda: {"en": "Yirgacheffe coffee", "am": "የይርጋጨፌ ቡና"})
    options: dict[str, str] = field(default_factory=lambda: {"weight": "250 g"})


def birr(amount: str | int) -> Money:
    return Money(int(Decimal(amount) * 100), "ETB")


def the_terms(*, tax: str = "15", inclusive: bool = False, shipping: str | int = 150) -> Terms:
    return Terms("ETB", Decimal(tax), inclusive, birr(shipping))


baskets = st.lists(
    st.builds(
        Goods,
        unit_price=st.integers(0, 10**9).map(lambda minor: Money(minor, "ETB")),
        quantity=st.integers(1, 999),
    ),
    min_size=1,
    max_size=90,
)
terms = st.builds(
    Terms,
    currency=st.just("ETB"),
    tax_percent=st.decimals(0, 100, places=2),
    prices_include_tax=st.booleans(),
    shipping=st.integers(0, 10**7).map(lambda minor: Money(minor, "ETB")),
)


def test_tax_is_added_to_prices_that_exclude_it() -> None:
    coffee = Goods(birr(350), quantity=2)

    quoted = quote([coffee], the_terms())

    assert quoted.subtotal == birr(700)
    assert quoted.shipping == birr(150)
    assert quoted.tax == birr("127.50")
    assert quoted.total == birr("977.50")


def test_tax_is_found_within_prices_that_include_it() -> None:
    coffee = Goods(birr(350), quantity=2)

    quoted = quote([coffee], the_terms(inclusive=True))

    assert quoted.total == birr(850)
    assert quoted.tax == birr("110.87")


def test_delivery_is_shared_in_proportion_to_what_lines_cost() -> None:
    gabi, basket = Goods(birr(200)), Goods(birr(100))

    quoted = quote([gabi, basket], the_terms(shipping=100))

    assert [line.shipping for line in quoted.lines] == [birr("66.67"), birr("33.33")]


def test_half_a_santim_of_tax_is_rounded_up() -> None:
    quoted = quote([Goods(birr("0.10"))], the_terms(shipping=0))

    assert quoted.tax == Money(2, "ETB")


def test_free_goods_share_delivery_evenly() -> None:
    quoted = quote([Goods(birr(0)), Goods(birr(0))], the_terms(shipping=100))

    assert [line.total for line in quoted.lines] == [birr("57.50"), birr("57.50")]


def test_there_is_no_quote_for_nothing() -> None:
    with pytest.raises(ValueError, match="no goods"):
        quote([], the_terms())


def test_a_price_in_another_currency_is_refused() -> None:
    with pytest.raises(ValueError, match="cannot mix"):
        quote([Goods(Money(100, "USD"))], the_terms())


@given(baskets, terms)
def test_line_parts_add_up_to_the_totals(goods: list[Goods], terms: Terms) -> None:
    quoted = quote(goods, terms)

    for part in ("subtotal", "shipping", "tax", "total"):
        assert total_of([getattr(line, part) for line in quoted.lines], "ETB") == getattr(quoted, part)
    assert quoted.shipping == terms.shipping


@given(baskets, terms)
def test_the_total_is_goods_delivery_and_the_tax_that_prices_lack(goods: list[Goods], terms: Terms) -> None:
    quoted = quote(goods, terms)

    listed = sum(line.unit_price.minor * line.quantity for line in goods) + terms.shipping.minor
    assert quoted.total.minor == listed + (0 if terms.prices_include_tax else quoted.tax.minor)


@given(baskets, terms)
def test_tax_of_a_line_is_never_more_than_half_a_santim_off(goods: list[Goods], terms: Terms) -> None:
    rate = Fraction(terms.tax_percent) / 100

    for line in quote(goods, terms).lines:
        listed = line.subtotal.minor + line.shipping.minor
        exact = listed * rate / (1 + rate) if terms.prices_include_tax else listed * rate
        assert abs(line.tax.minor - exact) <= Fraction(1, 2)


@given(baskets, terms)
def test_a_share_of_delivery_is_never_a_santim_off(goods: list[Goods], terms: Terms) -> None:
    quoted = quote(goods, terms)

    weights = [line.subtotal.minor for line in quoted.lines]
    if not sum(weights):
        weights = [1] * len(weights)
    for line, weight in zip(quoted.lines, weights, strict=True):
        assert abs(line.shipping.minor - Fraction(terms.shipping.minor * weight, sum(weights))) < 1


@given(baskets, terms)
def test_a_quote_can_be_kept_and_read_again(goods: list[Goods], terms: Terms) -> None:
    shape = TypeAdapter(Quote)
    quoted = quote(goods, terms)

    assert shape.validate_json(shape.dump_json(quoted)) == quoted
