"""How do staff define, change and end promotions? What is automatic is listed in one item, in the same transaction."""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

from chalicelib.core import audit, clock, ids
from chalicelib.core.errors import demand_version
from chalicelib.core.settings import settings
from chalicelib.core.storage import promotion_keys as keys
from chalicelib.core.storage import transactions
from chalicelib.core.storage.table import Slice
from chalicelib.core.storage.transactions import StaleItem, Work
from chalicelib.pricing import rules as pricing
from chalicelib.promotions import store
from chalicelib.promotions.errors import (
    AutomaticPromotionsFull,
    LimitBelowUses,
    PromotionAutomatic,
    PromotionCurrency,
    PromotionEnded,
    PromotionNotFound,
)
from chalicelib.promotions.models import AutomaticPromotions, Promotion, PromotionUses
from chalicelib.promotions.rules import Limits, PromotionStatus
from chalicelib.promotions.schemas import PromotionChange, PromotionDraft, terms_of

_ID_PREFIX = "prm"


@dataclass(frozen=True)
class KeptPromotion:
    """A promotion as staff see it, and how many of its uses are left where those are limited."""

    promotion: Promotion
    uses_left: int | None


def all_promotions(*, after: str | None, limit: int) -> Slice[Promotion]:
    """Return a page of the promotions, newest first: 1 Query."""
    return store.promotions(after=after, limit=limit)


def get_promotion(promotion_id: str) -> KeptPromotion:
    """Return a promotion with what is left of it: 1 BatchGetItem. Raises ``PromotionNotFound``."""
    promotion, uses = _found(promotion_id)
    is_counted = promotion.limits.uses is not None and uses is not None
    return KeptPromotion(promotion, uses.uses_left if uses is not None and is_counted else None)


def create_promotion(draft: PromotionDraft) -> KeptPromotion:
    """Define a promotion: it counts from its beginning on, an automatic one for everybody.

    Raises ``PromotionAutomatic`` for limits of an automatic one, ``PromotionCurrency`` and ``AutomaticPromotionsFull``.
    """
    promotion_id = ids.new(_ID_PREFIX)
    promotion = Promotion.at(
        keys.promotion(promotion_id),
        promotion_id=promotion_id,
        status=PromotionStatus.ACTIVE,
        is_automatic=draft.is_automatic,
        terms=terms_of(promotion_id, draft),
        limits=draft.limits_wanted,
        created_at=clock.as_text(clock.now()),
    )
    demand_sensible(promotion.terms, promotion.limits, is_automatic=promotion.is_automatic)
    with transactions.write() as work:
        work.save(promotion)
        _list(work, promotion)
        if promotion.limits.uses is not None:
            work.create(_counter(promotion, promotion.limits.uses))
    audit.changed({}, _told_of(promotion))
    return KeptPromotion(promotion, promotion.limits.uses)


def change_promotion(promotion_id: str, change: PromotionChange, *, if_version: int | None) -> KeptPromotion:
    """Put other terms and limits in the place of those that were read; uses so far count on.

    Raises ``PromotionNotFound``, ``PreconditionFailed``, ``PromotionEnded``, ``LimitBelowUses``, and what creating one
    refuses.
    """
    promotion, uses = _found(promotion_id)
    demand_version(if_version, promotion.version)
    if promotion.status == PromotionStatus.ENDED:
        raise PromotionEnded(promotion_id=promotion_id)
    before = _told_of(promotion)
    promotion.terms, promotion.limits = terms_of(promotion_id, change), change.limits_wanted
    demand_sensible(promotion.terms, promotion.limits, is_automatic=promotion.is_automatic)
    with transactions.write() as work:
        work.save(promotion)
        _list(work, promotion)
        left = _limit(work, promotion, uses)
    audit.changed(before, _told_of(promotion))
    return KeptPromotion(promotion, left)


def end_promotion(promotion_id: str, *, if_version: int | None) -> None:
    """End a promotion for good, and its codes with it at once; what checkouts hold of it stays as it was frozen.

    Again is done already. Raises ``PromotionNotFound`` or ``PreconditionFailed``.
    """
    promotion, _ = _found(promotion_id)
    demand_version(if_version, promotion.version)
    if promotion.status == PromotionStatus.ENDED:
        return
    before = _told_of(promotion)
    promotion.status = PromotionStatus.ENDED
    with transactions.write() as work:
        work.save(promotion)
        _list(work, promotion)
    audit.changed(before, _told_of(promotion))


