"""How do stored promotions and coupons become what staff see?"""

from chalicelib.core.i18n import locales
from chalicelib.pricing import rules as pricing
from chalicelib.pricing.views import delivery_view, quoted_view
from chalicelib.promotions.models import Coupon, CouponBatch, Promotion
from chalicelib.promotions.rules import PromotionStatus, Refused
from chalicelib.promotions.schemas import (
    CouponBatchView,
    CouponView,
    PassedOverView,
    PromotionDiscountView,
    PromotionLimitsView,
    PromotionPreviewView,
    PromotionScopeView,
    PromotionView,
)
from chalicelib.promotions.service import KeptPromotion, Preview


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


def preview_view(found: Preview, locale: str) -> PromotionPreviewView:
    """Show what a cart would cost, and what would not count."""
    over = [_passed_over(refused, locale, promotion) for promotion, refused in found.passed_over]
    return PromotionPreviewView(
        quote=quoted_view(found.quote, locale),
        delivery_options=[delivery_view(each, locale) for each in found.options],
        passed_over=[*(_passed_over(each, locale) for each in found.refused), *over],
    )


def _passed_over(refused: Refused, locale: str, promotion: pricing.Promotion | None = None) -> PassedOverView:
    return PassedOverView(
        promotion_id=promotion.id if promotion else None,
        name=locales.in_locale(promotion.name, locale) if promotion else None,
        code=refused.code or None,
        reason=refused.why,
        detail=locales.message(f"coupons.{refused.why}", locale, refused.facts) or "",
    )
