"""How are promotions looked up?"""

from collections.abc import Iterable, Sequence

from chalicelib.core.storage import promotion_keys as keys
from chalicelib.core.storage.key import Key
from chalicelib.core.storage.table import Item, Slice, find, find_many, index_slice, page
from chalicelib.promotions.models import (
    AutomaticPromotions,
    Coupon,
    CouponBatch,
    Promotion,
    PromotionHold,
    PromotionUses,
)


def promotions(*, after: str | None, limit: int) -> Slice[Promotion]:
    """Return a page of the promotions, newest first."""
    return page(Promotion, keys.PROMOTIONS, prefix=keys.PROMOTION_PREFIX, after=after, limit=limit, newest_first=True)


def find_promotion(promotion_id: str) -> Promotion | None:
    """Return a promotion, as it is now."""
    return find(Promotion, keys.promotion(promotion_id))


def promotion_with_uses(promotion_id: str) -> tuple[Promotion | None, PromotionUses | None]:
    """Return a promotion, and what is left of it if that was ever limited."""
    found = find_many([keys.promotion(promotion_id), keys.promotion_uses(promotion_id)])
    promotion = next((item for item in found if isinstance(item, Promotion)), None)
    return promotion, next((item for item in found if isinstance(item, PromotionUses)), None)


def find_automatic() -> AutomaticPromotions | None:
    """Return all automatic promotions."""
    return find(AutomaticPromotions, keys.automatic_promotions())


def automatic_with_coupons(wanted: Iterable[Key]) -> list[Item]:
    """Return the automatic promotions and some coupons, by the keys that a quote needs."""
    return find_many(wanted)


def standings(promotion_ids: Iterable[str], subjects: Sequence[str]) -> list[Item]:
    """Return what some coupons lead to, what is left of it, and how often a customer used it."""
    distinct = list(dict.fromkeys(promotion_ids))
    wanted = [place for each in distinct for place in (keys.promotion(each), keys.promotion_uses(each))]
    wanted += [keys.customer_uses(subject, each) for each in distinct for subject in subjects]
    return find_many(wanted)


def coupons_of(owner_id: str, *, after: str | None, limit: int) -> Slice[Coupon]:
    """Return a page of the coupons of a batch, or of those that a promotion has singly, by code."""
    return index_slice(Coupon, "gsi1", keys.coupons_of(owner_id), after=after, row_of=keys.coupon, limit=limit)


def goods_beside(terms: Sequence[Key], variants: Sequence[Key]) -> list[Item]:
    """Return what some goods are sold for, beside promotions and terms that they are sold under."""
    wanted = [*terms, *variants]
    return [item for start in range(0, len(wanted), 100) for item in find_many(wanted[start : start + 100])]


def find_batch(promotion_id: str, batch_id: str) -> CouponBatch | None:
    """Return a batch of codes."""
    return find(CouponBatch, keys.coupon_batch(promotion_id, batch_id))


def batches_of(promotion_id: str, *, after: str | None, limit: int) -> Slice[CouponBatch]:
    """Return a page of the batches of a promotion, newest first."""
    return page(CouponBatch, keys.coupon_batches(promotion_id), after=after, limit=limit, newest_first=True)


def find_hold(reservation_id: str) -> PromotionHold | None:
    """Return what a reservation took, as it is now."""
    return find(PromotionHold, keys.promotion_hold(reservation_id))
