"""What holds of every quote, whatever is bought, wherever it goes, and whatever is promised?"""

from collections import Counter
from copy import deepcopy
from dataclasses import replace
from fractions import Fraction
from random import Random

from hypothesis import given
from hypothesis import strategies as some
from pydantic import TypeAdapter

from chalicelib.core import clock
from chalicelib.core.money import Money
from chalicelib.orders.rules import shares
from chalicelib.pricing.rules import (
    APPLIED_LIMIT,
    Priceable,
    Promotion,
    PromotionKind,
    Quote,
    Terms,
    delivery_options,
    is_enough,
    is_for,
    percent_for,
    percent_for_shipping,
    quote,
)
from infra.books.invariants.quotes import mistakes
from tests.pricing.builders import Goods
from tests.pricing.strategies import promotions, purchases, with_promotions

Purchase = tuple[list[Goods], Terms]
SHAPE = TypeAdapter(Quote)
PARTS = ("subtotal", "discount", "shipping", "tax", "total")


def applied_to(quoted: Quote, terms: Terms) -> list[Promotion]:
    by_id = {promotion.id: promotion for promotion in terms.promotions}
    return [by_id[each.promotion_id] for each in quoted.applied]


def within(promotion: Promotion, goods: list[Goods]) -> list[Priceable]:
    return [line for line in goods if is_for(promotion, line)]


@given(purchases())
def test_everything_adds_up_and_nothing_is_negative(purchase: Purchase) -> None:
    assert list(mistakes(quote(*purchase))) == []


@given(purchases())
def test_every_line_is_there_once_at_its_price(purchase: Purchase) -> None:
    goods, terms = purchase
    quoted = quote(goods, terms)

    assert [(line.sku, line.quantity, line.unit_price) for line in quoted.lines] == [
        (line.sku, line.quantity, line.unit_price) for line in goods
    ]
    assert quoted.subtotal.minor == sum(line.unit_price.minor * line.quantity for line in goods)
    assert {getattr(quoted, part).currency for part in PARTS} == {terms.currency}


@given(purchases())
def test_the_total_is_goods_delivery_and_the_tax_that_prices_lack(purchase: Purchase) -> None:
    goods, terms = purchase
    quoted = quote(goods, terms)

    listed = quoted.subtotal.minor - quoted.discount.minor + quoted.shipping.minor
    assert quoted.total.minor == listed + (0 if terms.prices_include_tax else quoted.tax.minor)


@given(purchases(), some.integers())
def test_the_order_in_which_promotions_are_given_makes_no_difference(purchase: Purchase, seed: int) -> None:
    goods, terms = purchase
    shuffled = with_promotions(terms, lambda given: Random(seed).sample(given, len(given)))

    assert quote(goods, shuffled) == quote(goods, terms)


@given(purchases())
def test_the_same_goods_under_the_same_terms_cost_the_same_and_neither_is_changed(purchase: Purchase) -> None:
    before = deepcopy(purchase)

    assert quote(*purchase) == quote(*before)
    assert purchase == before


@given(purchases())
def test_the_parts_of_vendors_are_the_whole(purchase: Purchase) -> None:
    quoted = quote(*purchase)

    split = shares(quoted)
    for part in PARTS:
        assert sum(getattr(share, part).minor for share in split) == getattr(quoted, part).minor
    assert Counter(line.sku for share in split for line in share.lines) == Counter(line.sku for line in quoted.lines)


@given(purchases())
def test_a_quote_can_be_kept_and_read_again(purchase: Purchase) -> None:
    quoted = quote(*purchase)

    assert SHAPE.validate_json(SHAPE.dump_json(quoted)) == quoted


@given(purchases())
def test_what_applies_may_apply(purchase: Purchase) -> None:
    goods, terms = purchase
    applied = applied_to(quote(goods, terms), terms)

    assert len(applied) <= APPLIED_LIMIT
    assert applied == sorted(applied, key=lambda promotion: promotion.rank)
    assert all(promotion.holds_at(clock.as_text(terms.at)) for promotion in applied)
    assert all(is_enough(promotion, within(promotion, goods), terms) for promotion in applied)
    assert len(applied) < 2 or all(promotion.is_stackable for promotion in applied)


