"""What follows from what staff wrote about promotions? Pure decisions about limits, codes and what counts today."""

from chalicelib.promotions.rules.codes import normalised, random_code
from chalicelib.promotions.rules.limits import Claim, Claims, HoldStatus, LimitKind, Limits, claims
from chalicelib.promotions.rules.standing import (
    Candidates,
    CouponStanding,
    PromotionStatus,
    Refused,
    WhyNot,
    candidates,
    passed_over,
    why_not,
    why_not_at,
)

__all__ = [
    "Candidates",
    "Claim",
    "Claims",
    "CouponStanding",
    "HoldStatus",
    "LimitKind",
    "Limits",
    "PromotionStatus",
    "Refused",
    "WhyNot",
    "candidates",
    "claims",
    "normalised",
    "passed_over",
    "random_code",
    "why_not",
    "why_not_at",
]
