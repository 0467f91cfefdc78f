"""Where does a delivery go, and which areas does that lie in?"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from unicodedata import normalize

from chalicelib.addresses.rules import region_of


@dataclass(frozen=True)
class Area:
    """A country, one of its regions, or a city of it; everywhere when it names none of them."""

    country: str = ""
    region: str = ""
    city: str = ""

    @property
    def folded(self) -> "Area":
        """Return the area as it is compared: two that look alike are one."""
        return Area(self.country, folded(self.region), folded(self.city))

    def closeness(self, place: "Area") -> int | None:
        """Return how closely it describes a folded place that lies in it; ``None`` for one that does not.

        A city says more than a region, and a region more than a country.
        """
        if self.country and self.country != place.country:
            return None
        area = self.folded
        if (area.region and area.region != place.region) or (area.city and area.city != place.city):
            return None
        return bool(area.country) + 2 * bool(area.region) + 4 * bool(area.city)


@dataclass(frozen=True)
class Destination:
    """Where a parcel goes. In Ethiopia ``region`` is a code, in any other country free text; it may be unknown."""

    country: str
    region: str = ""
    city: str = ""

    @property
    def folded(self) -> Area:
        """Return the place as areas are compared with it."""
        return Area(self.country, self.region, self.city).folded


def destination_of(country: str, region: str = "", city: str = "") -> Destination:
    """Return where a parcel goes that was told as buyers tell it: the region is the one that carts know."""
    return Destination(country, region_of(country, region, city), city)


def is_region_needed(areas: Sequence[Area], destination: Destination) -> bool:
    """Tell whether a place that names no region might lie in an area that describes it best of all."""
    place = destination.folded
    if place.region:
        return False
    found = max((closeness for area in areas if (closeness := area.closeness(place)) is not None), default=-1)
    possible = (area.closeness(replace(place, region=area.folded.region)) for area in areas if area.region)
    return any(closeness is not None and closeness > found for closeness in possible)


def folded(text: str) -> str:
    """Return a name without what people type differently: spaces, capitals, and how accents are composed."""
    return normalize("NFC", normalize("NFC", " ".join(text.split())).casefold())
