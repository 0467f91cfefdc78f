"""What holds of every plan, every place and every parcel?"""

from datetime import UTC, date, datetime, timedelta
from random import Random

from hypothesis import given
from hypothesis import strategies as some

from chalicelib.core.money import Money
from chalicelib.shipping.rules import (
    Area,
    Band,
    Calendar,
    Destination,
    Method,
    MethodKind,
    Parcel,
    Plan,
    Promise,
    Weekday,
    Zone,
    options,
    why_none,
)

NAMES = {"en": "Some way"}
countries, regions, cities = (
    some.sampled_from(each) for each in (("ET", "KE"), ("", "r1", "r2"), ("", "a", "A ", "b"))
)
destinations = some.builds(Destination, countries, regions, cities)
amounts = some.integers(0, 10**7).map(lambda minor: Money(minor, "ETB"))
parcels = some.builds(Parcel, some.integers(0, 50_000), amounts)
promises = some.tuples(some.integers(0, 30), some.integers(0, 30)).map(lambda days: Promise(min(days), sum(days)))
moments = some.integers(1_770_000_000, 1_890_000_000).map(lambda second: datetime.fromtimestamp(second, UTC))
calendars = some.builds(
    Calendar,
    closed_weekdays=some.lists(some.sampled_from(Weekday), max_size=6, unique=True).map(tuple),
    holidays=some.lists(some.dates(date(2026, 1, 1), date(2030, 1, 1)).map(date.isoformat), max_size=9).map(tuple),
    cut_off_hour=some.integers(0, 24),
)


@some.composite
def bands(draw: some.DrawFn) -> tuple[Band, ...]:
    """Ascending bands by weight or by value, of which the last one may be open."""
    limits = sorted(draw(some.sets(some.integers(1, 40_000), min_size=1, max_size=5)))
    charges = draw(some.lists(amounts, min_size=len(limits) + 1, max_size=len(limits) + 1))
    is_by_weight, is_open = draw(some.booleans()), draw(some.booleans())
    made = [
        Band(charge, up_to_grams=limit) if is_by_weight else Band(charge, up_to_value=Money(limit * 100, "ETB"))
        for limit, charge in zip(limits, charges, strict=False)
    ]
    return (*made, Band(charges[-1])) if is_open else tuple(made)


@some.composite
def methods(draw: some.DrawFn) -> tuple[Method, ...]:
    ids = draw(some.lists(some.sampled_from("abcde"), min_size=1, unique=True))
    return tuple(
        Method(
            each,
            MethodKind.BY_WEIGHT if by_band else MethodKind.FLAT,
            NAMES,
            charge=None if by_band else draw(amounts),
            bands=by_band,
            free_over=draw(some.none() | amounts),
            promise=draw(some.none() | promises),
        )
        for each in ids
        for by_band in [draw(some.just(()) | bands())]
    )


@some.composite
def plans(draw: some.DrawFn) -> Plan:
    """Any plan of which no two zones name the same area."""
    areas = [Area(), *(Area("ET", region, city) for region in ("", "r1", "r2") for city in ("", "a", "b")), Area("KE")]
    chosen = draw(some.lists(some.sampled_from(areas), unique=True, max_size=8))
    zones = tuple(Zone(f"zone-{index}", NAMES, (area,), draw(methods())) for index, area in enumerate(chosen))
    return Plan(zones, draw(calendars), utc_offset_minutes=draw(some.sampled_from((-300, 0, 180, 345))))


@given(plans(), destinations, parcels, moments)
def test_options_are_sorted_cost_nothing_less_than_nothing_and_say_why_there_are_none(
    plan: Plan, destination: Destination, parcel: Parcel, now: datetime
) -> None:
    found = options(plan, destination, parcel, now=now)

    charges = [each.charge.minor for each in found]
    assert charges == sorted(charges)
    assert all(charge >= 0 for charge in charges)
    assert len({each.method_id for each in found}) == len(found)
    assert (why_none(plan, destination, parcel) is None) == bool(found)


