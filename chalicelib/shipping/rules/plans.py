"""Where does the shop deliver, and how? The whole plan, and what it offers for one parcel."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from chalicelib.core.money import Money
from chalicelib.shipping.rules.methods import Band, Method, MethodKind, Parcel, Texts
from chalicelib.shipping.rules.places import Area, Destination, is_region_needed
from chalicelib.shipping.rules.promises import Calendar

BUILT_IN_ID = "standard"
_BUILT_IN_ZONE: Texts = {"en": "Everywhere", "am": "በሁሉም ቦታ"}
_BUILT_IN_METHOD: Texts = {"en": "Standard delivery", "am": "መደበኛ ማድረሻ"}


class NoDeliveryReason(StrEnum):
    """Why nothing is offered: nobody goes there, or nobody who does takes such a parcel."""

    PLACE_NOT_SERVED = "place_not_served"
    PARCEL_NOT_TAKEN = "parcel_not_taken"


@dataclass(frozen=True)
class Zone:
    """Areas that are served alike, and the ways in which they are."""

    id: str
    name: Texts
    areas: tuple[Area, ...]
    methods: tuple[Method, ...]


@dataclass(frozen=True)
class Plan:
    """All zones. A place is served by the one zone that describes it most closely, and by no other.

    No area lies in two zones, amounts share one currency, and ``utc_offset_minutes`` is how the shop's clock goes.
    """

    zones: tuple[Zone, ...]
    calendar: Calendar = field(default_factory=Calendar)
    utc_offset_minutes: int = 0

    def zone_for(self, destination: Destination) -> Zone | None:
        """Return the zone that serves a place."""
        place = destination.folded
        fitting = [
            (-closeness, zone.id, zone)
            for zone in self.zones
            for area in zone.areas
            if (closeness := area.closeness(place)) is not None
        ]
        return min(fitting, key=lambda each: each[:2])[2] if fitting else None

    def is_served_by_region(self, destination: Destination) -> bool:
        """Tell whether another zone could serve a place that names no region, once it names one."""
        return is_region_needed([area for zone in self.zones for area in zone.areas], destination)

    def converted(self, convert: Callable[[Money], Money]) -> "Plan":
        """Return the plan with every amount in another currency."""
        return replace(self, zones=tuple(_converted(zone, convert) for zone in self.zones))


@dataclass(frozen=True)
class DeliveryOption:
    """A way in which a parcel can go, what that costs, and the days between which it arrives if that is promised.

    It is plain data, so that a quote can keep it. ``place`` is where a buyer picks it up, and ``free_over`` the value
    from which on it would cost nothing, unless it costs nothing anyway.
    """

    method_id: str
    kind: MethodKind
    name: Mapping[str, str]
    charge: Money
    earliest_on: str | None = None
    latest_on: str | None = None
    place: Mapping[str, str] = field(default_factory=dict)
    free_over: Money | None = None


def options(plan: Plan, destination: Destination, parcel: Parcel, *, now: datetime) -> list[DeliveryOption]:
    """Return the ways in which a parcel can go to a place, the cheapest first; none if nobody takes it there.

    Raises ``ValueError`` for a parcel that is valued in another currency than the plan's.
    """
    zone = plan.zone_for(destination)
    offered = (_option(plan, method, parcel, now=now) for method in (zone.methods if zone else ()))
    found = [option for option in offered if option is not None]
    return sorted(found, key=lambda each: (each.charge.minor, each.latest_on or "9", each.method_id))


def why_none(plan: Plan, destination: Destination, parcel: Parcel) -> NoDeliveryReason | None:
    """Return why nothing is offered for a parcel; ``None`` if something is."""
    zone = plan.zone_for(destination)
    if zone is None:
        return NoDeliveryReason.PLACE_NOT_SERVED
    if all(method.charge_for(parcel) is None for method in zone.methods):
        return NoDeliveryReason.PARCEL_NOT_TAKEN
    return None


def flat_plan(charge: Money, *, utc_offset_minutes: int = 0) -> Plan:
    """Return the plan of a shop that made none: everything goes everywhere for one charge, and no day is promised."""
    method = Method(BUILT_IN_ID, MethodKind.FLAT, _BUILT_IN_METHOD, charge=charge)
    zone = Zone("everywhere", _BUILT_IN_ZONE, areas=(Area(),), methods=(method,))
    return Plan((zone,), utc_offset_minutes=utc_offset_minutes)


def amounts_in(zone: Zone) -> Iterator[Money]:
    """Return every amount that a zone names."""
    for method in zone.methods:
        yield from (each for each in (method.charge, method.free_over) if each is not None)
        yield from (each for band in method.bands for each in (band.charge, band.up_to_value) if each is not None)


def repeated_areas(zones: tuple[Zone, ...]) -> list[tuple[Area, tuple[str, ...]]]:
    """Return each area that is named more than once, and the zones that name it."""
    named: dict[Area, list[str]] = {}
    for zone in zones:
        for area in zone.areas:
            named.setdefault(area.folded, []).append(zone.id)
    return [(area, tuple(ids)) for area, ids in named.items() if len(ids) > 1]


def _option(plan: Plan, method: Method, parcel: Parcel, *, now: datetime) -> DeliveryOption | None:
    charge = method.charge_for(parcel)
    if charge is None:
        return None
    free_over = method.free_over if charge.minor else None
    option = DeliveryOption(method.id, method.kind, method.name, charge, place=method.place, free_over=free_over)
    if method.promise is None:
        return option
    ordered_on = plan.calendar.day_of(now, plan.utc_offset_minutes)
    first, last = (
        plan.calendar.open_day(ordered_on, after=days).isoformat()
        for days in (method.promise.days_from, method.promise.days_to)
    )
    return replace(option, earliest_on=first, latest_on=last)


def _converted(zone: Zone, convert: Callable[[Money], Money]) -> Zone:
    def maybe(amount: Money | None) -> Money | None:
        return None if amount is None else convert(amount)

    def band(each: Band) -> Band:
        return replace(each, charge=convert(each.charge), up_to_value=maybe(each.up_to_value))

    methods = (
        replace(each, charge=maybe(each.charge), free_over=maybe(each.free_over), bands=tuple(map(band, each.bands)))
        for each in zone.methods
    )
    return replace(zone, methods=tuple(methods))
