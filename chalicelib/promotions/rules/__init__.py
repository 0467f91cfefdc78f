"""What follows from what staff wrote about a promotion? Pure decisions about limits and codes."""

from chalicelib.promotions.rules.limits import Claim, Claims, HoldStatus, LimitKind, Limits, claims

__all__ = ["Claim", "Claims", "HoldStatus", "LimitKind", "Limits", "claims"]
