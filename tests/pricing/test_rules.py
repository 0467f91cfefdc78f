"""What do goods cost together, under the terms of the day?"""

from decimal import Decimal

import pytest

from chalicelib.core.money import Money
from chalicelib.pricing.rules import SHIPPING, TaxRates, TaxRule, quote
from chalicelib.shipping.rules import Destination
from tests.pricing.builders import Goods, birr, coffee, free_delivery, gabi, only, percent_off, the_rates, the_terms


def test_tax_is_added_to_prices_that_exclude_it() -> None:
    quoted = quote([coffee(350, quantity=2)], the_terms())

    assert (quoted.subtotal, quoted.shipping, quoted.tax) == (birr(700), birr(150), birr("127.50"))
    assert quoted.total == birr("977.50")


def test_tax_is_found_within_prices_that_include_it() -> None:
    quoted = quote([coffee(350, quantity=2)], the_terms(prices_include_tax=True))

    assert quoted.total == birr(850)
    assert quoted.tax == birr("110.87")


def test_delivery_is_shared_in_proportion_to_what_lines_cost() -> None:
    quoted = quote([gabi(200), coffee(100)], the_terms(shipping=100))

    assert [line.shipping for line in quoted.lines] == [birr("66.67"), birr("33.33")]


def test_delivery_is_shared_by_what_promotions_left() -> None:
    half_price_gabi = percent_off(50, scope=only(product_id="prd_gabi"))

    quoted = quote([gabi(200), coffee(100)], the_terms(half_price_gabi, shipping=100))

    assert [line.shipping for line in quoted.lines] == [birr(50), birr(50)]


def test_half_a_santim_of_tax_is_rounded_up() -> None:
    quoted = quote([coffee("0.10")], the_terms(shipping=0))

    assert quoted.tax == Money(2, "ETB")


def test_goods_and_delivery_that_are_taxed_alike_are_rounded_together() -> None:
    # 15 % of 0.30 and of 0.30 would be 0.045 each, and 0.10 when rounded apart; of both it is 0.09.
    [line] = quote([coffee("0.30")], the_terms(shipping="0.30")).lines

    assert (line.tax, line.shipping_tax) == (Money(9, "ETB"), Money(4, "ETB"))


def test_free_goods_share_delivery_evenly() -> None:
    quoted = quote([coffee(0), coffee(0)], the_terms(shipping=100))

    assert [line.total for line in quoted.lines] == [birr("57.50"), birr("57.50")]


def test_there_is_no_quote_for_nothing() -> None:
    with pytest.raises(ValueError, match="no goods"):
        quote([], the_terms())


def test_a_price_in_another_currency_is_refused() -> None:
    with pytest.raises(ValueError, match="cannot mix"):
        quote([coffee(), Goods(Money(100, "USD"))], the_terms())


def test_goods_of_each_class_are_taxed_by_its_rate() -> None:
    books = coffee(200, sku="BOOK", tax_class="zero")
    flour = coffee(100, sku="TEFF-5KG", tax_class="reduced")

    quoted = quote([coffee(300), books, flour], the_terms(shipping=60, tax_rates=the_rates(("reduced", "5"))))

    assert [line.tax for line in quoted.lines] == [birr("49.50"), birr(0), birr("5.50")]
    told = [(str(each.percent), each.base, each.tax) for each in quoted.taxes]
    assert told == [("15", birr(330), birr("49.50")), ("5", birr(110), birr("5.50")), ("0", birr(220), birr(0))]


def test_delivery_is_taxed_by_its_own_class_where_that_has_a_rate() -> None:
    rates = the_rates((SHIPPING, "10"))

    [line] = quote([coffee(300)], the_terms(shipping=50, tax_rates=rates)).lines

    assert (line.tax, line.shipping_tax) == (birr(50), birr(5))
    assert (line.tax_percent, line.shipping_tax_percent) == (15, 10)


def test_taxes_within_prices_are_told_without_themselves() -> None:
    rates = the_rates((SHIPPING, "0"))

    quoted = quote([coffee(230)], the_terms(shipping=50, tax_rates=rates, prices_include_tax=True))

    assert [(each.base, each.tax) for each in quoted.taxes] == [(birr(200), birr(30)), (birr(50), birr(0))]


def test_nothing_is_told_of_a_rate_that_nothing_is_under() -> None:
    quoted = quote([coffee(300)], the_terms(free_delivery(), tax_rates=the_rates((SHIPPING, "10"))))

    assert [each.percent for each in quoted.taxes] == [15]


@pytest.mark.parametrize(("country", "taxes"), [("KE", ["28.00", "12.00"]), ("ET", ["37.50", "22.50"])])
def test_rates_follow_the_place_where_goods_go(country: str, taxes: list[str]) -> None:
    rates = TaxRates((TaxRule("standard", "16", "KE"), TaxRule(SHIPPING, "8", "KE")), Decimal(15))

    [line] = quote([coffee(100)], the_terms(destination=Destination(country), tax_rates=rates)).lines

    assert [line.tax.as_text(), line.shipping_tax.as_text()] == taxes


def test_an_unknown_class_is_taxed_like_most_goods() -> None:
    assert quote([coffee(100, tax_class="")], the_terms(shipping=0)).tax == birr(15)
