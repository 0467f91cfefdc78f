"""Which prices is a reader told? Those of one moment."""

from dataclasses import dataclass
from datetime import datetime

from chalicelib.catalog import rules
from chalicelib.catalog.rules import CardPrice, PriceNow, ProductVariant
from chalicelib.core import clock


@dataclass(frozen=True)
class Prices:
    """The prices of one moment, for one answer."""

    now: datetime

    def of(self, variant: ProductVariant) -> PriceNow:
        """Return what a variant costs."""
        return _told(rules.price_of(variant, variant.price.currency, now=self.now))

    def of_card(self, card: CardPrice) -> PriceNow:
        """Return from how much on a card's product costs."""
        return _told(rules.price_on_card(card, card.courses[0].list_price.currency, now=self.now))


def prices_now() -> Prices:
    """Return the prices of this moment."""
    return Prices(clock.now())


def _told(found: PriceNow | None) -> PriceNow:
    if found is None:
        raise LookupError("something is not listed in its own currency")
    return found
