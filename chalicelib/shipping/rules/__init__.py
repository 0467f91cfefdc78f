"""Which ways of delivery are there for a parcel? Pure decisions about zones, charges and days."""

from chalicelib.shipping.rules.methods import Band, Method, MethodKind, Parcel, Texts, in_words, is_less
from chalicelib.shipping.rules.places import Area, Destination, destination_of, folded, is_region_needed
from chalicelib.shipping.rules.plans import (
    DeliveryOption,
    NoDeliveryReason,
    Plan,
    Zone,
    amounts_in,
    flat_plan,
    options,
    repeated_areas,
    why_none,
)
from chalicelib.shipping.rules.promises import Calendar, Promise, Weekday

__all__ = [
    "Area",
    "Band",
    "Calendar",
    "DeliveryOption",
    "Destination",
    "Method",
    "MethodKind",
    "NoDeliveryReason",
    "Parcel",
    "Plan",
    "Promise",
    "Texts",
    "Weekday",
    "Zone",
    "amounts_in",
    "destination_of",
    "flat_plan",
    "folded",
    "in_words",
    "is_less",
    "is_region_needed",
    "options",
    "repeated_areas",
    "why_none",
]
