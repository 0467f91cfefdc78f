"""Which ways of delivery does a plan offer for a parcel, at which charge, and for when?"""

from datetime import UTC, date, datetime, timedelta

import pytest

from chalicelib.core.money import Money
from chalicelib.shipping.rules import (
    Area,
    Band,
    Calendar,
    Destination,
    Method,
    MethodKind,
    NoDeliveryReason,
    Parcel,
    Promise,
    Weekday,
    flat_plan,
    options,
    repeated_areas,
    why_none,
)
from tests.shipping.builders import WEDNESDAY, a_parcel, a_plan, a_zone, birr, bus, courier

ADDIS = Destination("ET", "addis_ababa", "Addis Ababa")
EVERYWHERE, ETHIOPIA = Area(), Area("ET")


def the_zone(plan_zones: list[Area], destination: Destination) -> str | None:
    """The id of the zone that serves a place, when each area is a zone of its own; ids are their positions."""
    plan = a_plan(*(a_zone(str(position), area) for position, area in enumerate(plan_zones)))
    found = plan.zone_for(destination)
    return found.id if found else None


def test_the_closest_description_of_a_place_says_who_serves_it() -> None:
    region, city = Area("ET", "oromia"), Area("ET", city="Adama")
    both = Area("ET", "oromia", "Adama")
    closest_last = [EVERYWHERE, ETHIOPIA, region, city, both]

    assert the_zone(closest_last, Destination("ET", "oromia", "Adama")) == "4"
    assert the_zone(closest_last, Destination("ET", "", "Adama")) == "3"
    assert the_zone(closest_last, Destination("ET", "oromia", "Jimma")) == "2"
    assert the_zone(closest_last, Destination("ET", "tigray", "Mekelle")) == "1"
    assert the_zone(closest_last, Destination("KE", "", "Nairobi")) == "0"


def test_a_place_whose_region_is_unknown_is_still_in_its_country() -> None:
    assert the_zone([Area("ET", "oromia"), ETHIOPIA], Destination("ET", "somewhere", "Adama")) == "1"
    assert the_zone([Area("ET", "oromia"), ETHIOPIA], Destination("ET")) == "1"


@pytest.mark.parametrize(
    ("areas", "is_needed"),
    [
        ([], False),
        ([ETHIOPIA, EVERYWHERE], False),
        ([ETHIOPIA, Area("KE", "Nairobi")], False),
        ([ETHIOPIA, Area("ET", "oromia", "Jimma")], False),
        ([ETHIOPIA, Area("ET", "oromia"), Area("ET", city="Adama")], False),
        ([Area("ET", "oromia")], True),
        ([ETHIOPIA, Area("ET", "oromia")], True),
        ([Area("ET", city="Adama"), Area("ET", "oromia", "Adama")], True),
    ],
)
def test_a_region_is_needed_where_another_zone_could_serve_it(areas: list[Area], is_needed: bool) -> None:
    plan = a_plan(*(a_zone(str(position), area) for position, area in enumerate(areas)))

    assert plan.is_served_by_region(Destination("ET", "", "Adama")) is is_needed
    assert plan.is_served_by_region(Destination("ET", "somewhere", "Adama")) is False


@pytest.mark.parametrize("typed", [" addis  ABABA ", "Addis Ababa", "ADDIS\u00a0ABABA"])
def test_a_city_is_known_however_it_is_typed(typed: str) -> None:
    assert the_zone([ETHIOPIA, Area("ET", city="Addis Ababa")], Destination("ET", city=typed)) == "1"


def test_accents_count_however_they_are_composed() -> None:
    assert the_zone([Area("BR", city="São Paulo")], Destination("BR", city="Sa\u0303o Paulo")) == "0"
    assert the_zone([Area("BR", city="São Paulo")], Destination("BR", city="Sao Paulo")) is None


def test_a_city_of_the_same_name_elsewhere_is_another() -> None:
    assert the_zone([Area("ET", city="Adama")], Destination("KE", city="Adama")) is None


