"""When will it be there? Working days are counted on the shop's own clock; nothing is promised for a closed day."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from enum import StrEnum


class Weekday(StrEnum):
    MONDAY = "monday"
    TUESDAY = "tuesday"
    WEDNESDAY = "wednesday"
    THURSDAY = "thursday"
    FRIDAY = "friday"
    SATURDAY = "saturday"
    SUNDAY = "sunday"


_WEEK = tuple(Weekday)
_HOURS = range(24)


@dataclass(frozen=True)
class Calendar:
    """When the shop sends and delivers.

    What is ordered from ``cut_off_hour`` on, or on a closed day, counts as ordered on the next open one.
    """

    closed_weekdays: tuple[Weekday, ...] = ()
    holidays: tuple[str, ...] = ()
    cut_off_hour: int = len(_HOURS)

    def is_open(self, day: date) -> bool:
        """Tell whether somebody delivers on a day."""
        return _WEEK[day.weekday()] not in self.closed_weekdays and day.isoformat() not in self.holidays

    def day_of(self, moment: datetime, utc_offset_minutes: int) -> date:
        """Return the open day as of which something counts as ordered."""
        local = moment.astimezone(timezone(timedelta(minutes=utc_offset_minutes)))
        day = local.date() if local.hour < self.cut_off_hour else _next(local.date())
        return self.open_day(day)

    def changes_after(self, moment: datetime, utc_offset_minutes: int) -> datetime:
        """Return the next moment as of which something counts as ordered on another day, if that is an open one."""
        local = moment.astimezone(timezone(timedelta(minutes=utc_offset_minutes)))
        day = local.date() if local.hour < self.cut_off_hour else _next(local.date())
        if self.cut_off_hour == len(_HOURS):
            return datetime.combine(_next(day), time(), local.tzinfo)
        return datetime.combine(day, time(self.cut_off_hour), local.tzinfo)

    def open_day(self, day: date, *, after: int = 0) -> date:
        """Return the first open day from one on, or the open day that comes so many open days after it."""
        while after or not self.is_open(day):
            after -= self.is_open(day)
            day = _next(day)
        return day


@dataclass(frozen=True)
class Promise:
    """So many working days after the order at the earliest, and so many at the latest; 0 is the same day."""

    days_from: int = 0
    days_to: int = 0


def _next(day: date) -> date:
    return date.fromordinal(day.toordinal() + 1)
