"""Which addresses will do, and which one is the default for what?"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from chalicelib.addresses.enums import AddressUse, Region
from chalicelib.addresses.errors import AddressBookFull, AddressPhoneInvalid, AddressRegionUnknown
from chalicelib.core.phones import e164

ETHIOPIA = "ET"
REGION_NAMES: Mapping[Region, Mapping[str, str]] = {
    Region.ADDIS_ABABA: {"en": "Addis Ababa", "am": "አዲስ አበባ"},
    Region.AFAR: {"en": "Afar", "am": "አፋር"},
    Region.AMHARA: {"en": "Amhara", "am": "አማራ"},
    Region.BENISHANGUL_GUMUZ: {"en": "Benishangul-Gumuz", "am": "ቤኒሻንጉል ጉሙዝ"},
    Region.CENTRAL_ETHIOPIA: {"en": "Central Ethiopia", "am": "ማዕከላዊ ኢትዮጵያ"},
    Region.DIRE_DAWA: {"en": "Dire Dawa", "am": "ድሬዳዋ"},
    Region.GAMBELA: {"en": "Gambela", "am": "ጋምቤላ"},
    Region.HARARI: {"en": "Harari", "am": "ሐረሪ"},
    Region.OROMIA: {"en": "Oromia", "am": "ኦሮሚያ"},
    Region.SIDAMA: {"en": "Sidama", "am": "ሲዳማ"},
    Region.SOMALI: {"en": "Somali", "am": "ሶማሌ"},
    Region.SOUTH_ETHIOPIA: {"en": "South Ethiopia", "am": "ደቡብ ኢትዮጵያ"},
    Region.SOUTH_WEST_ETHIOPIA_PEOPLES: {"en": "South West Ethiopia Peoples", "am": "ደቡብ ምዕራብ ኢትዮጵያ ሕዝቦች"},
    Region.TIGRAY: {"en": "Tigray", "am": "ትግራይ"},
}

Defaults = Mapping[AddressUse, str]
# What somebody wants of one address; nothing is said of a use that is absent.
Wishes = Mapping[AddressUse, bool]


@dataclass(frozen=True)
class Place:
    """Where somebody can be reached. ``region`` is a code in Ethiopia, and free text in any other country."""

    name: str
    phone: str
    line1: str
    city: str
    country: str
    line2: str = ""
    region: str = ""
    postal_code: str = ""


def fitting(place: Place) -> Place:
    """Return the place with its phone as it is dialled. Raises ``AddressPhoneInvalid``, ``AddressRegionUnknown``."""
    if place.country == ETHIOPIA and place.region not in REGION_NAMES:
        raise AddressRegionUnknown(regions=list(Region))
    return replace(place, phone=dialled(place.phone))


def located(place: Place) -> Place:
    """Return the place with its phone as it is dialled and its region by code, where that is known.

    Raises ``AddressPhoneInvalid`` or ``AddressRegionUnknown``.
    """
    region = region_of(place.country, place.region, place.city)
    if place.country == ETHIOPIA and region and region not in REGION_NAMES:
        raise AddressRegionUnknown(regions=list(Region))
    return replace(place, phone=dialled(place.phone), region=region)


def region_of(country: str, region: str, city: str) -> str:
    """Return a region by code where that is known, else as it was told.

    In Ethiopia it may be given by its name, or left out where the city is a region of its own.
    """
    known = _region_called(region or city) if country == ETHIOPIA else None
    return region if known is None else known


def names_of_region(place: Place) -> Mapping[str, str]:
    """Return what the region of a place is called; free text has the one name that it is."""
    region = _region_called(place.region) if place.country == ETHIOPIA else None
    return {"en": place.region} if region is None else REGION_NAMES[region]


def dialled(phone: str) -> str:
    """Return a phone number as E.164 writes it; without a country's code it is taken for an Ethiopian one."""
    number = e164(phone)
    if number is None:
        raise AddressPhoneInvalid()
    return number


def demand_room(count: int, limit: int) -> None:
    """Refuse one more address in a full book."""
    if count >= limit:
        raise AddressBookFull(limit=limit)


def wishes_for_new(defaults: Defaults, wishes: Wishes) -> Wishes:
    """Return what is wanted of a new address: it becomes the default where there is none, unless that is denied."""
    return {use: use not in defaults for use in AddressUse} | dict(wishes)


def with_wishes(defaults: Defaults, address_id: str, wishes: Wishes) -> Defaults:
    """Return which address is the default for what, once the wishes for one address are granted.

    A use has one default, so naming another one replaces it.
    """
    others = {use: named for use, named in defaults.items() if named != address_id or wishes.get(use, True)}
    return others | {use: address_id for use, is_wanted in wishes.items() if is_wanted}


def without(defaults: Defaults, address_id: str) -> Defaults:
    """Return the defaults without a deleted address. No other takes its place: nothing goes where nobody sent it."""
    return {use: named for use, named in defaults.items() if named != address_id}


def _region_called(text: str) -> Region | None:
    wanted = text.strip().casefold()
    return next(
        (
            region
            for region, names in REGION_NAMES.items()
            if wanted in {region.casefold(), *(name.casefold() for name in names.values())}
        ),
        None,
    )
