"""Which promotions does a quote choose from, and what will a purchase by it count?

Automatic promotions and coupons are read together with whatever else the caller reads, by the keys given out here.
Only where there are coupons, what they lead to is read after that.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from chalicelib.core import clock
from chalicelib.core.settings import settings
from chalicelib.core.storage import promotion_keys as keys
from chalicelib.core.storage.key import Key
from chalicelib.core.storage.table import Item
from chalicelib.pricing import rules as pricing
from chalicelib.promotions import rules, store
from chalicelib.promotions.models import AutomaticPromotions, Coupon, CustomerUses, Promotion, PromotionUses
from chalicelib.promotions.rules import (
    Candidates,
    Claim,
    Claims,
    CouponStanding,
    PromotionStatus,
    Refused,
    WhyNot,
    normalised,
)


def candidate_keys(codes: Iterable[str]) -> list[Key]:
    """Return what has to be read for ``candidates``, for those who read it with something else."""
    return [keys.automatic_promotions(), *map(keys.coupon, _spelt(codes))]


def candidates(
    codes: Iterable[str],
    *,
    found: Iterable[Item] | None = None,
    subjects: Sequence[str] = (),
    at: datetime | None = None,
) -> Candidates:
    """Return the promotions that a quote chooses from, and why some codes do not count whatever the goods.

    ``found`` are the items at ``candidate_keys``, if the caller has read them, among any others; otherwise that is 1
    BatchGetItem. Coupons take 1 more. With ``subjects`` (who buys, as ``subjects_of`` tells) limits for each customer
    are looked at.
    """
    wanted = _spelt(codes)
    items = list(store.automatic_with_coupons(candidate_keys(wanted)) if found is None else found)
    coupons = {each.code: each for each in items if isinstance(each, Coupon) and each.code in wanted}
    automatic = [each for item in items if isinstance(item, AutomaticPromotions) for each in item.promotions]
    standings = _standings(coupons, subjects)
    chosen = rules.candidates(
        [each for each in automatic if each.is_in(settings.shop_currency)],
        [each for each in standings if each.promotion.is_in(settings.shop_currency)],
        moment=clock.as_text(at or clock.now()),
    )
    return replace(chosen, refused=(*_out_of_use(wanted, standings), *chosen.refused))


def claims_of(quote: pricing.Quote, claims: Iterable[Claim], *, subjects: Sequence[str]) -> Claims:
    """Return what a purchase by this quote counts, of what the candidates that it chose from would.

    It is frozen beside the quote; ``take`` is given it with each reservation.
    """
    used = {each.code for each in quote.applied}
    return rules.claims((each for each in claims if each.code in used), subjects)


def _out_of_use(codes: Iterable[str], standings: Sequence[CouponStanding]) -> Iterator[Refused]:
    """Return the codes that lead nowhere, and those of amounts in a currency that is the shop's no more."""
    promotions = {each.code: each.promotion for each in standings}
    for code in codes:
        if code not in promotions:
            yield Refused(code, WhyNot.UNKNOWN)
        elif not promotions[code].is_in(settings.shop_currency):
            yield Refused(code, WhyNot.NO_EFFECT)


def _standings(coupons: dict[str, Coupon], subjects: Sequence[str]) -> list[CouponStanding]:
    if not coupons:
        return []
    found = store.standings((each.promotion_id for each in coupons.values()), subjects)
    promotions = {each.promotion_id: each for each in found if isinstance(each, Promotion)}
    left = {each.promotion_id: each.uses_left for each in found if isinstance(each, PromotionUses)}
    used: dict[str, int] = {}
    for each in found:
        if isinstance(each, CustomerUses):
            used[each.promotion_id] = max(each.uses, used.get(each.promotion_id, 0))
    return [
        _standing(each, promotions[each.promotion_id], left=left, used=used)
        for each in coupons.values()
        if each.promotion_id in promotions
    ]


def _standing(coupon: Coupon, promotion: Promotion, *, left: dict[str, int], used: dict[str, int]) -> CouponStanding:
    is_counted = promotion.limits.uses is not None
    return CouponStanding(
        code=coupon.code,
        promotion=promotion.terms,
        status=PromotionStatus(promotion.status),
        limits=promotion.limits,
        code_uses_left=coupon.uses_left,
        uses_left=left.get(promotion.promotion_id) if is_counted else None,
        used_by_customer=used.get(promotion.promotion_id, 0),
    )


def _spelt(codes: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(spelt for spelt in map(normalised, codes) if spelt))
