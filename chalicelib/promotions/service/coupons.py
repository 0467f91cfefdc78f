"""How do codes come to be? Singly by name, or many at random by a job that survives whatever stops it.

The job is an item that knows how many codes are made. Each page of codes is one transaction with the item, which
announces that more are wanted; so nothing is lost with a process, and none is made twice.
"""

from chalicelib.core import audit, clock, ids
from chalicelib.core.storage import promotion_keys as keys
from chalicelib.core.storage import transactions
from chalicelib.core.storage.table import Slice
from chalicelib.promotions import rules, store
from chalicelib.promotions.errors import (
    CouponBatchNotFound,
    CouponTaken,
    PromotionAutomatic,
    PromotionEnded,
    PromotionNotFound,
)
from chalicelib.promotions.events import CouponsWanted
from chalicelib.promotions.models import Coupon, CouponBatch, Promotion
from chalicelib.promotions.rules import PromotionStatus
from chalicelib.promotions.schemas import CouponBatchDraft, CouponDraft

_ID_PREFIX = "bat"
# A transaction takes 100 items, and one of them is the batch.
_CODES_AT_ONCE = 95


def add_coupon(promotion_id: str, draft: CouponDraft) -> Coupon:
    """Give a promotion a code of its own: 1 read and 1 put.

    Raises ``PromotionNotFound``, ``PromotionEnded``, ``PromotionAutomatic``, or ``CouponTaken`` by any promotion.
    """
    _open_for_codes(promotion_id)
    code = rules.normalised(draft.code)
    coupon = _coupon(code, promotion_id, uses=draft.uses)
    with transactions.write() as work:
        work.create(coupon, refusal=CouponTaken(code=code))
    audit.changed({}, {"code": code, "uses": draft.uses})
    return coupon


def coupons_of_promotion(promotion_id: str, *, after: str | None, limit: int) -> Slice[Coupon]:
    """Return a page of the codes that a promotion has singly. Raises ``PromotionNotFound``."""
    _kept(promotion_id)
    return store.coupons_of(promotion_id, after=after, limit=limit)


def order_batch(promotion_id: str, draft: CouponBatchDraft) -> CouponBatch:
    """Let codes be made at random: 1 read and 1 put. Announces ``coupons.wanted``.

    Raises ``PromotionNotFound``, ``PromotionEnded`` or ``PromotionAutomatic``.
    """
    _open_for_codes(promotion_id)
    batch_id = ids.new(_ID_PREFIX)
    batch = CouponBatch.at(
        keys.coupon_batch(promotion_id, batch_id),
        batch_id=batch_id,
        promotion_id=promotion_id,
        prefix=rules.normalised(draft.prefix),
        wanted=draft.quantity,
        uses_per_code=draft.uses_per_code,
        created_at=clock.as_text(clock.now()),
    )
    with transactions.write() as work:
        work.save(batch, event=CouponsWanted(batch_id, promotion_id))
    audit.changed({}, {"batch_id": batch_id, "quantity": draft.quantity, "uses_per_code": draft.uses_per_code})
    return batch


def batches_of(promotion_id: str, *, after: str | None, limit: int) -> Slice[CouponBatch]:
    """Return a page of a promotion's batches, newest first. Raises ``PromotionNotFound``."""
    _kept(promotion_id)
    return store.batches_of(promotion_id, after=after, limit=limit)


def coupons_of_batch(promotion_id: str, batch_id: str, *, after: str | None, limit: int) -> Slice[Coupon]:
    """Return a page of a batch's codes, by code. Raises ``CouponBatchNotFound``."""
    if store.find_batch(promotion_id, batch_id) is None:
        raise CouponBatchNotFound(batch_id=batch_id)
    return store.coupons_of(batch_id, after=after, limit=limit)


def make_page(promotion_id: str, batch_id: str, *, sequence: int) -> None:
    """Make the next codes of a batch, if this is what it announced last: 1 transaction.

    A code that somebody has already makes the page to be drawn anew. No code is made for a promotion that is over.
    """
    batch = store.find_batch(promotion_id, batch_id)
    if batch is None or batch.version != sequence or batch.made == batch.wanted:
        return
    if _kept(promotion_id).status == PromotionStatus.ENDED:
        return
    codes = _drawn(batch.prefix, min(_CODES_AT_ONCE, batch.wanted - batch.made))
    batch.made += len(codes)
    more = None if batch.made == batch.wanted else CouponsWanted(batch_id, promotion_id)
    with transactions.write() as work:
        work.save(batch, event=more)
        for code in codes:
            work.create(_coupon(code, promotion_id, uses=batch.uses_per_code, batch_id=batch_id))


def _drawn(prefix: str, count: int) -> set[str]:
    codes: set[str] = set()
    while len(codes) < count:
        codes.add(rules.random_code(prefix))
    return codes


def _open_for_codes(promotion_id: str) -> None:
    promotion = _kept(promotion_id)
    if promotion.is_automatic:
        raise PromotionAutomatic(promotion_id=promotion_id)
    if promotion.status == PromotionStatus.ENDED:
        raise PromotionEnded(promotion_id=promotion_id)


def _kept(promotion_id: str) -> Promotion:
    promotion = store.find_promotion(promotion_id)
    if promotion is None:
        raise PromotionNotFound(promotion_id=promotion_id)
    return promotion


def _coupon(code: str, promotion_id: str, *, uses: int | None, batch_id: str | None = None) -> Coupon:
    return Coupon.at(
        keys.coupon(code),
        code=code,
        promotion_id=promotion_id,
        batch_id=batch_id,
        limit=uses,
        uses_left=uses,
        gsi1pk=keys.coupons_of(batch_id or promotion_id),
        gsi1sk=code,
    )
