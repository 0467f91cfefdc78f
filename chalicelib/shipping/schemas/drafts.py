"""How is a delivery plan sent?"""

from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from typing import Annotated, Any, Self

from pydantic import AfterValidator, Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from chalicelib.core.money import Money
from chalicelib.core.wire import WHOLE, Draft, Labels, Locale, Slug, line
from chalicelib.shipping.rules import Area, MethodKind, Weekday, is_less
from chalicelib.shipping.schemas.areas import AreaDraft

_DEAREST_MINOR = 10_000_000_000
_HEAVIEST_GRAMS = 10_000_000
_ZONES, _METHODS, _AREAS, _BANDS, _HOLIDAYS = 50, 10, 100, 30, 60
_LONGEST = 90


def _within_limits(amount: Money) -> Money:
    if amount.minor < 0:
        raise PydanticCustomError("greater_than_equal", "Use {ge} or more.", {"ge": 0})
    if amount.minor > _DEAREST_MINOR:
        raise PydanticCustomError("less_than_equal", "Use {le} or less.", {"le": _DEAREST_MINOR})
    return amount


def _describe_limits(amount: dict[str, Any]) -> None:
    amount["properties"]["amount"] |= {"minimum": 0, "maximum": _DEAREST_MINOR}


def _a_day(text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise PydanticCustomError("moment_unknown", "There is no such day.") from None


def _once(parts: list[Any]) -> list[Any]:
    if len({getattr(part, "id", part) for part in parts}) < len(parts):
        raise PydanticCustomError("repeated", "Give this once.")
    return parts


Charge = Annotated[Money, AfterValidator(_within_limits), Field(json_schema_extra=_describe_limits)]
Day = Annotated[
    str,
    StringConstraints(pattern=r"^20[0-9]{2}-[01][0-9]-[0-3][0-9]$"),
    Field(examples=["2027-01-07"]),
    AfterValidator(_a_day),
]
Days = Annotated[int, Field(ge=0, le=_LONGEST), WHOLE]
PlaceTexts = Annotated[dict[Locale, Annotated[str, line(200)]], Field(description="Where a buyer picks the parcel up.")]


class BandDraft(Draft):
    """What parcels up to a limit cost. The last band of a method may be open: then it takes all that are beyond."""

    up_to_grams: Annotated[int, Field(ge=1, le=_HEAVIEST_GRAMS), WHOLE] | None = None
    up_to_value: Charge | None = None
    charge: Charge


class PromiseDraft(Draft):
    """In how many working days after the order it arrives; 0 is the same day."""

    days_from: Days
    days_to: Days

    @model_validator(mode="after")
    def _ends_after_it_begins(self) -> Self:
        if self.days_to < self.days_from:
            raise PydanticCustomError("ends_before_it_begins", "`days_to` must not be below `days_from`.")
        return self


class MethodDraft(Draft):
    """A way to deliver. A flat one and a pickup have a `charge`, one by weight or by value has ascending `bands`."""

    id: Slug
    kind: MethodKind
    name: Labels
    charge: Charge | None = None
    bands: Annotated[list[BandDraft], Field(max_length=_BANDS)] = []
    free_over: Annotated[
        Charge | None, Field(description="From this value of the goods on, after discounts, it costs nothing.")
    ] = None
    promise: Annotated[PromiseDraft | None, Field(description="Null where no day is promised.")] = None
    place: PlaceTexts = {}

    @model_validator(mode="after")
    def _fits_its_kind(self) -> Self:
        has_bands = self.kind in (MethodKind.BY_WEIGHT, MethodKind.BY_VALUE)
        if has_bands == (self.charge is not None) or has_bands != bool(self.bands):
            raise PydanticCustomError("charge_or_bands", "Give bands by weight or by value, and else a charge.")
        if (self.kind is MethodKind.PICKUP) != bool(self.place):
            raise PydanticCustomError("place_of_pickup", "Give a place for a pickup, and only there.")
        if has_bands:
            _demand_ascending(self.bands, "up_to_grams" if self.kind is MethodKind.BY_WEIGHT else "up_to_value")
        return self


class ZoneDraft(Draft):
    """Areas that are served alike, and the ways in which they are."""

    id: Slug
    name: Labels
    areas: Annotated[list[AreaDraft], Field(min_length=1, max_length=_AREAS)]
    methods: Annotated[list[MethodDraft], Field(min_length=1, max_length=_METHODS), AfterValidator(_once)]


class CalendarDraft(Draft):
    """When nobody sends or delivers. What is ordered from `cut_off_hour` on counts as of the next open day."""

    closed_weekdays: Annotated[list[Weekday], Field(max_length=6), AfterValidator(_once)] = []
    holidays: Annotated[list[Day], Field(max_length=_HOLIDAYS), AfterValidator(_once)] = []
    cut_off_hour: Annotated[int, Field(ge=0, le=24), WHOLE] = 24


class PlanDraft(Draft):
    """A whole delivery plan. A place is served by the zone that describes it most closely, and by no other."""

    zones: Annotated[list[ZoneDraft], Field(min_length=1, max_length=_ZONES), AfterValidator(_once)]
    calendar: CalendarDraft = CalendarDraft()

    @model_validator(mode="after")
    def _zones_share_no_area(self) -> Self:
        named: dict[Area, str] = {}
        for zone in self.zones:
            for each in zone.areas:
                if each.area in named:
                    facts = {"place": _shown(each.area), "one": named[each.area], "other": zone.id}
                    raise PydanticCustomError("zones_overlap", "{place} lies in {one} and in {other}.", facts)
                named[each.area] = zone.id
        return self


def _demand_ascending(bands: Sequence[BandDraft], limit: str) -> None:
    other = "up_to_value" if limit == "up_to_grams" else "up_to_grams"
    limits = [getattr(band, limit) for band in bands]
    if any(getattr(band, other) is not None for band in bands) or None in limits[:-1]:
        raise PydanticCustomError("band_without_limit", "Give `{limit}` for each band but the last.", {"limit": limit})
    told = [each for each in limits if each is not None]
    pairs = list(pairwise(told))
    if len({each.currency for each in told if isinstance(each, Money)}) > 1:
        raise PydanticCustomError("currencies_mixed", "Use one currency.")
    if not all(is_less(one, two) if isinstance(one, Money) else one < two for one, two in pairs):
        raise PydanticCustomError("bands_not_ascending", "Each band must reach further than the one before.")


def _shown(area: Area) -> str:
    return ", ".join(filter(None, (area.city, area.region, area.country))) or "everywhere"
