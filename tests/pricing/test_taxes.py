"""What percent of tax are goods and their delivery under?"""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as some

from chalicelib.pricing.rules import (
    SHIPPING,
    TaxClass,
    TaxRates,
    TaxRule,
    percent_for,
    percent_for_shipping,
    repeated_rules,
)
from chalicelib.pricing.rules.taxes import is_taxed_by_region
from chalicelib.shipping.rules import Destination

ADDIS, NAIROBI = Destination("ET", "addis_ababa", "Addis Ababa"), Destination("KE", city="Nairobi")


def rates(*rules: TaxRule) -> TaxRates:
    return TaxRates(rules, standard_percent=Decimal(15))


def test_the_closest_place_says_the_rate_whatever_the_order() -> None:
    rules = [
        TaxRule("standard", "0"),
        TaxRule("standard", "15", "ET"),
        TaxRule("standard", "10", "ET", "afar"),
    ]

    for known in (rates(*rules), rates(*reversed(rules))):
        assert percent_for(known, "standard", Destination("ET", "afar")) == 10
        assert percent_for(known, "standard", ADDIS) == 15
        assert percent_for(known, "standard", NAIROBI) == 0


def test_a_region_is_needed_where_another_rate_could_be_that_of_the_place() -> None:
    regional = TaxRule("reduced", "2", "KE", "Mombasa County")

    assert is_taxed_by_region(rates(TaxRule("standard", "16", "KE"), regional), NAIROBI)
    assert not is_taxed_by_region(rates(TaxRule("standard", "16", "KE"), regional), ADDIS)
    assert not is_taxed_by_region(rates(regional), Destination("KE", "Nairobi County", "Nairobi"))
    assert not is_taxed_by_region(rates(TaxRule("standard", "16", "KE")), NAIROBI)


def test_without_rules_only_zero_rated_goods_are_free_of_tax() -> None:
    percents = {each: percent_for(rates(), each, ADDIS) for each in TaxClass}

    assert percents == {TaxClass.STANDARD: 15, TaxClass.REDUCED: 15, TaxClass.ZERO: 0}


def test_a_reduced_class_without_a_rule_follows_the_standard_one_of_the_place() -> None:
    known = rates(TaxRule("standard", "16", "KE"), TaxRule("reduced", "2.5", "ET"))

    assert percent_for(known, "reduced", ADDIS) == Decimal("2.5")
    assert percent_for(known, "reduced", NAIROBI) == 16


def test_while_nobody_knows_where_goods_go_they_are_taxed_as_at_home() -> None:
    known = rates(TaxRule("standard", "0"), TaxRule("standard", "15", "ET"))

    assert percent_for(known, "standard", None) == 15


def test_delivery_is_taxed_as_the_goods_unless_a_rule_is_about_it() -> None:
    known = rates(TaxRule(SHIPPING, "0", "KE"))

    assert percent_for_shipping(known, ADDIS) is None
    assert percent_for_shipping(known, NAIROBI) == 0


def test_two_rules_of_a_class_about_one_place_are_found() -> None:
    first, second = TaxRule("standard", "15", "KE", "Nairobi"), TaxRule("standard", "16", "KE", " nairobi")

    assert repeated_rules([first, TaxRule("reduced", "5", "KE", "Nairobi"), second]) == [second]


PLACES = [("", ""), ("ET", ""), ("ET", "afar"), ("ET", "oromia"), ("KE", ""), ("KE", "Nairobi")]
some_rules = some.lists(
    some.builds(
        lambda tax_class, place, percent: TaxRule(tax_class, percent, *place),
        some.sampled_from([*TaxClass, SHIPPING]),
        some.sampled_from(PLACES),
        some.sampled_from(["0", "2", "5", "7.5", "15", "16", "100"]),
    ),
    unique_by=lambda rule: (rule.tax_class, rule.area),
)
some_places = some.builds(
    Destination, some.sampled_from(["ET", "KE", "US"]), some.sampled_from(["", "afar", "nairobi "])
)


@given(some_rules.flatmap(lambda told: some.tuples(some.just(told), some.permutations(told))), some_places)
def test_every_class_has_one_rate_in_every_place_whatever_the_order_of_rules(
    orders: tuple[list[TaxRule], list[TaxRule]], destination: Destination
) -> None:
    told, shuffled = (rates(*order) for order in orders)

    for tax_class in TaxClass:
        percent = percent_for(told, tax_class, destination)
        assert 0 <= percent <= 100
        assert percent == percent_for(shuffled, tax_class, destination)
    assert percent_for_shipping(told, destination) == percent_for_shipping(shuffled, destination)


@given(some_rules, some_places)
def test_a_rule_about_the_very_place_always_counts(told: list[TaxRule], destination: Destination) -> None:
    here = [rule for rule in told if rule.area == destination.folded and rule.tax_class != SHIPPING]

    for rule in here:
        assert percent_for(rates(*told), rule.tax_class, destination) == Decimal(rule.percent)
