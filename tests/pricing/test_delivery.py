"""Which way do goods go, what does that cost, and in which currency?"""

from decimal import Decimal

import pytest

from chalicelib.core.money import Money
from chalicelib.pricing.rules import Conversion, Terms, delivery_options, quote
from chalicelib.shipping.rules import Area, Band, Destination, Method, MethodKind, Plan, Zone
from tests.pricing.builders import Goods, birr, birr_off, coffee, free_delivery, gabi, percent_off, the_terms

COURIER = Method("courier", MethodKind.FLAT, {"en": "Courier"}, charge=birr(150), free_over=birr(2_000))
BUS = Method(
    "bus", MethodKind.BY_WEIGHT, {"en": "Bus"}, bands=(Band(birr(80), up_to_grams=1_000), Band(birr(200), 3_000))
)
SHOP = Method("shop", MethodKind.PICKUP, {"en": "Our shop"}, charge=birr(0))
TO_DOLLARS = Conversion("ETB", "USD", Decimal("0.0069"), "2026-09-10T06:00:00.000000Z")


def the_plan(*methods: Method) -> Plan:
    return Plan((Zone("ethiopia", {"en": "Ethiopia"}, (Area("ET"),), methods or (COURIER, BUS)),))


def in_dollars(**changed: object) -> Terms:
    given = {"plan": the_plan(COURIER), "currency": "USD", "conversion": TO_DOLLARS}
    return the_terms(**{**given, **changed})


def gabi_abroad(dollars: int = 15) -> Goods:
    return Goods(Money(dollars * 100, "USD"))


def test_the_cheapest_way_is_taken_unless_another_one_was_chosen() -> None:
    cheapest = quote([coffee()], the_terms(plan=the_plan()))
    chosen = quote([coffee()], the_terms(plan=the_plan(), method_id="courier"))

    assert [each.delivery and each.delivery.method_id for each in (cheapest, chosen)] == ["bus", "courier"]
    assert (cheapest.shipping, chosen.shipping) == (birr(80), birr(150))


def test_nobody_is_sent_to_fetch_goods_that_can_be_brought_unless_they_say_so() -> None:
    plan = the_plan(SHOP, COURIER)
    taken = [
        quote([coffee()], the_terms(plan=offered, method_id=chosen)).delivery
        for offered, chosen in ((plan, None), (plan, "shop"), (the_plan(SHOP), None))
    ]

    assert [option and option.method_id for option in taken] == ["courier", "shop", "shop"]


def test_every_unit_weighs() -> None:
    assert quote([coffee(quantity=4)], the_terms(plan=the_plan(BUS))).shipping == birr(80)
    assert quote([coffee(quantity=5)], the_terms(plan=the_plan(BUS))).shipping == birr(200)


def test_delivery_is_free_by_what_goods_cost_after_discounts() -> None:
    plan = the_plan(COURIER)

    assert quote([gabi(2_000)], the_terms(plan=plan)).shipping == birr(0)
    assert quote([gabi(2_000)], the_terms(birr_off(1), plan=plan)).shipping == birr(150)


@pytest.mark.parametrize("changed", [{"method_id": "camel"}, {"destination": Destination("KE")}, {"destination": None}])
def test_there_is_no_delivery_where_nobody_goes_or_by_a_way_that_is_none(changed: dict[str, object]) -> None:
    quoted = quote([coffee()], the_terms(**{"plan": the_plan(), **changed}))

    assert (quoted.delivery, quoted.shipping) == (None, birr(0))


def test_the_ways_are_told_with_what_they_cost_before_delivery_is_free() -> None:
    offered = delivery_options([coffee()], the_terms(free_delivery(), plan=the_plan(COURIER, BUS, SHOP)))

    assert [(each.method_id, each.charge) for each in offered] == [
        ("shop", birr(0)),
        ("bus", birr(80)),
        ("courier", birr(150)),
    ]


def test_free_delivery_gives_nothing_to_those_who_fetch_their_goods() -> None:
    quoted = quote([coffee()], the_terms(free_delivery(), plan=the_plan(SHOP)))

    assert (quoted.applied, quoted.shipping) == ((), birr(0))


def test_what_delivery_costs_is_converted_into_the_currency_that_is_paid() -> None:
    quoted = quote([gabi_abroad(10)], in_dollars())

    # 150 birr at 0.0069 are 1.035 dollars.
    assert quoted.shipping == Money(104, "USD")
    assert quoted.delivery is not None
    assert quoted.delivery.charge == Money(104, "USD")
    assert (quoted.rate, quoted.rate_as_of) == ("0.0069", "2026-09-10T06:00:00.000000Z")


def test_nothing_is_said_of_a_rate_where_nothing_is_converted() -> None:
    quoted = quote([coffee()], the_terms())

    assert (quoted.rate, quoted.rate_as_of) == (None, None)


@pytest.mark.parametrize(("dollars", "charged"), [(13, 104), (14, 0)])
def test_what_makes_delivery_free_is_converted_too(dollars: int, charged: int) -> None:
    # 2,000 birr are 13.80 dollars.
    assert quote([gabi_abroad(dollars)], in_dollars()).shipping == Money(charged, "USD")


def test_amounts_of_promotions_are_converted() -> None:
    off, enough = birr_off(100), percent_off(10, minimum_spend=birr(2_000))

    assert quote([gabi_abroad()], in_dollars(promotions=(off,))).discount == Money(69, "USD")
    assert quote([gabi_abroad(14)], in_dollars(promotions=(enough,))).discount == Money(140, "USD")
    assert quote([gabi_abroad(13)], in_dollars(promotions=(enough,))).discount == Money(0, "USD")


def test_an_amount_that_nobody_can_convert_is_no_amount_of_another_currency() -> None:
    with pytest.raises(ValueError, match="no rate for ETB in USD"):
        quote([gabi_abroad()], in_dollars(conversion=None))


def test_a_currency_without_minor_digits_has_none_in_any_part() -> None:
    francs = Conversion("ETB", "DJF", Decimal("1.245"), "2026-09-10T06:00:00.000000Z")
    terms = the_terms(percent_off(10), plan=the_plan(COURIER), currency="DJF", conversion=francs)

    [line] = quote([Goods(Money(437, "DJF"), quantity=3)], terms).lines

    # 1311 less 131.1; 150 birr are 186.75 francs; 15 % of 1180 + 187 are 205.05.
    amounts = (line.subtotal, line.discount, line.shipping, line.tax, line.total)
    assert [each.minor for each in amounts] == [1_311, 131, 187, 205, 1_572]
