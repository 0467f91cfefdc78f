"""How do a plan and its options become what their reader sees?"""

from collections.abc import Sequence

from chalicelib.core.i18n.locales import in_locale
from chalicelib.shipping.models import ShippingPlan
from chalicelib.shipping.rules import DeliveryOption, NoDeliveryReason
from chalicelib.shipping.schemas import DeliveryOptionsView, DeliveryOptionView, ShippingPlanView


def plan_view(plan: ShippingPlan) -> ShippingPlanView:
    """Show a plan in every language."""
    told = {"currency": plan.currency, "zones": plan.zones, "calendar": plan.calendar}
    return ShippingPlanView.model_validate({"is_built_in": plan.version == 0, **told})


def options_view(
    options: Sequence[DeliveryOption], reason: NoDeliveryReason | None, locale: str
) -> DeliveryOptionsView:
    """Show the options for a parcel, or why there are none."""
    items = [option_view(option, locale) for option in options]
    return DeliveryOptionsView(items=items, no_delivery_reason=reason)


def option_view(option: DeliveryOption, locale: str) -> DeliveryOptionView:
    """Show one option in the reader's language."""
    return DeliveryOptionView.model_validate(
        {
            "method_id": option.method_id,
            "kind": option.kind,
            "name": in_locale(option.name, locale),
            "charge": option.charge,
            "earliest_on": option.earliest_on,
            "latest_on": option.latest_on,
            "place": in_locale(option.place, locale) or None,
            "free_over": option.free_over,
        }
    )
