"""Where are promotions stored, with their coupons and with who used them how often?

What checkouts count lies apart from what staff write: they may count uses, and not change a promotion.
"""

from chalicelib.core.storage.key import Key

PROMOTIONS = "PROMOTIONS#0"
PROMOTION_PREFIX = "PROMOTION#"


def promotion(promotion_id: str) -> Key:
    return Key(PROMOTIONS, f"{PROMOTION_PREFIX}{promotion_id}")


def automatic_promotions() -> Key:
    return Key(PROMOTIONS, "AUTOMATIC")


def promotion_uses(promotion_id: str) -> Key:
    return Key(f"PROMOTION_USES#{promotion_id}", "USES")


def customer_uses(subject: str, promotion_id: str) -> Key:
    """A partition for each customer, so that a busy promotion has no hot one."""
    return Key(f"CUSTOMER_USES#{subject}", f"{PROMOTION_PREFIX}{promotion_id}")


def promotion_hold(reservation_id: str) -> Key:
    return Key(f"PROMOTION_HOLD#{reservation_id}", "HOLD")


def coupon(code: str) -> Key:
    return Key(f"COUPON#{code}", "COUPON")


def coupon_batches(promotion_id: str) -> str:
    return f"COUPON_BATCHES#{promotion_id}"


def coupon_batch(promotion_id: str, batch_id: str) -> Key:
    return Key(coupon_batches(promotion_id), f"BATCH#{batch_id}")


# Index partition: the codes of a batch, or those that a promotion has singly
def coupons_of(owner_id: str) -> str:
    return f"COUPONS#{owner_id}"
