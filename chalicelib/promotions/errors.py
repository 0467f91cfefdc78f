"""How can promotions refuse?"""

from chalicelib.core.errors import Conflict


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
