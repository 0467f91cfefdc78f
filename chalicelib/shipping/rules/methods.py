"""What does it cost to send a parcel one way or another?"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from chalicelib.core.money import Money
from chalicelib.shipping.rules.promises import Promise

Texts = Mapping[str, str]  # by locale


class MethodKind(StrEnum):
    """By what the charge of a method is told."""

    FLAT = "flat"
    BY_WEIGHT = "by_weight"
    BY_VALUE = "by_value"
    PICKUP = "pickup"


@dataclass(frozen=True)
class Parcel:
    """What is sent. ``value`` is what the goods cost after discounts, in the currency of the plan."""

    weight_grams: int
    value: Money


@dataclass(frozen=True)
class Band:
    """What parcels of up to so many grams, or up to such a value, cost; every heavier or dearer one where open."""

    charge: Money
    up_to_grams: int | None = None
    up_to_value: Money | None = None

    @property
    def is_open(self) -> bool:
        return self.up_to_grams is None and self.up_to_value is None

    def takes(self, parcel: Parcel) -> bool:
        """Tell whether a parcel is light enough, or cheap enough."""
        is_light = self.up_to_grams is None or parcel.weight_grams <= self.up_to_grams
        return is_light and (self.up_to_value is None or not is_less(self.up_to_value, parcel.value))


@dataclass(frozen=True)
class Method:
    """A way to deliver. ``charge`` belongs to flat ones and pickup, ascending ``bands`` to the two others.

    ``free_over`` is the value from which on it costs nothing, ``promise`` is absent where no day is promised, and
    ``place`` is where a buyer picks a parcel up.
    """

    id: str
    kind: MethodKind
    name: Texts
    charge: Money | None = None
    bands: tuple[Band, ...] = ()
    free_over: Money | None = None
    promise: Promise | None = None
    place: Texts = field(default_factory=dict)

    def charge_for(self, parcel: Parcel) -> Money | None:
        """Return what a parcel costs; ``None`` if it is not taken, not even where it would be free."""
        listed = self._listed(parcel)
        if listed is None or self.free_over is None or is_less(parcel.value, self.free_over):
            return listed
        return Money(0, listed.currency)

    def _listed(self, parcel: Parcel) -> Money | None:
        if self.kind in (MethodKind.FLAT, MethodKind.PICKUP):
            return self.charge
        return next((band.charge for band in self.bands if band.takes(parcel)), None)


def is_less(one: Money, other: Money) -> bool:
    """Tell whether an amount is below another of the same currency."""
    return (one - other).minor < 0


def in_words(method: Method) -> str:
    """Return what a method costs, on one line, for people who look at what was changed."""
    bands = [f"{_limit(band)}: {band.charge.as_text()}" for band in method.bands]
    charges = bands if method.charge is None else [method.charge.as_text()]
    free = [] if method.free_over is None else [f"free over {method.free_over.as_text()}"]
    days = [] if method.promise is None else [f"{method.promise.days_from} to {method.promise.days_to} days"]
    return ", ".join([method.kind, *charges, *free, *days])


def _limit(band: Band) -> str:
    if band.up_to_grams is not None:
        return f"{band.up_to_grams} g"
    return "above" if band.up_to_value is None else f"up to {band.up_to_value.as_text()}"
