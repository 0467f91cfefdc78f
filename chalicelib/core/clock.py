"""What time is it? The only place that asks the machine."""

from datetime import UTC, datetime, timedelta


def now() -> datetime:
    """Return the current time as an aware UTC datetime."""
    return datetime.now(UTC)


def epoch_seconds() -> int:
    """Return whole seconds since 1970, the unit of DynamoDB's TTL and of JWT dates."""
    return int(now().timestamp())


def epoch_milliseconds() -> int:
    """Return whole milliseconds since 1970."""
    return int(now().timestamp() * 1000)


def after(seconds: float) -> datetime:
    """Return the moment this many seconds from now."""
    return now() + timedelta(seconds=seconds)


def as_text(moment: datetime) -> str:
    """Write a moment as RFC 3339 in UTC with microseconds, so that texts sort as time does."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def from_text(text: str) -> datetime:
    """Read what ``as_text`` wrote."""
    return datetime.fromisoformat(text)
