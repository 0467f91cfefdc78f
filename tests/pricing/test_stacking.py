"""Which promotions apply together, and in which order?"""

from itertools import permutations

from chalicelib.pricing.rules import APPLIED_LIMIT, Promotion, Quote, quote
from chalicelib.shipping.rules import Area, Method, MethodKind, Plan, Zone
from tests.pricing.builders import birr, birr_off, coffee, free_delivery, gabi, only, percent_off, the_terms


def applied(quoted: Quote) -> list[str]:
    return [each.promotion_id for each in quoted.applied]


def test_the_first_promotion_that_is_not_stackable_applies_alone() -> None:
    alone = percent_off(10, id="prm_alone", priority=5)
    other = birr_off(300, id="prm_other", is_stackable=True)

    quoted = quote([coffee(350)], the_terms(other, alone))

    assert (applied(quoted), quoted.discount) == (["prm_alone"], birr(35))


def test_after_a_stackable_one_those_that_are_not_are_passed_over() -> None:
    first = percent_off(10, id="prm_a", priority=3, is_stackable=True)
    passed_over = percent_off(50, id="prm_b", priority=2)
    last = birr_off(15, id="prm_c", priority=1, is_stackable=True)

    quoted = quote([coffee(350)], the_terms(passed_over, last, first))

    assert (applied(quoted), quoted.discount) == (["prm_a", "prm_c"], birr(50))


def test_each_works_on_what_those_before_it_left() -> None:
    half = percent_off(50, id="prm_a", priority=1, is_stackable=True)
    tenth = percent_off(10, id="prm_b", is_stackable=True)

    quoted = quote([coffee(100)], the_terms(half, tenth))

    assert [each.amount for each in quoted.lines[0].discounts] == [birr(50), birr(5)]


def test_of_equal_priority_the_older_one_has_its_turn_first() -> None:
    older, younger = percent_off(10, id="prm_01"), percent_off(20, id="prm_02")

    for given in permutations((older, younger)):
        assert applied(quote([coffee(100)], the_terms(*given))) == ["prm_01"]


def test_a_promotion_that_does_not_apply_stands_in_nobodys_way() -> None:
    not_for_coffee = percent_off(50, id="prm_a", priority=9, scope=only(product_id="prd_gabi"))
    not_enough = percent_off(50, id="prm_b", priority=8, minimum_spend=birr(1_000))
    over = percent_off(50, id="prm_c", priority=7, ends_at="2026-09-11T00:00:00.000000Z")
    holds = percent_off(10, id="prm_d")

    assert applied(quote([coffee(100)], the_terms(not_for_coffee, not_enough, over, holds))) == ["prm_d"]


def test_what_takes_nothing_off_does_not_apply() -> None:
    everything = percent_off(100, id="prm_a", priority=2, is_stackable=True)
    too_late = birr_off(10, id="prm_b", priority=1, is_stackable=True)

    quoted = quote([coffee(100)], the_terms(everything, too_late))

    assert applied(quoted) == ["prm_a"]


def test_two_coupons_of_one_promotion_give_it_once() -> None:
    codes = [percent_off(10, id="prm_a", code=code, is_stackable=True) for code in ("MESKEL-2", "MESKEL-1")]

    quoted = quote([coffee(100)], the_terms(*codes))

    assert [(each.code, each.amount) for each in quoted.applied] == [("MESKEL-1", birr(10))]


def test_so_many_promotions_apply_and_no_more() -> None:
    many = [birr_off(1, id=f"prm_{number:02}", is_stackable=True) for number in range(APPLIED_LIMIT + 1)]

    quoted = quote([coffee(100)], the_terms(*many))

    assert applied(quoted) == [f"prm_{number:02}" for number in range(APPLIED_LIMIT)]


def test_free_delivery_of_some_goods_frees_the_whole_parcel() -> None:
    of_gabi = free_delivery(scope=only(product_id="prd_gabi"))

    assert quote([coffee(), gabi()], the_terms(of_gabi)).shipping == birr(0)
    assert quote([coffee()], the_terms(of_gabi)).shipping == birr(150)


def test_a_second_promotion_of_free_delivery_gives_nothing() -> None:
    twice = [free_delivery(id=f"prm_{name}", is_stackable=True) for name in "ab"]

    quoted = quote([coffee()], the_terms(*twice))

    assert [(each.promotion_id, each.amount) for each in quoted.applied] == [("prm_a", birr(150))]


def test_free_delivery_is_worth_nothing_where_delivery_is_free_and_keeps_no_other_from_applying() -> None:
    freed = free_delivery(id="prm_a", priority=5)
    tenth = percent_off(10, id="prm_b")

    quoted = quote([coffee(100)], the_terms(freed, tenth, shipping=0))

    assert applied(quoted) == ["prm_b"]


def test_free_delivery_is_not_traded_for_a_discount_that_makes_delivery_cost() -> None:
    tenth = percent_off(10, id="prm_b")

    quoted = quote([coffee(1_000)], the_terms(_free_shipping_alone(), tenth, plan=_free_over_a_thousand()))

    assert (applied(quoted), quoted.total) == ([], birr(1_150))


def test_free_delivery_counts_where_the_discounts_before_it_made_delivery_cost() -> None:
    tenth = percent_off(10, id="prm_a", priority=9, is_stackable=True)
    freed = free_delivery(id="prm_b", is_stackable=True)

    quoted = quote([coffee(1_000)], the_terms(tenth, freed, plan=_free_over_a_thousand()))

    assert [(each.promotion_id, each.amount) for each in quoted.applied] == [("prm_a", birr(100)), ("prm_b", birr(150))]


def test_free_delivery_is_promised_before_anybody_knows_what_it_costs() -> None:
    quoted = quote([coffee()], the_terms(free_delivery(id="prm_a"), destination=None))

    assert (applied(quoted), quoted.applied[0].amount, quoted.delivery) == (["prm_a"], birr(0), None)


def _free_shipping_alone() -> Promotion:
    return free_delivery(id="prm_a", priority=5)


def _free_over_a_thousand() -> Plan:
    method = Method("standard", MethodKind.FLAT, {"en": "Standard"}, charge=birr(150), free_over=birr(1_000))
    return Plan((Zone("everywhere", {"en": "Everywhere"}, (Area(),), (method,)),))
