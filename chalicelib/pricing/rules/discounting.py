"""What do promotions take off these goods? Line by line, one after the other, never more than a line costs.

The first promotion that applies decides: if it is not stackable nothing else applies, and if it is, those that are
not are passed over. Each works on what those before it left of a line.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from chalicelib.core import clock
from chalicelib.core.money import Money, allocate, round_half_up
from chalicelib.pricing.rules.promotions import Promotion, PromotionKind
from chalicelib.pricing.rules.quotes import Priceable, Terms, subtotal_of

# Each leaves a mark on every line of a quote, which has to fit one item with the order.
APPLIED_LIMIT = 5


@dataclass(frozen=True)
class Reduction:
    """What a promotion takes off each line, in minor units; nothing at all where it gives free delivery."""

    promotion: Promotion
    off: Sequence[int]

    @property
    def frees_delivery(self) -> bool:
        return self.promotion.kind is PromotionKind.FREE_SHIPPING


@dataclass(frozen=True)
class _Goods:
    """The lines that a promotion is for, by their place, and what is left of all lines."""

    lines: Sequence[Priceable]
    within: Sequence[int]
    left: Sequence[int]


def reductions(
    lines: Sequence[Priceable], promotions: Sequence[Promotion], terms: Terms, *, with_delivery: bool = True
) -> list[Reduction]:
    """Return what promotions take off, in the order in which they apply; at most ``APPLIED_LIMIT`` do.

    Without delivery those that would make it free are passed over.
    """
    moment = clock.as_text(terms.at)
    left = [subtotal_of(line).minor for line in lines]
    applied: list[Reduction] = []
    for promotion in _in_order(promotions):
        frees_delivery = promotion.kind is PromotionKind.FREE_SHIPPING
        if (applied and not promotion.is_stackable) or (frees_delivery and not with_delivery):
            continue
        if not terms.has_room_for(promotion, (each.promotion for each in applied)):
            continue
        within = [place for place, line in enumerate(lines) if is_for(promotion, line)]
        if not promotion.holds_at(moment) or not is_enough(promotion, [lines[place] for place in within], terms):
            continue
        off = _TAKES[promotion.kind](promotion, _Goods(lines, within, left), terms)
        if not frees_delivery and not any(off):
            continue
        applied.append(Reduction(promotion, off))
        left = [rest - taken for rest, taken in zip(left, off, strict=True)]
        if not promotion.is_stackable or len(applied) == APPLIED_LIMIT:
            break
    return applied


def is_for(promotion: Promotion, line: Priceable) -> bool:
    """Tell whether a line is among the goods that a promotion is for."""
    return promotion.scope.holds(
        product_id=line.product_id,
        vendor_id=line.vendor_id,
        brand_id=line.brand_id,
        category_ids=line.category_ids,
    )


def is_enough(promotion: Promotion, within: Sequence[Priceable], terms: Terms) -> bool:
    """Tell whether there are goods in scope, and they cost what a promotion demands before any discount."""
    spent = sum(subtotal_of(line).minor for line in within)
    minimum = promotion.minimum_spend
    return bool(within) and (minimum is None or spent >= terms.in_currency(minimum).minor)


def _in_order(promotions: Sequence[Promotion]) -> list[Promotion]:
    """Return promotions as they have their turn; one that several coupons brought has one turn."""
    ranked = sorted(promotions, key=lambda promotion: promotion.rank, reverse=True)
    first = {promotion.id: promotion for promotion in ranked}
    return sorted(first.values(), key=lambda promotion: promotion.rank)


def _percentage(promotion: Promotion, goods: _Goods, terms: Terms) -> list[int]:
    off = [0] * len(goods.left)
    for place in goods.within:
        off[place] = _percent_of(goods.left[place], promotion)
    return off


def _fixed(promotion: Promotion, goods: _Goods, terms: Terms) -> list[int]:
    """Share an amount out over what is left of the goods in scope, by largest remainder."""
    if promotion.amount is None:
        raise ValueError(f"{promotion.id} has no amount")
    weights = [goods.left[place] for place in goods.within]
    amount = min(terms.in_currency(promotion.amount).minor, sum(weights))
    off = [0] * len(goods.left)
    for place, share in zip(goods.within, allocate(Money(amount, terms.currency), weights), strict=True):
        off[place] = share.minor
    return off


def _free_shipping(promotion: Promotion, goods: _Goods, terms: Terms) -> list[int]:
    return [0] * len(goods.left)


def _buy_x_get_y(promotion: Promotion, goods: _Goods, terms: Terms) -> list[int]:
    """Reduce the cheapest units: as many as whole groups of bought and got units there are in scope."""
    bought, got = promotion.buy_quantity or 0, promotion.get_quantity or 0
    waiting = sum(goods.lines[place].quantity for place in goods.within) // (bought + got) * got
    off = [0] * len(goods.left)
    for place in sorted(goods.within, key=lambda place: (goods.lines[place].unit_price.minor, place)):
        quantity = goods.lines[place].quantity
        units = min(waiting, quantity)
        off[place] = _percent_of(goods.left[place], promotion, units, of=quantity)
        waiting -= units
    return off


def _percent_of(left: int, promotion: Promotion, units: int = 1, *, of: int = 1) -> int:
    """Return the promotion's percentage of some units' part of what is left of a line, rounded once."""
    return round_half_up(left * units * (promotion.percent or Decimal(0)) / (100 * of))


_TAKES: dict[PromotionKind, Callable[[Promotion, _Goods, Terms], Sequence[int]]] = {
    PromotionKind.PERCENTAGE: _percentage,
    PromotionKind.FIXED: _fixed,
    PromotionKind.FREE_SHIPPING: _free_shipping,
    PromotionKind.BUY_X_GET_Y: _buy_x_get_y,
}
