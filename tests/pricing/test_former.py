"""Do quotes that were stored before there were promotions read as they should?"""

from decimal import Decimal
from typing import Any

import pytest
from pydantic import TypeAdapter

from chalicelib.pricing.rules import Quote, percent_behind, quote, with_discounts
from infra.books.invariants.quotes import mistakes
from tests.pricing.builders import Goods, coffee, gabi, the_rates, the_terms

SHAPE = TypeAdapter(Quote)
NEW_OF_QUOTES = ("discount", "applied", "taxes", "delivery", "rate", "rate_as_of")
NEW_OF_LINES = ("discounts", "discount", "tax_percent", "shipping_tax_percent", "shipping_tax")


def as_it_was_stored(quoted: Quote, percent: str) -> dict[str, Any]:
    """Return a quote in the shape that it had when there was one rate of tax and flat delivery."""
    told: dict[str, Any] = SHAPE.dump_python(quoted, mode="json")
    for name in NEW_OF_QUOTES:
        del told[name]
    for line in told["lines"]:
        for name in NEW_OF_LINES:
            del line[name]
    return told | {"tax_percent": percent, "shipping_method": "flat"}


@pytest.mark.parametrize("is_included", [True, False])
@pytest.mark.parametrize("percent", ["15", "0", "7.25"])
@pytest.mark.parametrize("goods", [[coffee("333.33", 7), gabi("1800.05")], [coffee(0)]])
def test_an_old_quote_reads_as_one_of_today_without_promotions(
    goods: list[Goods], percent: str, is_included: bool
) -> None:
    terms = the_terms(prices_include_tax=is_included, tax_rates=the_rates(standard=percent))
    quoted = quote(goods, terms)

    read = SHAPE.validate_python(with_discounts(as_it_was_stored(quoted, percent)))

    assert (read.lines, read.taxes, read.total) == (quoted.lines, quoted.taxes, quoted.total)
    assert (read.applied, read.delivery) == ((), None)
    assert list(mistakes(read)) == []


@pytest.mark.parametrize("is_included", [True, False])
def test_an_old_quote_of_exactly_zero_shares_out_no_tax(is_included: bool) -> None:
    quoted = quote([coffee(0)], the_terms(shipping=0, prices_include_tax=is_included))

    read = SHAPE.validate_python(with_discounts(as_it_was_stored(quoted, "15")))

    assert (read.total.minor, read.taxes) == (0, ())
    assert read.lines == quoted.lines
    assert list(mistakes(read)) == []


@pytest.mark.parametrize("is_included", [True, False])
@pytest.mark.parametrize("percent", ["15", "0", "7.5", "12.25"])
def test_the_rate_behind_a_vendors_lines_is_found_by_their_amounts(percent: str, is_included: bool) -> None:
    terms = the_terms(prices_include_tax=is_included, tax_rates=the_rates(standard=percent))
    told = as_it_was_stored(quote([coffee(350), gabi(1_800)], terms), percent)

    assert percent_behind(told["lines"], is_included=is_included) == Decimal(percent)


def test_free_goods_tell_no_rate() -> None:
    told = as_it_was_stored(quote([coffee(0)], the_terms(shipping=0)), "15")

    assert percent_behind(told["lines"], is_included=False) == 0
