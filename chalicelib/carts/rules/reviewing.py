"""What does a purchase still lack, and has the shopper seen what they are about to pay?"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from chalicelib.carts.rules.changes import ChangeKind, LineChange
from chalicelib.carts.rules.preparing import Preparation
from chalicelib.pricing.rules import Quote
from chalicelib.promotions.rules import Claim, Refused
from chalicelib.shipping.rules import DeliveryOption


class Missing(StrEnum):
    """What a checkout cannot do without."""

    LINES = "lines"
    EMAIL = "email"
    SHIPPING_ADDRESS = "shipping_address"
    REGION = "region"  # of the address: delivery or tax depends on it
    DELIVERY = "delivery"  # nobody delivers there, or not in the way that was chosen


@dataclass(frozen=True)
class Review:
    """What a purchase costs now, how it can go, and what stands in its way.

    There is no ``quote`` of nothing. ``refused`` are the codes that take nothing off, each with its reason,
    and ``claims`` what the others would count. Where ``is_region_needed`` the quote may change once it is told.
    """

    preparation: Preparation
    changes: Sequence[LineChange]
    quote: Quote | None
    options: Sequence[DeliveryOption] = ()
    refused: Sequence[Refused] = ()
    claims: Sequence[Claim] = ()
    is_region_needed: bool = False

    @property
    def gone(self) -> list[str]:
        """Return the SKUs that are not for sale any more."""
        return [each.line.sku for each in self.changes if each.kind is ChangeKind.NOT_FOR_SALE]

    @property
    def moved(self) -> list[LineChange]:
        """Return the prices that moved since the shopper put the goods in."""
        return [each for each in self.changes if each.kind is ChangeKind.PRICE_CHANGED]

    @property
    def is_as_seen(self) -> bool:
        """Tell whether no price moved, and whether every code that the cart shows counts."""
        return not self.moved and not self.refused

    @property
    def missing(self) -> list[Missing]:
        """Return what has still to be said, in the order in which shoppers are asked."""
        lacking = {
            Missing.LINES: self.quote is None,
            Missing.EMAIL: self.preparation.email is None,
            Missing.SHIPPING_ADDRESS: self.preparation.shipping_address is None,
            Missing.REGION: self.is_region_needed,
            Missing.DELIVERY: self._is_undeliverable,
        }
        return [each for each, is_lacking in lacking.items() if is_lacking]

    @property
    def _is_undeliverable(self) -> bool:
        is_placed = self.preparation.shipping_address is not None and not self.is_region_needed
        return is_placed and self.quote is not None and self.quote.delivery is None