def test_an_area_that_is_named_twice_is_found_however_it_is_typed() -> None:
    zones = (
        a_zone("centre", Area("ET", city="Addis Ababa")),
        a_zone("north", ETHIOPIA, Area("ET", city="addis ababa")),
    )

    assert repeated_areas(zones) == [(Area("ET", city="addis ababa"), ("centre", "north"))]
    assert repeated_areas((*zones[:1], a_zone("north", ETHIOPIA))) == []


def test_a_parcel_costs_what_the_first_band_that_takes_it_says() -> None:
    by_weight = bus((1_000, 200), (5_000, 450), (None, 900))

    charges = [by_weight.charge_for(a_parcel(grams=grams)) for grams in (0, 1_000, 1_001, 5_000, 5_001, 90_000)]

    assert charges == [birr(200), birr(200), birr(450), birr(450), birr(900), birr(900)]


def test_a_parcel_heavier_than_the_last_band_is_not_taken_not_even_for_nothing() -> None:
    by_weight = bus((1_000, 200), (5_000, 450), free_over=birr(100))

    assert by_weight.charge_for(a_parcel(grams=5_001, worth=50)) is None
    assert by_weight.charge_for(a_parcel(grams=5_001, worth=9_000)) is None


def test_dear_goods_can_cost_something_else_to_send() -> None:
    bands = (Band(birr(100), up_to_value=birr(1_000)), Band(birr(50), up_to_value=birr(5_000)), Band(birr(0)))
    by_value = Method("insured", MethodKind.BY_VALUE, {"en": "Insured"}, bands=bands)

    assert by_value.charge_for(a_parcel(worth=1_000)) == birr(100)
    assert by_value.charge_for(Parcel(1, birr(1_000) + Money(1, "ETB"))) == birr(50)
    assert by_value.charge_for(a_parcel(worth=90_000)) == birr(0)


def test_delivery_is_free_from_an_amount_on() -> None:
    free_over = courier(150, free_over=birr(3_000))

    assert free_over.charge_for(Parcel(1, birr(3_000) - Money(1, "ETB"))) == birr(150)
    assert free_over.charge_for(a_parcel(worth=3_000)) == birr(0)


def test_the_cheapest_comes_first_and_then_the_fastest() -> None:
    pickup = Method("pickup", MethodKind.PICKUP, {"en": "Bole shop"}, charge=birr(0), place={"en": "Bole Road 1"})
    slow, fast = courier(150, promise=Promise(3, 5)), bus((9_000, 150), promise=Promise(1, 2))
    plan = a_plan(a_zone("addis", ETHIOPIA, methods=(slow, fast, pickup)))

    found = options(plan, ADDIS, a_parcel(), now=WEDNESDAY)

    assert [each.method_id for each in found] == ["pickup", "bus", "courier"]
    assert found[0].place == {"en": "Bole Road 1"}
    assert (found[0].earliest_on, found[0].latest_on) == (None, None)


def test_nothing_is_offered_where_nobody_goes_or_for_what_nobody_takes() -> None:
    plan = a_plan(a_zone("adama", Area("ET", city="Adama"), methods=(bus((1_000, 200)),)))
    adama = Destination("ET", "oromia", "Adama")

    assert options(plan, ADDIS, a_parcel(), now=WEDNESDAY) == []
    assert why_none(plan, ADDIS, a_parcel()) is NoDeliveryReason.PLACE_NOT_SERVED
    assert options(plan, adama, a_parcel(grams=1_001), now=WEDNESDAY) == []
    assert why_none(plan, adama, a_parcel(grams=1_001)) is NoDeliveryReason.PARCEL_NOT_TAKEN
    assert why_none(plan, adama, a_parcel(grams=1_000)) is None


