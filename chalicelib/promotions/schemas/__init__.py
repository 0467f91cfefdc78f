"""How do promotions and coupons look on the wire?"""

from chalicelib.promotions.schemas.defining import (
    CouponBatchDraft,
    CouponBatchView,
    CouponDraft,
    CouponView,
    GivenCode,
    PromotionChange,
    PromotionDiscountView,
    PromotionDraft,
    PromotionLimitsView,
    PromotionScopeView,
    PromotionView,
    terms_of,
)
from chalicelib.promotions.schemas.previewing import (
    PassedOverView,
    PreviewLine,
    PromotionPreviewDraft,
    PromotionPreviewView,
)

__all__ = [
    "CouponBatchDraft",
    "CouponBatchView",
    "CouponDraft",
    "CouponView",
    "GivenCode",
    "PassedOverView",
    "PreviewLine",
    "PromotionChange",
    "PromotionDiscountView",
    "PromotionDraft",
    "PromotionLimitsView",
    "PromotionPreviewDraft",
    "PromotionPreviewView",
    "PromotionScopeView",
    "PromotionView",
    "terms_of",
]
