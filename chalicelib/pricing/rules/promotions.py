"""What is a promotion, which goods is it for, and when does it hold?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from chalicelib.core.money import Money

_ALL = Decimal(100)


class PromotionKind(StrEnum):
    """What a promotion gives."""

    PERCENTAGE = "percentage"
    FIXED = "fixed"
    FREE_SHIPPING = "free_shipping"
    BUY_X_GET_Y = "buy_x_get_y"


@dataclass(frozen=True)
class Scope:
    """Which goods a promotion is for: those that any list names, and all goods where all lists are empty.

    A category names what lies in the categories below it too.
    """

    product_ids: frozenset[str] = frozenset()
    category_ids: frozenset[str] = frozenset()
    brand_ids: frozenset[str] = frozenset()
    vendor_ids: frozenset[str] = frozenset()

    @property
    def is_everything(self) -> bool:
        return not (self.product_ids or self.category_ids or self.brand_ids or self.vendor_ids)

    def holds(self, *, product_id: str, vendor_id: str, brand_id: str | None, category_ids: Sequence[str]) -> bool:
        """Tell whether some goods are in it; ``category_ids`` are theirs with all that those lie in."""
        return (
            self.is_everything
            or product_id in self.product_ids
            or vendor_id in self.vendor_ids
            or brand_id in self.brand_ids
            or not self.category_ids.isdisjoint(category_ids)
        )


@dataclass(frozen=True)
class Promotion:
    """What is taken off, of which goods, and when. Raises ``ValueError`` for one that says nothing sensible.

    ``percentage`` and ``buy_x_get_y`` have a ``percent``, ``fixed`` an ``amount``. Of each ``buy_quantity`` and
    ``get_quantity`` units together, so many are reduced as ``get_quantity`` says. ``minimum_spend`` is what the goods
    in scope cost at least, before any discount. ``code`` is the coupon that brought it, ``None`` for an automatic one.
    """

    id: str
    name: Mapping[str, str]
    kind: PromotionKind
    percent: Decimal | None = None
    amount: Money | None = None
    buy_quantity: int | None = None
    get_quantity: int | None = None
    scope: Scope = field(default_factory=Scope)
    minimum_spend: Money | None = None
    starts_at: str | None = None
    ends_at: str | None = None
    priority: int = 0
    is_stackable: bool = False
    code: str | None = None

    def __post_init__(self) -> None:
        if not _IS_SENSIBLE[self.kind](self):
            raise ValueError(f"{self.id} is no {self.kind} promotion")

    @property
    def rank(self) -> tuple[int, str, str]:
        """Return what promotions are sorted by: the highest priority first, then the oldest."""
        return (-self.priority, self.id, self.code or "")

    def is_in(self, currency: str) -> bool:
        """Tell whether every amount that it names is in a currency; the shop's may have changed since then."""
        return all(each is None or each.currency == currency for each in (self.amount, self.minimum_spend))

    def holds_at(self, moment: str) -> bool:
        """Tell whether it runs, from ``starts_at`` until just before ``ends_at``. Texts in UTC sort as time does."""
        has_begun = self.starts_at is None or self.starts_at <= moment
        return has_begun and (self.ends_at is None or moment < self.ends_at)


def _has_percent(promotion: Promotion) -> bool:
    return promotion.percent is not None and 0 < promotion.percent <= _ALL


def _has_amount(promotion: Promotion) -> bool:
    return promotion.amount is not None and promotion.amount.minor > 0


def _has_groups(promotion: Promotion) -> bool:
    return min(promotion.buy_quantity or 0, promotion.get_quantity or 0) > 0 and _has_percent(promotion)


_IS_SENSIBLE = {
    PromotionKind.PERCENTAGE: _has_percent,
    PromotionKind.FIXED: _has_amount,
    PromotionKind.FREE_SHIPPING: lambda promotion: True,
    PromotionKind.BUY_X_GET_Y: _has_groups,
}