def test_goods_priced_in_another_currency_than_the_plan_are_not_compared_with_it() -> None:
    plan = a_plan(a_zone("addis", ETHIOPIA, methods=(courier(free_over=birr(3_000)),)))
    dollars = Parcel(500, Money(4_000, "USD"))

    with pytest.raises(ValueError, match="cannot mix"):
        options(plan, ADDIS, dollars, now=WEDNESDAY)
    in_dollars = plan.converted(lambda amount: Money(amount.minor // 100, "USD"))
    assert options(in_dollars, ADDIS, dollars, now=WEDNESDAY)[0].charge == Money(0, "USD")


def test_a_plan_in_another_currency_has_every_amount_in_it() -> None:
    bands = (Band(birr(100), up_to_value=birr(1_000)), Band(birr(300)))
    by_value = Method("insured", MethodKind.BY_VALUE, {"en": "Insured"}, bands=bands, free_over=birr(8_000))
    plan = a_plan(a_zone("addis", ETHIOPIA, methods=(by_value, courier(150))))

    (zone,) = plan.converted(lambda amount: Money(amount.minor // 100, "USD")).zones

    insured, flat = zone.methods
    assert insured.bands == (Band(Money(100, "USD"), up_to_value=Money(1_000, "USD")), Band(Money(300, "USD")))
    assert (insured.free_over, flat.charge) == (Money(8_000, "USD"), Money(150, "USD"))


def test_a_shop_without_a_plan_delivers_everywhere_for_one_charge() -> None:
    plan = flat_plan(birr(150))

    for destination in (ADDIS, Destination("KE", city="Nairobi")):
        (option,) = options(plan, destination, a_parcel(grams=10**6), now=WEDNESDAY)
        assert (option.kind, option.charge, option.latest_on) == (MethodKind.FLAT, birr(150), None)


SUNDAYS_OFF = Calendar(closed_weekdays=(Weekday.SUNDAY,), holidays=("2026-11-27",), cut_off_hour=16)


def promised(moment: datetime, *, days: tuple[int, int] = (1, 2)) -> tuple[str | None, str | None]:
    plan = a_plan(a_zone("addis", ETHIOPIA, methods=(courier(promise=Promise(*days)),)), calendar=SUNDAYS_OFF)
    (option,) = options(plan, ADDIS, a_parcel(), now=moment)
    return option.earliest_on, option.latest_on


def test_working_days_leave_out_holidays_and_days_when_nobody_delivers() -> None:
    assert promised(WEDNESDAY) == ("2026-11-26", "2026-11-28")
    assert promised(WEDNESDAY, days=(3, 4)) == ("2026-11-30", "2026-12-01")


def test_what_is_ordered_after_the_cut_off_counts_as_of_the_next_day() -> None:
    # 12:59 and 13:00 in UTC are just before and at 16 o'clock in Addis Ababa.
    assert promised(WEDNESDAY.replace(hour=12, minute=59), days=(0, 0)) == ("2026-11-25", "2026-11-25")
    assert promised(WEDNESDAY.replace(hour=13), days=(0, 0)) == ("2026-11-26", "2026-11-26")


def test_the_day_is_the_one_on_the_shops_own_clock() -> None:
    # Ten in the evening of Tuesday in UTC is one o'clock on Wednesday in Addis Ababa.
    assert promised(datetime(2026, 11, 24, 22, 0, tzinfo=UTC), days=(0, 1)) == ("2026-11-25", "2026-11-26")


def test_what_is_ordered_on_a_closed_day_counts_as_of_the_next_open_one() -> None:
    sunday = datetime(2026, 11, 29, 7, 0, tzinfo=UTC)

    assert promised(sunday, days=(0, 1)) == ("2026-11-30", "2026-12-01")


def test_an_open_day_so_many_open_days_later_is_counted_one_by_one() -> None:
    monday = date(2026, 11, 23)

    assert SUNDAYS_OFF.open_day(monday, after=0) == monday
    assert SUNDAYS_OFF.open_day(monday, after=3) == date(2026, 11, 26)
    assert SUNDAYS_OFF.open_day(monday, after=4) == date(2026, 11, 28)
    assert SUNDAYS_OFF.open_day(date(2026, 11, 29) - timedelta(days=0)) == date(2026, 11, 30)
