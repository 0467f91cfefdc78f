"""Which promotions and coupons does the shop of these tests have?"""

from chalicelib.promotions import service as promotions
from chalicelib.promotions.models import Promotion
from chalicelib.promotions.schemas import CouponBatchDraft
from tests.promotions.defining import a_coupon, a_promotion

MESKEREM, GENNA = "MESKEREM10", "GENNA"
ALL_LIMITS = {"uses": 20, "uses_per_customer": 1}


def coupons_are_given_out() -> Promotion:
    """Define what purchases can use: one with every limit, and one with none."""
    a_coupon(GENNA)
    return a_coupon(MESKEREM, uses=10, limits=ALL_LIMITS)


def promotions_happen(limited: Promotion) -> None:
    """Define promotions of each other sort, and order codes."""
    a_promotion(is_automatic=True, scope={"category_ids": ["coffee"]}, priority=5)
    ended = a_promotion(is_automatic=True)
    promotions.end_promotion(ended.promotion_id, if_version=None)
    a_promotion(is_automatic=True, ends_at="2020-01-01T00:00:00Z")
    batch = promotions.order_batch(limited.promotion_id, CouponBatchDraft(quantity=3))
    promotions.make_page(limited.promotion_id, batch.batch_id, sequence=1)
