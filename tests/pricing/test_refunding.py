"""Does what goes back for some units add up to what was paid, in whatever steps?"""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as some

from chalicelib.core.money import Money, total_of
from chalicelib.pricing.rules import SHIPPING, QuoteLine, Refundable, quote, refundable, refundable_delivery
from tests.pricing.builders import birr, birr_off, coffee, gabi, the_rates, the_terms
from tests.pricing.strategies import purchases
from tests.pricing.test_properties import Purchase

PARTS = ("goods", "shipping", "tax", "shipping_tax", "total")


def steps_of(data: some.DataObject, quantity: int) -> list[int]:
    """Cut a quantity into steps, of which some may return nothing."""
    cuts = sorted(data.draw(some.lists(some.integers(0, quantity), max_size=4)))
    return [until - since for since, until in zip([0, *cuts], [*cuts, quantity], strict=True)]


def summed(parts: list[Refundable], name: str, currency: str) -> Money:
    return total_of([getattr(part, name) for part in parts], currency)


def returned(line: QuoteLine, steps: list[int], with_shipping: list[bool]) -> list[Refundable]:
    """Return the parts that go back step by step."""
    return [
        refundable(line, units, sum(steps[:number]), with_shipping=with_shipping[number])
        for number, units in enumerate(steps)
    ]


@given(purchases(), some.data())
def test_partial_refunds_of_all_lines_add_up_to_what_was_paid(purchase: Purchase, data: some.DataObject) -> None:
    quoted = quote(*purchase)

    back: list[Refundable] = []
    for line in quoted.lines:
        steps = steps_of(data, line.quantity)
        back += returned(line, steps, [True] * len(steps))

    assert summed(back, "total", quoted.currency) == quoted.total
    assert summed(back, "tax", quoted.currency) == quoted.tax
    assert summed(back, "shipping", quoted.currency) == quoted.shipping
    assert summed(back, "goods", quoted.currency) == quoted.subtotal - quoted.discount


@given(purchases(), some.data())
def test_delivery_that_is_given_back_later_makes_up_the_whole(purchase: Purchase, data: some.DataObject) -> None:
    quoted = quote(*purchase)
    line = data.draw(some.sampled_from(quoted.lines))
    steps = steps_of(data, line.quantity)
    with_shipping = [data.draw(some.booleans()) for _ in steps]

    back = returned(line, steps, with_shipping)
    back += [
        refundable_delivery(line, units, sum(steps[:number]))
        for number, units in enumerate(steps)
        if not with_shipping[number]
    ]

    assert summed(back, "total", quoted.currency) == line.total
    assert (summed(back, "tax", quoted.currency), summed(back, "shipping", quoted.currency)) == (
        line.tax,
        line.shipping,
    )
    assert summed(back, "shipping_tax", quoted.currency) == line.shipping_tax


@given(purchases(), some.data())
def test_nothing_that_goes_back_is_negative_and_its_parts_make_it_up(purchase: Purchase, data: some.DataObject) -> None:
    quoted = quote(*purchase)
    line = data.draw(some.sampled_from(quoted.lines))
    steps = steps_of(data, line.quantity)

    for each in returned(line, steps, [data.draw(some.booleans()) for _ in steps]):
        assert min(getattr(each, part).minor for part in PARTS) >= 0
        assert each.shipping_tax.minor <= each.tax.minor
        listed = each.goods + each.shipping
        assert each.total == (listed if quoted.prices_include_tax else listed + each.tax)


@given(purchases(), some.data())
def test_a_unit_gives_back_its_part_within_a_santim(purchase: Purchase, data: some.DataObject) -> None:
    line = data.draw(some.sampled_from(quote(*purchase).lines))
    assume(line.quantity > 1)
    before = data.draw(some.integers(0, line.quantity - 1))

    one = refundable(line, 1, before, with_shipping=True)

    net = line.subtotal.minor - line.discount.minor
    assert abs(one.goods.minor - net / line.quantity) <= 1
    assert abs(one.shipping.minor - line.shipping.minor / line.quantity) <= 1


def test_one_of_three_bags_goes_back_with_and_without_its_delivery() -> None:
    terms = the_terms(birr_off(100), shipping=100, tax_rates=the_rates((SHIPPING, "10")))

    [line] = quote([coffee(300, 3)], terms).lines

    # 800 birr for three bags and 15 % on it, 100 for delivery and 10 % on it.
    with_it = refundable(line, 1, 0, with_shipping=True)
    assert (with_it.goods, with_it.shipping) == (birr("266.67"), birr("33.33"))
    assert (with_it.tax, with_it.shipping_tax) == (birr("43.33"), birr("3.33"))
    assert with_it.total == birr("343.33")
    without = refundable(line, 1, 1, with_shipping=False)
    assert (without.goods, without.shipping, without.tax) == (birr("266.66"), birr(0), birr(40))
    assert without.total == birr("306.66")


def test_with_prices_that_include_tax_no_tax_is_added_to_what_goes_back() -> None:
    [line] = quote([gabi(1_150, 2)], the_terms(shipping=0, prices_include_tax=True)).lines

    one = refundable(line, 1, 0, with_shipping=True)

    assert (one.goods, one.tax, one.total) == (birr(1_150), birr(150), birr(1_150))


@pytest.mark.parametrize(("units", "already"), [(3, 0), (1, 2), (-1, 2), (1, -1)])
def test_nothing_goes_back_for_units_that_were_not_bought(units: int, already: int) -> None:
    [line] = quote([coffee(350, 2)], the_terms()).lines

    with pytest.raises(ValueError, match="COFFEE-250G has 2 units"):
        refundable(line, units, already, with_shipping=False)
    with pytest.raises(ValueError, match="COFFEE-250G has 2 units"):
        refundable_delivery(line, units, already)
