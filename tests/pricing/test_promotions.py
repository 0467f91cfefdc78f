"""What does each kind of promotion take off, off which goods, and when?"""

from decimal import Decimal

import pytest

from chalicelib.core.money import Money
from chalicelib.pricing.rules import Promotion, PromotionKind, Quote, Scope, quote
from tests.pricing.builders import (
    Goods,
    birr,
    birr_off,
    buy_get,
    coffee,
    free_delivery,
    gabi,
    only,
    percent_off,
    the_terms,
)


def discounts(quoted: Quote) -> list[str]:
    """What is taken off each line, in birr."""
    return [line.discount.as_text() for line in quoted.lines]


def test_a_percentage_is_taken_off_every_line_and_rounded_there() -> None:
    quoted = quote([coffee("333.33"), gabi("1800.05")], the_terms(percent_off(10)))

    assert discounts(quoted) == ["33.33", "180.01"]
    assert quoted.discount == birr("213.34")


def test_tax_and_delivery_are_on_what_is_left() -> None:
    quoted = quote([coffee(400)], the_terms(percent_off(25), shipping=100))

    assert (quoted.tax, quoted.total) == (birr(60), birr(460))


def test_an_amount_is_shared_by_largest_remainder() -> None:
    quoted = quote([coffee(100), coffee(100), coffee(100)], the_terms(birr_off(100)))

    assert discounts(quoted) == ["33.34", "33.33", "33.33"]


def test_an_amount_takes_no_more_than_the_goods_cost() -> None:
    quoted = quote([coffee(350), gabi(100)], the_terms(birr_off(1_000), shipping=0))

    assert discounts(quoted) == ["350.00", "100.00"]
    assert (quoted.total, quoted.applied[0].amount) == (birr(0), birr(450))


