"""How can delivery plans refuse?"""

from chalicelib.core.errors import Conflict


class ShippingPlanTooLarge(Conflict):
    """Every checkout reads the plan, so it stays small; facts: ``limit_bytes`` and how many bytes it would have."""

    code = "shipping_plan_too_large"


class ShippingCurrencyForeign(Conflict):
    """A zone has amounts in another currency than the shop's ``currency``; facts: also ``zone_id``."""

    code = "shipping_currency_foreign"
