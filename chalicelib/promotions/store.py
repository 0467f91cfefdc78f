"""How are promotions looked up?"""

from chalicelib.core.storage import promotion_keys as keys
from chalicelib.core.storage.table import find
from chalicelib.promotions.models import PromotionHold


def find_hold(reservation_id: str) -> PromotionHold | None:
    """Return what a reservation took, as it is now."""
    return find(PromotionHold, keys.promotion_hold(reservation_id))