def demand_sensible(terms: pricing.Promotion, limits: Limits, *, is_automatic: bool) -> None:
    """Raise ``PromotionAutomatic`` for limits of an automatic one, and ``PromotionCurrency`` for foreign amounts."""
    if is_automatic and limits != Limits():
        raise PromotionAutomatic(promotion_id=terms.id)
    if not terms.is_in(settings.shop_currency):
        raise PromotionCurrency(currency=settings.shop_currency)


def _found(promotion_id: str) -> tuple[Promotion, PromotionUses | None]:
    promotion, uses = store.promotion_with_uses(promotion_id)
    if promotion is None:
        raise PromotionNotFound(promotion_id=promotion_id)
    return promotion, uses


def _list(work: Work, promotion: Promotion) -> None:
    """Bring the list of automatic promotions up to date; those whose time is over leave it on the way."""
    if not promotion.is_automatic:
        return
    listed = store.find_automatic() or AutomaticPromotions.at(keys.automatic_promotions(), promotions=[])
    now = clock.as_text(clock.now())
    kept = [each for each in listed.promotions if each.id != promotion.promotion_id]
    if promotion.status == PromotionStatus.ACTIVE:
        kept.append(promotion.terms)
    listed.promotions = [each for each in kept if each.ends_at is None or each.ends_at > now]
    if len(listed.promotions) > settings.automatic_promotions_limit:
        raise AutomaticPromotionsFull(limit=settings.automatic_promotions_limit, unit="promotions")
    if _stored_bytes(listed.promotions) > settings.automatic_promotions_limit_bytes:
        raise AutomaticPromotionsFull(limit=settings.automatic_promotions_limit_bytes, unit="bytes")
    work.save(listed)


def _stored_bytes(promotions: list[pricing.Promotion]) -> int:
    return len(AutomaticPromotions.promotions.serialize(promotions).encode())


def _limit(work: Work, promotion: Promotion, uses: PromotionUses | None) -> int | None:
    """Move what is left by as much as the limit moves; return it. Uses that nobody limits are not counted."""
    limit = promotion.limits.uses
    if limit is None:
        return None
    if uses is None:
        work.create(_counter(promotion, limit))
        return limit
    moved = limit - uses.limit
    if moved:
        work.update(
            uses,
            [PromotionUses.limit.set(limit), PromotionUses.uses_left.set(PromotionUses.uses_left + moved)],
            when=(PromotionUses.limit == uses.limit) & (PromotionUses.uses_left >= -moved),
            refusal=_below_uses(uses.limit, limit),
        )
    return uses.uses_left + moved


def _below_uses(was: int, limit: int) -> Callable[[PromotionUses | None], Exception]:
    def refusal(found: PromotionUses | None) -> Exception:
        if found is None or found.limit != was:
            return StaleItem("the limit was changed")
        return LimitBelowUses(limit=limit, used=found.limit - found.uses_left)

    return refusal


def _counter(promotion: Promotion, limit: int) -> PromotionUses:
    key = keys.promotion_uses(promotion.promotion_id)
    return PromotionUses.at(key, promotion_id=promotion.promotion_id, limit=limit, uses_left=limit)


def _told_of(promotion: Promotion) -> dict[str, Any]:
    """Return what the audit trail is told of a promotion."""
    told: dict[str, Any] = pricing_told(promotion.terms)
    return {"status": promotion.status, "is_automatic": promotion.is_automatic, **told, **asdict(promotion.limits)}


def pricing_told(terms: pricing.Promotion) -> dict[str, Any]:
    """Return the terms of a promotion as plain values."""
    amounts = {"amount": terms.amount, "minimum_spend": terms.minimum_spend}
    return {
        "name": dict(terms.name),
        "kind": terms.kind,
        "percent": None if terms.percent is None else str(terms.percent),
        **{name: None if each is None else each.as_wire() for name, each in amounts.items()},
        "buy_quantity": terms.buy_quantity,
        "get_quantity": terms.get_quantity,
        "scope": {name: sorted(each) for name, each in vars(terms.scope).items()},
        "starts_at": terms.starts_at,
        "ends_at": terms.ends_at,
        "priority": terms.priority,
        "is_stackable": terms.is_stackable,
    }
