"""How do stored promotions and coupons become what staff see?"""

from chalicelib.promotions.models import Coupon, CouponBatch, Promotion
from chalicelib.promotions.rules import PromotionStatus
from chalicelib.promotions.schemas import (
    CouponBatchView,
    CouponView,
    PromotionDiscountView,
    PromotionLimitsView,
    PromotionScopeView,
    PromotionView,
)
from chalicelib.promotions.service import KeptPromotion


def listed_promotion_view(promotion: Promotion) -> PromotionView:
    """Show a promotion among others; what is left of it is read with the promotion itself."""
    return promotion_view(KeptPromotion(promotion, None))


def promotion_view(kept: KeptPromotion) -> PromotionView:
    """Show a promotion with what is left of it."""
    promotion, terms = kept.promotion, kept.promotion.terms
    return PromotionView(
        id=promotion.promotion_id,
        status=PromotionStatus(promotion.status),
        is_automatic=promotion.is_automatic,
        name=dict(terms.name),
        discount=PromotionDiscountView(
            kind=terms.kind,
            percent=None if terms.percent is None else str(terms.percent),
            amount=terms.amount,
            buy_quantity=terms.buy_quantity,
            get_quantity=terms.get_quantity,
        ),
        scope=PromotionScopeView(**{name: sorted(ids) for name, ids in vars(terms.scope).items()}),
        minimum_spend=terms.minimum_spend,
        starts_at=terms.starts_at,
        ends_at=terms.ends_at,
        priority=terms.priority,
        is_stackable=terms.is_stackable,
        limits=PromotionLimitsView(
            uses=promotion.limits.uses,
            uses_per_customer=promotion.limits.uses_per_customer,
            uses_left=kept.uses_left,
        ),
        created_at=promotion.created_at,
    )


def coupon_view(coupon: Coupon) -> CouponView:
    """Show a code with what is left of it."""
    return CouponView(
        code=coupon.code,
        promotion_id=coupon.promotion_id,
        batch_id=coupon.batch_id,
        uses=coupon.limit,
        uses_left=coupon.uses_left,
    )


def batch_view(batch: CouponBatch) -> CouponBatchView:
    """Show how far a batch is."""
    return CouponBatchView(
        id=batch.batch_id,
        promotion_id=batch.promotion_id,
        quantity=batch.wanted,
        made=batch.made,
        uses_per_code=batch.uses_per_code,
        prefix=batch.prefix,
        created_at=batch.created_at,
    )
