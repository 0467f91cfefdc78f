"""What can be done about delivery? Read and make the plan, and tell which options there are for a parcel."""

from collections.abc import Sequence
from functools import cache

from pydantic import TypeAdapter

from chalicelib.core import audit, clock, holding
from chalicelib.core.errors import demand_version
from chalicelib.core.money import Money
from chalicelib.core.settings import settings
from chalicelib.core.storage import keys, transactions
from chalicelib.core.storage.key import Key
from chalicelib.core.storage.table import Item
from chalicelib.shipping import rules, store
from chalicelib.shipping.errors import ShippingCurrencyForeign, ShippingPlanTooLarge
from chalicelib.shipping.models import ShippingPlan
from chalicelib.shipping.rules import Calendar, DeliveryOption, NoDeliveryReason, Parcel, Plan, Zone
from chalicelib.shipping.schemas import OptionsQuery, PlanDraft

__all__ = [
    "DeliveryOption",
    "ShippingPlan",
    "change_plan",
    "offers",
    "plan_for_showing",
    "plan_from",
    "plan_key",
    "shipping_plan",
]

_HELD = "shipping_plan"


def plan_key() -> Key:
    """Return where the plan is stored, for who reads it beside other things."""
    return keys.shipping_plan()


def plan_from(item: Item | None) -> Plan:
    """Return the plan that was read; without one, or with one in another currency than the shop's, the built-in one."""
    if isinstance(item, ShippingPlan) and item.currency == settings.shop_currency:
        return Plan(item.zones, item.calendar, settings.shop_utc_offset_minutes)
    flat = Money(settings.shipping_flat_minor, settings.shop_currency)
    return rules.flat_plan(flat, utc_offset_minutes=settings.shop_utc_offset_minutes)


def shipping_plan() -> ShippingPlan:
    """Return the plan as staff see it: 1 GetItem. Of version 0 is the built-in one."""
    found = store.find_plan()
    if found is not None:
        return found
    built_in = plan_from(None)
    return ShippingPlan.at(
        keys.shipping_plan(), currency=settings.shop_currency, zones=built_in.zones, calendar=built_in.calendar
    )


def plan_for_showing() -> Plan:
    """Return the plan for those who only show it, at most ``SHIPPING_CACHED_SECONDS`` old."""
    return holding.held(_HELD, lambda: plan_from(store.find_plan()), seconds=settings.shipping_cached_seconds)


def offers(asked: OptionsQuery) -> tuple[list[DeliveryOption], NoDeliveryReason | None, str]:
    """Return the options for a parcel, why there are none, and the moment as of which other days are promised."""
    plan, now = plan_for_showing(), clock.now()
    destination = rules.destination_of(asked.country, asked.region, asked.city)
    parcel = Parcel(asked.weight_grams, Money(asked.value_minor, settings.shop_currency))
    options = rules.options(plan, destination, parcel, now=now)
    changes_at = plan.calendar.changes_after(now, plan.utc_offset_minutes)
    return options, rules.why_none(plan, destination, parcel), clock.as_text(changes_at)


def change_plan(draft: PlanDraft, *, if_version: int | None) -> ShippingPlan:
    """Put a plan in the place of the one that is there.

    Raises ``PreconditionFailed``, ``ShippingCurrencyForeign`` or ``ShippingPlanTooLarge``.
    """
    plan = shipping_plan()
    demand_version(if_version, plan.version)
    before = _told(plan)
    given = draft.model_dump(exclude_none=True)
    plan.zones = _zones().validate_python(given["zones"])
    plan.calendar = _calendar().validate_python(given["calendar"])
    plan.currency = settings.shop_currency
    _demand_own_currency(plan.zones)
    _demand_small(plan)
    with transactions.write() as work:
        work.save(plan)
    holding.forget(_HELD)
    audit.changed(before, _told(plan))
    return plan


def _demand_own_currency(zones: Sequence[Zone]) -> None:
    for zone in zones:
        if any(amount.currency != settings.shop_currency for amount in rules.amounts_in(zone)):
            raise ShippingCurrencyForeign(zone_id=zone.id, currency=settings.shop_currency)


def _demand_small(plan: ShippingPlan) -> None:
    size = len(_zones().dump_json(plan.zones)) + len(_calendar().dump_json(plan.calendar))
    if size > settings.shipping_plan_limit_bytes:
        raise ShippingPlanTooLarge(limit_bytes=settings.shipping_plan_limit_bytes, size_bytes=size)


@cache
def _zones() -> TypeAdapter[tuple[Zone, ...]]:
    return TypeAdapter(tuple[Zone, ...])


@cache
def _calendar() -> TypeAdapter[Calendar]:
    return TypeAdapter(Calendar)


def _told(plan: ShippingPlan) -> dict[str, str]:
    """Return a plan in words, by zone and method, for the audit trail."""
    closed = [*plan.calendar.closed_weekdays, *plan.calendar.holidays]
    told = {"calendar": f"until {plan.calendar.cut_off_hour} o'clock, closed: {', '.join(closed)}"}
    for zone in plan.zones:
        told[zone.id] = "; ".join("/".join(filter(None, (each.country, each.region, each.city))) for each in zone.areas)
        told |= {f"{zone.id}/{method.id}": rules.in_words(method) for method in zone.methods}
    return told
