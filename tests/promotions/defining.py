"""How do tests define promotions? As staff do, by the service or on the wire."""

import json
from typing import Any

from chalicelib.promotions import service as promotions
from chalicelib.promotions.models import Promotion
from chalicelib.promotions.schemas import CouponDraft, PromotionChange, PromotionDraft
from chalicelib.promotions.service import KeptPromotion

TEN_PERCENT = {"kind": "percentage", "percent": "10"}


def a_draft(**members: Any) -> dict[str, Any]:
    """Return what staff send for ten percent off everything, or what is told otherwise."""
    return {"name": {"en": "New year", "am": "አዲስ ዓመት"}, "discount": TEN_PERCENT, **members}


def a_promotion(*, is_automatic: bool = False, **members: Any) -> Promotion:
    """Define a promotion for those with a coupon, unless it is automatic."""
    draft = a_draft(is_automatic=is_automatic, **members)
    return promotions.create_promotion(PromotionDraft.model_validate_json(json.dumps(draft))).promotion


def a_coupon(code: str = "MESKEREM10", *, uses: int | None = None, **members: Any) -> Promotion:
    """Define a promotion with a code; return the promotion."""
    promotion = a_promotion(**members)
    promotions.add_coupon(promotion.promotion_id, CouponDraft(code=code, uses=uses))
    return promotion


def changed(promotion: Promotion, **members: Any) -> KeptPromotion:
    """Put other terms in the place of a promotion's."""
    change = PromotionChange.model_validate_json(json.dumps(a_draft(**members)))
    return promotions.change_promotion(promotion.promotion_id, change, if_version=None)
