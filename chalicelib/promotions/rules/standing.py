"""Which promotions count today, and why does a code not count? Reasons are data; their texts are messages."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from chalicelib.pricing import rules as pricing
from chalicelib.promotions.rules.limits import Claim, Limits


class PromotionStatus(StrEnum):
    """Whether staff let it be. What has a time of its own begins and ends by that as well."""

    ACTIVE = "active"
    ENDED = "ended"


class WhyNot(StrEnum):
    """Why a code takes nothing off."""

    UNKNOWN = "unknown"
    NOT_YET = "not_yet"
    OVER = "over"
    USED_UP = "used_up"
    LIMIT_REACHED = "limit_reached"
    REPEATED = "repeated"  # another code leads to the same promotion
    TOO_MANY = "too_many"  # a purchase counts only a few limited ones
    OUT_OF_SCOPE = "out_of_scope"
    MINIMUM_NOT_REACHED = "minimum_not_reached"
    NOT_STACKABLE = "not_stackable"
    NO_EFFECT = "no_effect"


@dataclass(frozen=True)
class Refused:
    """A code that takes nothing off; ``facts`` fill the text of the reason."""

    code: str
    why: WhyNot
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class CouponStanding:
    """What is known of a code that exists: its promotion, and what is left. ``None`` is not counted."""

    code: str
    promotion: pricing.Promotion
    status: PromotionStatus
    limits: Limits
    code_uses_left: int | None
    uses_left: int | None
    used_by_customer: int

    @property
    def claim(self) -> Claim:
        """Return what a purchase that uses it counts."""
        return Claim(
            promotion_id=self.promotion.id,
            code=self.code,
            is_counted=self.limits.uses is not None,
            is_code_counted=self.code_uses_left is not None,
            uses_per_customer=self.limits.uses_per_customer,
        )

    def why_not(self, moment: str) -> WhyNot | None:
        """Return why it does not count at all, whatever the goods."""
        if self.status is PromotionStatus.ENDED:
            return WhyNot.OVER
        if (untimely := why_not_at(self.promotion, moment)) is not None:
            return untimely
        if 0 in (self.code_uses_left, self.uses_left):
            return WhyNot.USED_UP
        most = self.limits.uses_per_customer
        return WhyNot.LIMIT_REACHED if most is not None and self.used_by_customer >= most else None


@dataclass(frozen=True)
class Candidates:
    """The promotions that a quote chooses from, and the codes that do not count whatever the goods.

    ``claims`` are what the coupons among the promotions would count.
    """

    promotions: tuple[pricing.Promotion, ...] = ()
    refused: tuple[Refused, ...] = ()
    claims: tuple[Claim, ...] = ()

    @property
    def limited_ids(self) -> frozenset[str]:
        """Return the promotions whose uses are counted, of which few apply together."""
        return frozenset(each.promotion_id for each in self.claims if each.is_limited)


def why_not_at(promotion: pricing.Promotion, moment: str) -> WhyNot | None:
    """Return why a promotion does not run at a moment; ``None`` if it does."""
    if promotion.holds_at(moment):
        return None
    return WhyNot.OVER if promotion.ends_at is not None and promotion.ends_at <= moment else WhyNot.NOT_YET


def candidates(automatic: Iterable[pricing.Promotion], coupons: Sequence[CouponStanding], *, moment: str) -> Candidates:
    """Return what counts at a moment, each promotion by one code."""
    found, refused = [each for each in automatic if each.holds_at(moment)], []
    seen: set[str] = set()
    claims: list[Claim] = []
    for coupon in sorted(coupons, key=lambda each: (each.promotion.rank, each.code)):
        why = coupon.why_not(moment)
        if why is None and coupon.promotion.id in seen:
            why = WhyNot.REPEATED
        if why is not None:
            refused.append(Refused(coupon.code, why))
            continue
        seen.add(coupon.promotion.id)
        claims.append(coupon.claim)
        found.append(replace(coupon.promotion, code=coupon.code))
    return Candidates(tuple(found), tuple(refused), tuple(claims))


def why_not(
    found: Candidates, quote: pricing.Quote, *, lines: Sequence[pricing.Priceable], terms: pricing.Terms
) -> list[Refused]:
    """Return every code that took nothing off, with the reason; also those that would not count for any goods."""
    over = passed_over(found, quote, lines=lines, terms=terms)
    return [*found.refused, *(refused for promotion, refused in over if promotion.code is not None)]


def passed_over(
    found: Candidates, quote: pricing.Quote, *, lines: Sequence[pricing.Priceable], terms: pricing.Terms
) -> list[tuple[pricing.Promotion, Refused]]:
    """Return each candidate, automatic or not, that took nothing off these goods, with the reason."""
    ids = {each.promotion_id for each in quote.applied}
    applied = [each for each in found.promotions if each.id in ids]
    others = [each for each in found.promotions if each.id not in ids]
    return [
        (each, _passed_over(each, [one for one in applied if one.rank < each.rank], lines=lines, terms=terms))
        for each in others
    ]


def _passed_over(
    promotion: pricing.Promotion,
    stronger: Sequence[pricing.Promotion],
    *,
    lines: Sequence[pricing.Priceable],
    terms: pricing.Terms,
) -> Refused:
    code = promotion.code or ""
    within = [line for line in lines if pricing.is_for(promotion, line)]
    if not within:
        return Refused(code, WhyNot.OUT_OF_SCOPE)
    if promotion.minimum_spend is not None and not pricing.is_enough(promotion, within, terms):
        minimum = terms.in_currency(promotion.minimum_spend)
        facts = {"minimum": minimum.as_text(), "currency": minimum.currency}
        return Refused(code, WhyNot.MINIMUM_NOT_REACHED, facts)
    if stronger and not (promotion.is_stackable and all(each.is_stackable for each in stronger)):
        return Refused(code, WhyNot.NOT_STACKABLE)
    return Refused(code, WhyNot.NO_EFFECT if terms.has_room_for(promotion, stronger) else WhyNot.TOO_MANY)
