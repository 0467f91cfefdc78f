"""How is the delivery plan found?"""

from chalicelib.core.storage import keys
from chalicelib.core.storage.table import find
from chalicelib.shipping.models import ShippingPlan


def find_plan() -> ShippingPlan | None:
    """Return the plan that staff made, if they did."""
    return find(ShippingPlan, keys.shipping_plan())
