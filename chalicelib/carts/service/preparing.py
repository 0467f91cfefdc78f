"""How does a shopper say who they are, where the goods go and how? Step by step, in the cart."""

from typing import Any

from chalicelib.addresses import rules as address_rules
from chalicelib.addresses import service as addresses
from chalicelib.carts import rules, store
from chalicelib.carts.errors import CurrencyNotOffered
from chalicelib.carts.models import Cart
from chalicelib.carts.schemas import CartChange
from chalicelib.carts.service.changing import changeable, save
from chalicelib.catalog import service as catalog
from chalicelib.core.settings import settings
from chalicelib.pricing import service as pricing
from chalicelib.pricing.rules import Rates
from chalicelib.promotions import service as promotions


def prepare(
    owner_id: str, cart_id: str, change: CartChange, *, locale: str | None = None, if_version: int | None = None
) -> Cart:
    """Take over what the shopper says of the purchase; an address of the owner's book is copied.

    Who gives a mail address is written to in the language in which they gave it.

    1 GetItem, another one for each address that is named by id, and 1 PutItem; another currency looks up prices and
    rates, and new codes are counted. Raises ``AddressNotFound``, ``AddressRegionUnknown``, ``AddressPhoneInvalid``,
    ``CartAddressIncomplete``, ``CartCouponsFull``, ``CurrencyNotCharged``, ``CurrencyNotOffered``,
    ``TooManyAttempts``, and why the cart may not change.
    """
    cart = changeable(store.find_cart(owner_id, cart_id), if_version)
    patch = _understood(owner_id, change.model_dump(exclude_unset=True))
    if patch.get("email") is not None:
        patch["locale"] = locale
    prepared = rules.changed(cart.prepared, patch, coupons_limit=settings.cart_coupons_limit)
    if set(prepared.coupon_codes) - set(cart.prepared.coupon_codes):
        promotions.demand_few_codes(cart_id)
    _repriced(cart, prepared.currency, _rates_into(patch.get("currency")))
    cart.prepare(prepared)
    save(cart)
    return cart


def _rates_into(currency: str | None) -> Rates | None:
    """Return the rates of now where another currency than the shop's is wanted. Raises ``CurrencyNotCharged``."""
    if currency in (None, settings.shop_currency):
        return None
    rates = pricing.exchange_rates().known
    pricing.conversion_into(currency, rates)
    return rates


def _repriced(cart: Cart, currency: str | None, rates: Rates | None) -> None:
    """Put today's prices in the lines where another currency is to be paid in. Raises ``CurrencyNotOffered``."""
    wanted = currency or settings.shop_currency
    if wanted == (cart.prepared.currency or settings.shop_currency) or not cart.lines:
        return
    offers = catalog.offers([line.sku for line in cart.lines], wanted, rates=rates)
    if unlisted := [line.sku for line in cart.lines if line.sku not in offers]:
        raise CurrencyNotOffered(currency=wanted, skus=unlisted)
    cart.lines = [line.at_price(offers[line.sku].price) for line in cart.lines]


def _understood(owner_id: str, given: dict[str, Any]) -> dict[str, Any]:
    """Return the patch with addresses in the place of their ids, and the telephone as it is dialled."""
    patch = dict(given)
    for kind in ("shipping", "billing"):
        if f"{kind}_address_id" in patch:
            address_id = patch.pop(f"{kind}_address_id")
            patch[f"{kind}_address"] = None if address_id is None else addresses.get(owner_id, address_id).place
    if patch.get("phone") is not None:
        patch["phone"] = address_rules.dialled(patch["phone"])
    return patch
