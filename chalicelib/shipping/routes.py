"""Which operations does delivery have?"""

from chalicelib.core.http import Answer, IfMatch, Request, Router, public, staff
from chalicelib.shipping import service as shipping
from chalicelib.shipping import views
from chalicelib.shipping.errors import ShippingCurrencyForeign, ShippingPlanTooLarge
from chalicelib.shipping.schemas import DeliveryOptionsView, OptionsQuery, PlanDraft, ShippingPlanView

router = Router("shipping")


@router.get("/delivery-options", access=public, is_cacheable=True)
def list_delivery_options(query: OptionsQuery, request: Request) -> Answer[DeliveryOptionsView]:
    """List the ways in which a parcel can go somewhere, the cheapest first, before there is a cart.

    What a purchase is charged is told by its own quote.
    """
    options, reason, changes_at = shipping.offers(query)
    return Answer(views.options_view(options, reason, request.locale), good_until=changes_at)


@router.get("/shipping-plan", access=staff("shipping.manage"))
def read_shipping_plan() -> Answer[ShippingPlanView]:
    """Read where the shop delivers, and how."""
    plan = shipping.shipping_plan()
    return Answer(views.plan_view(plan), version=plan.version)


@router.put(
    "/shipping-plan",
    access=staff("shipping.manage"),
    if_match=IfMatch.REQUIRED,
    raises=(ShippingCurrencyForeign, ShippingPlanTooLarge),
)
def put_shipping_plan(body: PlanDraft, request: Request) -> Answer[ShippingPlanView]:
    """Say anew where the shop delivers, and how. What is in a quote already stays as it is.

    Processes that show options notice within `SHIPPING_CACHED_SECONDS`; a checkout at once.
    """
    plan = shipping.change_plan(body, if_version=request.if_version)
    return Answer(views.plan_view(plan), version=plan.version)
