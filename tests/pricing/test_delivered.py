"""Does a quote charge for delivery as the plan says: for all units, after discounts, taxed where the goods go?"""

from decimal import Decimal
from typing import Any

from chalicelib.core.money import Money
from chalicelib.pricing.rules import Conversion, Quote, TaxRates, TaxRule, quote
from chalicelib.shipping.rules import Area, Destination, NoDeliveryReason, Parcel, why_none
from tests.pricing.builders import Goods, birr, birr_off, coffee, gabi, percent_off, the_terms
from tests.shipping.builders import a_plan, a_zone, bus, courier

ADDIS, BAHIR_DAR = Destination("ET", "addis_ababa"), Destination("ET", "amhara", "Bahir Dar")
NAIROBI, LONDON = Destination("KE", city="Nairobi"), Destination("GB", city="London")
PLAN = a_plan(
    a_zone("addis", Area("ET", "addis_ababa"), methods=(courier(150, free_over=birr(3_000)),)),
    a_zone("ethiopia", Area("ET"), methods=(bus((1_000, 180), (5_000, 320)),)),
    a_zone("kenya", Area("KE"), methods=(bus((5_000, 7_800)),)),
)


def quoted(*goods: Goods, to: Destination, promotions: Any = (), **changed: Any) -> Quote:
    return quote(goods, the_terms(*promotions, plan=PLAN, destination=to, **changed))


def test_every_unit_weighs() -> None:
    # Four bags of 250 g fill the first band, the fifth begins the second one.
    assert quoted(coffee(350, 4), to=BAHIR_DAR).shipping == birr(180)
    assert quoted(coffee(350, 5), to=BAHIR_DAR).shipping == birr(320)
    assert quoted(coffee(350, 1), gabi(1_800, 1), to=BAHIR_DAR).shipping == birr(320)


def test_what_is_free_over_an_amount_is_so_after_discounts() -> None:
    assert quoted(coffee(3_000), to=ADDIS).shipping == birr(0)
    assert quoted(coffee(3_000), to=ADDIS, promotions=[birr_off(1)]).shipping == birr(150)
    assert quoted(coffee(3_400), to=ADDIS, promotions=[percent_off(10)]).shipping == birr(0)


def test_free_over_is_measured_before_tax_whether_or_not_prices_include_it() -> None:
    for is_included in (True, False):
        assert quoted(coffee(2_999), to=ADDIS, prices_include_tax=is_included).shipping == birr(150)
        assert quoted(coffee(3_000), to=ADDIS, prices_include_tax=is_included).shipping == birr(0)


def test_a_parcel_that_nobody_takes_and_a_place_that_nobody_serves_have_no_delivery() -> None:
    too_heavy, too_far = quoted(coffee(350, 21), to=BAHIR_DAR), quoted(coffee(350), to=LONDON)

    assert (too_heavy.delivery, too_heavy.shipping) == (None, birr(0))
    assert (too_far.delivery, too_far.shipping) == (None, birr(0))
    assert why_none(PLAN, BAHIR_DAR, Parcel(5_250, birr(7_350))) is NoDeliveryReason.PARCEL_NOT_TAKEN
    assert why_none(PLAN, LONDON, Parcel(250, birr(350))) is NoDeliveryReason.PLACE_NOT_SERVED


def test_what_leaves_the_country_is_free_of_tax_and_so_is_its_delivery() -> None:
    rules = (TaxRule("standard", "15", "ET"), TaxRule("standard", "0"))
    rates = TaxRates(rules, standard_percent=Decimal(15))

    at_home = quoted(coffee(1_000), to=BAHIR_DAR, tax_rates=rates)
    abroad = quoted(coffee(1_000), to=NAIROBI, tax_rates=rates)

    assert (at_home.tax, at_home.total) == (birr(177), birr(1_357))
    assert (abroad.tax, abroad.total) == (birr(0), birr(8_800))


def test_delivery_has_a_rate_of_its_own_where_a_rule_is_about_it() -> None:
    rules = (TaxRule("standard", "15"), TaxRule("shipping", "0", "ET"))

    found = quoted(coffee(1_000), to=BAHIR_DAR, tax_rates=TaxRates(rules, standard_percent=Decimal(15)))

    assert (found.tax, found.lines[0].shipping_tax) == (birr(150), birr(0))


def test_who_pays_in_dollars_gets_the_same_bands_and_the_same_free_delivery() -> None:
    at_fifty = Conversion("ETB", "USD", Decimal("0.02"), "2026-11-25")

    terms = the_terms(plan=PLAN, destination=ADDIS, currency="USD", conversion=at_fifty)

    below, above = (quote([Goods(Money(minor, "USD"))], terms) for minor in (5_999, 6_000))

    assert (below.shipping.minor, below.shipping.currency) == (300, "USD")
    assert above.shipping.minor == 0