@pytest.mark.parametrize(
    "scope",
    [
        only(product_id="prd_gabi"),
        only(brand_id="brd_sabahar"),
        only(vendor_id="ven_shiromeda"),
        only(category_id="cat_textiles"),
        Scope(frozenset({"prd_gabi"}), frozenset({"cat_honey"}), frozenset({"brd_none"}), frozenset({"ven_none"})),
    ],
    ids=["product", "brand", "vendor", "category", "any list"],
)
@pytest.mark.parametrize("promotion", [percent_off(50), birr_off(900), buy_get(1, 1, 100)], ids=lambda each: each.kind)
def test_only_goods_in_scope_cost_less(promotion: Promotion, scope: Scope) -> None:
    given = {**vars(promotion), "scope": scope}
    scarves = gabi(1_800 // 2, quantity=2, brand_id="brd_sabahar", category_ids=["cat_gabi", "cat_textiles"])

    beans = coffee(350, quantity=2, brand_id="brd_tomoca", category_ids=["cat_coffee", "cat_drinks"])
    quoted = quote([beans, scarves], the_terms(Promotion(**given)))

    assert discounts(quoted) == ["0.00", "900.00"]
    assert [len(line.discounts) for line in quoted.lines] == [0, 1]


def test_goods_without_a_brand_are_not_in_the_scope_of_one() -> None:
    quoted = quote([coffee()], the_terms(percent_off(50, scope=only(brand_id="brd_tomoca"))))

    assert (discounts(quoted), quoted.applied) == (["0.00"], ())


@pytest.mark.parametrize(("minimum", "taken"), [("700.00", "70.00"), ("700.01", "0.00")])
def test_a_minimum_is_reached_by_the_goods_in_scope_before_discounts(minimum: str, taken: str) -> None:
    first = birr_off(100, id="prm_first", priority=1, is_stackable=True, scope=only(product_id="prd_gabi"))
    second = percent_off(
        10, minimum_spend=birr(minimum), scope=only(product_id="prd_coffee"), is_stackable=True, id="prm_second"
    )

    quoted = quote([coffee(350, quantity=2), gabi(900)], the_terms(first, second))

    assert discounts(quoted) == [taken, "100.00"]


def test_discounts_do_not_lower_what_counts_for_a_minimum() -> None:
    half = percent_off(50, id="prm_half", priority=1, is_stackable=True)
    more = birr_off(10, id="prm_more", is_stackable=True, minimum_spend=birr(350))

    assert discounts(quote([coffee(350)], the_terms(half, more))) == ["185.00"]


@pytest.mark.parametrize(
    ("starts_at", "ends_at", "holds"),
    [
        ("2026-09-11T12:00:00.000000Z", None, True),
        ("2026-09-11T12:00:00.000001Z", None, False),
        (None, "2026-09-11T12:00:00.000001Z", True),
        (None, "2026-09-11T12:00:00.000000Z", False),
    ],
)
def test_a_promotion_holds_from_its_beginning_until_just_before_its_end(
    starts_at: str | None, ends_at: str | None, holds: bool
) -> None:
    quoted = quote([coffee(100)], the_terms(percent_off(10, starts_at=starts_at, ends_at=ends_at)))

    assert bool(quoted.applied) is holds


@pytest.mark.parametrize(
    ("units", "taken"), [(1, "0.00"), (2, "0.00"), (3, "100.00"), (5, "100.00"), (6, "200.00"), (7, "200.00")]
)
def test_each_third_unit_is_free(units: int, taken: str) -> None:
    assert discounts(quote([coffee(100, units)], the_terms(buy_get(2, 1)))) == [taken]


@pytest.mark.parametrize(("units", "taken"), [(2, "0.00"), (3, "200.00"), (5, "200.00"), (6, "400.00")])
def test_units_beyond_whole_groups_are_paid(units: int, taken: str) -> None:
    assert discounts(quote([coffee(100, units)], the_terms(buy_get(1, 2)))) == [taken]


def test_the_cheapest_units_are_the_free_ones() -> None:
    goods = [gabi(1_800, 2), coffee(350), coffee(300, 3, sku="SIDAMO-250G")]

    quoted = quote(goods, the_terms(buy_get(1, 2)))

    # Six units make two groups, of which two units each are free.
    assert discounts(quoted) == ["0.00", "350.00", "900.00"]


def test_of_units_that_cost_the_same_the_earlier_lines_are_reduced() -> None:
    quoted = quote([coffee(100), coffee(100, sku="SIDAMO-250G")], the_terms(buy_get(1, 1, 50)))

    assert discounts(quoted) == ["50.00", "0.00"]


def test_some_units_of_a_line_are_reduced_by_their_part_of_what_is_left() -> None:
    before = birr_off("0.02", id="prm_before", priority=1, is_stackable=True)

    quoted = quote([coffee("0.05", 3)], the_terms(before, buy_get(2, 1, is_stackable=True)))

    # 13 santim are left, of which one of three units is 4.33.
    assert [each.amount.minor for each in quoted.lines[0].discounts] == [2, 4]


def test_free_delivery_costs_nothing_and_tells_what_it_would_have_cost() -> None:
    quoted = quote([coffee(200)], the_terms(free_delivery(code="ADDIS"), shipping=150))

    assert (quoted.shipping, quoted.total) == (birr(0), birr(230))
    assert quoted.delivery is not None
    assert quoted.delivery.charge == birr(150)
    assert [(each.code, each.amount) for each in quoted.applied] == [("ADDIS", birr(150))]


def test_a_promotion_is_told_with_its_coupon_its_name_and_what_it_gave_in_all() -> None:
    quoted = quote([coffee(200), gabi(300)], the_terms(percent_off(10, id="prm_1", code="MESKEL")))

    [applied] = quoted.applied
    assert (applied.promotion_id, applied.code, applied.amount) == ("prm_1", "MESKEL", birr(50))
    assert applied.name == {"en": "Enkutatash"}
    assert [(each.promotion_id, each.amount) for line in quoted.lines for each in line.discounts] == [
        ("prm_1", birr(20)),
        ("prm_1", birr(30)),
    ]


def test_a_percentage_too_small_for_a_santim_does_not_apply() -> None:
    quoted = quote([Goods(Money(1, "ETB"))], the_terms(percent_off(1), shipping=0))

    assert (quoted.applied, quoted.lines[0].discounts) == ((), ())


@pytest.mark.parametrize(
    ("kind", "told"),
    [
        (PromotionKind.PERCENTAGE, {}),
        (PromotionKind.PERCENTAGE, {"percent": Decimal(0)}),
        (PromotionKind.PERCENTAGE, {"percent": Decimal("100.01")}),
        (PromotionKind.FIXED, {}),
        (PromotionKind.FIXED, {"amount": birr(0)}),
        (PromotionKind.BUY_X_GET_Y, {"percent": Decimal(50), "buy_quantity": 1}),
        (PromotionKind.BUY_X_GET_Y, {"percent": Decimal(50), "get_quantity": 1}),
        (PromotionKind.BUY_X_GET_Y, {"percent": Decimal(50), "buy_quantity": 1, "get_quantity": -1}),
        (PromotionKind.BUY_X_GET_Y, {"buy_quantity": 1, "get_quantity": 1}),
    ],
)
def test_there_is_no_promotion_that_says_nothing_sensible(kind: PromotionKind, told: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="prm_1"):
        Promotion(**{"id": "prm_1", "name": {}, "kind": kind, **told})
