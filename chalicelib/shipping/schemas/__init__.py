"""What does delivery look like on the wire?"""

from chalicelib.shipping.schemas.areas import RegionDraft
from chalicelib.shipping.schemas.drafts import PlanDraft
from chalicelib.shipping.schemas.options import DeliveryOptionsView, DeliveryOptionView, OptionsQuery
from chalicelib.shipping.schemas.plans import ShippingPlanView

__all__ = ["DeliveryOptionView", "DeliveryOptionsView", "OptionsQuery", "PlanDraft", "RegionDraft", "ShippingPlanView"]