@given(plans(), countries, cities)
def test_a_region_is_needed_precisely_where_one_leads_to_another_zone(plan: Plan, country: str, city: str) -> None:
    unnamed = Destination(country, city=city)

    leads_elsewhere = [
        plan.zone_for(Destination(country, region, city)) != plan.zone_for(unnamed) for region in ("r1", "r2")
    ]

    assert plan.is_served_by_region(unnamed) is any(leads_elsewhere)


@given(plans(), destinations, parcels, moments, some.randoms(use_true_random=False))
def test_the_order_of_zones_and_methods_makes_no_difference(
    plan: Plan, destination: Destination, parcel: Parcel, now: datetime, dice: Random
) -> None:
    zones = [
        Zone(each.id, each.name, each.areas, tuple(dice.sample(each.methods, k=len(each.methods))))
        for each in plan.zones
    ]
    dice.shuffle(zones)
    shuffled = Plan(tuple(zones), plan.calendar, plan.utc_offset_minutes)

    assert options(shuffled, destination, parcel, now=now) == options(plan, destination, parcel, now=now)


@given(plans(), destinations)
def test_no_zone_describes_a_place_more_closely_than_the_one_that_serves_it(
    plan: Plan, destination: Destination
) -> None:
    def says(area: Area) -> tuple[bool, bool, bool]:
        return bool(area.city), bool(area.region), bool(area.country)

    def lies_in(area: Area) -> bool:
        told = destination.folded
        return all(not named or named == there for named, there in zip(_parts(area), _parts(told), strict=True))

    fitting = [area for zone in plan.zones for area in zone.areas if lies_in(area)]
    found = plan.zone_for(destination)

    assert (found is None) == (not fitting)
    assert found is None or says(found.areas[0]) == max(map(says, fitting))


def _parts(area: Area) -> tuple[str, str, str]:
    return area.country, area.region, area.city


@given(bands(), parcels, some.integers(0, 50_000), amounts)
def test_a_heavier_or_dearer_parcel_never_falls_into_an_earlier_band(
    made: tuple[Band, ...], parcel: Parcel, grams: int, worth: Money
) -> None:
    def chosen(sent: Parcel) -> int:
        return next((index for index, band in enumerate(made) if band.takes(sent)), len(made))

    more = Parcel(parcel.weight_grams + grams, parcel.value + worth)

    assert chosen(more) >= chosen(parcel)
    assert not made[-1].is_open or chosen(more) < len(made)


@given(plans(), destinations, parcels, moments)
def test_no_day_is_promised_on_which_nobody_delivers_and_none_that_is_over(
    plan: Plan, destination: Destination, parcel: Parcel, now: datetime
) -> None:
    today = (now + timedelta(minutes=plan.utc_offset_minutes)).date()

    for option in options(plan, destination, parcel, now=now):
        if option.earliest_on is None or option.latest_on is None:
            assert option.earliest_on is option.latest_on
            continue
        first, last = date.fromisoformat(option.earliest_on), date.fromisoformat(option.latest_on)
        assert today <= first <= last
        assert plan.calendar.is_open(first)
        assert plan.calendar.is_open(last)


@given(plans(), destinations, parcels, moments, some.timedeltas(timedelta(0), timedelta(days=9)))
def test_whoever_orders_later_is_never_promised_an_earlier_day(
    plan: Plan, destination: Destination, parcel: Parcel, now: datetime, later: timedelta
) -> None:
    before = {each.method_id: each for each in options(plan, destination, parcel, now=now)}

    for option in options(plan, destination, parcel, now=now + later):
        assert (before[option.method_id].latest_on or "") <= (option.latest_on or "")


@given(plans(), destinations, parcels, moments, some.floats(0, 1, exclude_max=True))
def test_what_is_offered_holds_until_the_moment_that_caches_are_told(
    plan: Plan, destination: Destination, parcel: Parcel, now: datetime, part: float
) -> None:
    changes_at = plan.calendar.changes_after(now, plan.utc_offset_minutes)

    # Multiplied, a stretch of time is rounded, maybe up to all of it.
    meanwhile = now + timedelta(microseconds=int((changes_at - now) / timedelta(microseconds=1) * part))

    assert now < changes_at <= now + timedelta(days=1)
    assert options(plan, destination, parcel, now=meanwhile) == options(plan, destination, parcel, now=now)
