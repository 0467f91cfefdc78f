"""What does a purchase need besides goods? It is filled in step by step, and stays with the cart."""

from collections.abc import Mapping, Sequence
from dataclasses import MISSING, asdict, dataclass, fields, replace
from typing import Any

from chalicelib.addresses.rules import Place, located
from chalicelib.carts.errors import CartAddressIncomplete, CartCouponsFull
from chalicelib.promotions.rules import normalised

_ADDRESSES = ("shipping_address", "billing_address")
_DEMANDED = tuple(each.name for each in fields(Place) if each.default is MISSING)
_COUNTRY = {"country": "ET"}


@dataclass(frozen=True)
class Preparation:
    """All that a checkout takes from the cart: contact, addresses, delivery, coupons and the currency to pay in."""

    email: str | None = None
    phone: str | None = None
    shipping_address: Place | None = None
    billing_address: Place | None = None
    delivery_method_id: str | None = None
    coupon_codes: tuple[str, ...] = ()
    currency: str | None = None
    locale: str | None = None  # in which the shopper is written to
    reminders: bool = True  # whether the shopper may be reminded of the cart


def changed(preparation: Preparation, patch: Mapping[str, Any], *, coupons_limit: int) -> Preparation:
    """Apply a merge patch (RFC 7396): what is absent stays, null takes away, an address is patched within.

    A whole ``Place`` replaces an address. Raises ``CartAddressIncomplete``, ``CartCouponsFull``, and what addresses
    refuse.
    """
    given = dict(patch)
    for name in _ADDRESSES:
        if isinstance(given.get(name), Mapping):
            given[name] = _patched(name, getattr(preparation, name), given[name])
    if "coupon_codes" in given:
        given["coupon_codes"] = _within(_distinct(given["coupon_codes"] or ()), coupons_limit)
    if given.get("reminders", True) is None:
        given["reminders"] = True
    return replace(preparation, **given)


def both(own: Preparation, brought: Preparation, *, coupons_limit: int) -> Preparation:
    """Keep what a customer has said, take from a guest's cart what they have not, and unite the codes within the limit.

    Doing so again changes nothing.
    """
    taken = {name: value for name, value in vars(brought).items() if getattr(own, name) is None}
    codes = _distinct((*own.coupon_codes, *brought.coupon_codes))[: max(coupons_limit, len(own.coupon_codes))]
    return replace(own, **taken, coupon_codes=codes, reminders=own.reminders and brought.reminders)


def _patched(name: str, was: Place | None, patch: Mapping[str, str | None]) -> Place:
    known = {**(_COUNTRY if was is None else asdict(was)), **patch}
    said = {member: value for member, value in known.items() if value is not None}
    if missing := [member for member in _DEMANDED if member not in said]:
        raise CartAddressIncomplete(member=name, missing=missing)
    return located(Place(**said))


def _distinct(codes: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(spelt for spelt in map(normalised, codes) if spelt))


def _within(codes: tuple[str, ...], limit: int) -> tuple[str, ...]:
    if len(codes) > limit:
        raise CartCouponsFull(limit=limit)
    return codes