@given(purchases())
def test_only_goods_in_scope_cost_less(purchase: Purchase) -> None:
    goods, terms = purchase
    by_id = {promotion.id: promotion for promotion in terms.promotions}

    for line, quoted in zip(goods, quote(goods, terms).lines, strict=True):
        assert all(is_for(by_id[each.promotion_id], line) for each in quoted.discounts)


@given(purchases())
def test_no_promotion_gives_more_than_it_says(purchase: Purchase) -> None:
    goods, terms = purchase
    quoted = quote(goods, terms)

    for each, promotion in zip(quoted.applied, applied_to(quoted, terms), strict=True):
        lines = within(promotion, goods)
        spent = sum(line.unit_price.minor * line.quantity for line in lines)
        if promotion.kind is PromotionKind.FIXED:
            assert promotion.amount is not None
            assert each.amount.minor <= min(terms.in_currency(promotion.amount).minor, spent)
        elif promotion.percent is not None:
            assert each.amount.minor <= spent * Fraction(promotion.percent) / 100 + Fraction(len(lines), 2)
        elif quoted.delivery is not None:
            assert each.amount == quoted.delivery.charge


@given(purchases())
def test_the_first_stackable_promotions_work_on_what_is_left(purchase: Purchase) -> None:
    goods, terms = purchase
    quoted = quote(goods, terms)

    for line in quoted.lines:
        left = line.subtotal.minor
        for each in line.discounts:
            assert 0 < each.amount.minor <= left
            left -= each.amount.minor


@given(purchases(), promotions())
def test_a_promotion_that_is_over_changes_nothing(purchase: Purchase, promotion: Promotion) -> None:
    goods, terms = purchase
    over = replace(promotion, id="prm_over", priority=9, ends_at="2026-01-01T00:00:00.000000Z")

    assert quote(goods, with_promotions(terms, lambda given: [*given, over])) == quote(goods, terms)


@given(purchases())
def test_delivery_is_the_cheapest_or_the_one_that_was_chosen(purchase: Purchase) -> None:
    goods, terms = purchase
    quoted, offered = quote(goods, terms), delivery_options(goods, terms)

    if terms.destination is None:
        assert offered == []
    fitting = [option for option in offered if terms.method_id in (None, option.method_id)]
    assert quoted.delivery == (fitting[0] if fitting else None)
    frees = any(promotion.kind is PromotionKind.FREE_SHIPPING for promotion in applied_to(quoted, terms))
    free = quoted.delivery is None or frees
    assert quoted.shipping == (Money(0, terms.currency) if free else quoted.delivery.charge)


@given(purchases())
def test_a_share_of_delivery_is_never_a_santim_off(purchase: Purchase) -> None:
    quoted = quote(*purchase)

    weights = [line.subtotal.minor - line.discount.minor for line in quoted.lines]
    weights = weights if sum(weights) else [1] * len(weights)
    for line, weight in zip(quoted.lines, weights, strict=True):
        assert abs(line.shipping.minor - Fraction(quoted.shipping.minor * weight, sum(weights))) < 1


@given(purchases())
def test_tax_is_never_more_than_half_a_santim_off(purchase: Purchase) -> None:
    goods, terms = purchase

    for line, given_line in zip(quote(goods, terms).lines, goods, strict=True):
        on_goods = percent_for(terms.tax_rates, given_line.tax_class, terms.destination)
        own = percent_for_shipping(terms.tax_rates, terms.destination)
        on_shipping = on_goods if own is None else own
        assert (line.tax_percent, line.shipping_tax_percent) == (on_goods, on_shipping)
        net = line.subtotal.minor - line.discount.minor
        goods_tax = line.tax.minor - line.shipping_tax.minor
        assert abs(goods_tax - _exact(net, on_goods, terms)) <= Fraction(1, 2)
        whole = _exact(net, on_goods, terms) + _exact(line.shipping.minor, on_shipping, terms)
        assert abs(line.tax.minor - whole) <= (Fraction(1, 2) if on_goods == on_shipping else 1)


def _exact(amount: int, percent: object, terms: Terms) -> Fraction:
    rate = Fraction(str(percent)) / 100
    return amount * rate / (1 + rate) if terms.prices_include_tax else amount * rate
