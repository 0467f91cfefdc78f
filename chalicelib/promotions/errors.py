"""How can promotions refuse?"""

from chalicelib.core.errors import Conflict, NotFound


class PromotionNotFound(NotFound):
    code = "promotion_not_found"


class PromotionEnded(Conflict):
    """It is over for good: it is not changed, and gets no more codes."""

    code = "promotion_ended"


class PromotionAutomatic(Conflict):
    """What everybody gets has neither codes nor limits."""

    code = "promotion_automatic"


class PromotionCurrency(Conflict):
    """An amount is not in the shop's ``currency``, from which others are converted."""

    code = "promotion_currency"


class AutomaticPromotionsFull(Conflict):
    """Every quote reads all automatic promotions, so there is a ``limit`` to them in number or ``unit``."""

    code = "automatic_promotions_full"


class LimitBelowUses(Conflict):
    """So many uses are ``used`` or held that the limit cannot be this low."""

    code = "limit_below_uses"


class CouponTaken(Conflict):
    code = "coupon_taken"


class CouponBatchNotFound(NotFound):
    code = "coupon_batch_not_found"


class PreviewNotForSale(Conflict):
    """These ``skus`` are not for sale, so nobody could have them in a cart."""

    code = "preview_not_for_sale"


class CouponUsedUp(Conflict):
    """Nothing is left of a ``code``; ``limit`` tells whether of the code itself or of its promotion."""

    code = "coupon_used_up"


class CouponLimitReached(Conflict):
    """The customer has used what a ``code`` leads to as often as one customer may."""

    code = "coupon_limit_reached"


class UsesTakenBefore(Conflict):
    """Uses were taken or released under this reservation before."""

    code = "coupon_uses_taken"


class UsesReleased(Conflict):
    code = "coupon_uses_released"


class UsesSpent(Conflict):
    code = "coupon_uses_spent"


class UsesNotHeld(Conflict):
    code = "coupon_uses_not_held"
