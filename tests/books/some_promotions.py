"""Which promotions and coupons does the shop of these tests have, and what did its purchases take of them?"""

from chalicelib.checkout.service import CheckoutRef
from chalicelib.promotions import service as promotions
from chalicelib.promotions.rules import Claim, Claims
from chalicelib.promotions.schemas import CouponBatchDraft
from tests.promotions.defining import a_coupon, a_promotion

MESKEREM, GENNA = "MESKEREM10", "GENNA"
ALL_LIMITS = {"uses": 20, "uses_per_customer": 1}


def promotions_happen(ordered: CheckoutRef, waiting: CheckoutRef, given_up: CheckoutRef) -> None:
    """Define promotions of each sort, and let purchases spend, hold and give back uses."""
    a_promotion(is_automatic=True, scope={"category_ids": ["coffee"]}, priority=5)
    ended = a_promotion(is_automatic=True)
    promotions.end_promotion(ended.promotion_id, if_version=None)
    a_promotion(is_automatic=True, ends_at="2020-01-01T00:00:00Z")
    limited = a_coupon(MESKEREM, uses=10, limits=ALL_LIMITS)
    a_coupon(GENNA)
    batch = promotions.order_batch(limited.promotion_id, CouponBatchDraft(quantity=3))
    promotions.make_page(limited.promotion_id, batch.batch_id, sequence=1)
    claim = Claim(limited.promotion_id, MESKEREM, is_counted=True, is_code_counted=True, uses_per_customer=1)
    for number, ref in enumerate((ordered, waiting, given_up)):
        subjects = promotions.subjects_of(f"usr_{number}", f"shopper-{number}@coffee.example")
        promotions.take(ref.reservation_id, Claims((claim,), subjects))
    promotions.spend(ordered.reservation_id)
    promotions.release(given_up.reservation_id)
