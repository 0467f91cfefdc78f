"""What do delivery plans in tests look like? Those of a shop in Addis Ababa."""

from datetime import UTC, datetime
from typing import Any

from chalicelib.core.money import Money
from chalicelib.shipping.rules import Area, Band, Method, MethodKind, Parcel, Plan, Promise, Zone

EAST_AFRICA_MINUTES = 180
# A Wednesday, ten in the morning in Addis Ababa.
WEDNESDAY = datetime(2026, 11, 25, 7, 0, tzinfo=UTC)


def birr(amount: int) -> Money:
    return Money(amount * 100, "ETB")


def a_parcel(*, grams: int = 1_000, worth: int = 500) -> Parcel:
    return Parcel(grams, birr(worth))


def courier(charge: int = 150, **given: Any) -> Method:
    return Method("courier", MethodKind.FLAT, {"en": "Courier", "am": "ተላላኪ"}, charge=birr(charge), **given)


def bus(*bands: tuple[int | None, int], **given: Any) -> Method:
    """A method by weight: up to so many grams for so much."""
    made = tuple(Band(birr(charge), up_to_grams=grams) for grams, charge in bands or ((1_000, 200), (5_000, 450)))
    return Method("bus", MethodKind.BY_WEIGHT, {"en": "Bus cargo", "am": "የአውቶቡስ ጭነት"}, bands=made, **given)


def a_zone(zone_id: str, *areas: Area, methods: tuple[Method, ...] = ()) -> Zone:
    return Zone(zone_id, {"en": zone_id.title()}, areas, methods or (courier(promise=Promise(1, 2)),))


def a_plan(*zones: Zone, **given: Any) -> Plan:
    return Plan(zones, utc_offset_minutes=EAST_AFRICA_MINUTES, **given)


def money(amount: int, currency: str = "ETB") -> dict[str, Any]:
    return {"amount": amount * 100, "currency": currency}


def a_method_draft(method_id: str = "courier", **given: Any) -> dict[str, Any]:
    flat = {} if "bands" in given else {"kind": "flat", "charge": money(150)}
    return {"id": method_id, "name": {"en": method_id.title(), "am": "ማድረሻ"}, **flat, **given}


def a_zone_draft(zone_id: str, *areas: dict[str, Any], methods: list[dict[str, Any]] | None = None) -> dict[str, Any]:
    return {
        "id": zone_id,
        "name": {"en": zone_id.title()},
        "areas": list(areas) or [{}],
        "methods": methods or [a_method_draft()],
    }
