"""Which prices is a reader told? Those of one moment, in the currency that was asked for."""

from dataclasses import dataclass
from datetime import datetime

from chalicelib.catalog import rules
from chalicelib.catalog.rules import CardPrice, PriceNow, ProductVariant
from chalicelib.core import clock
from chalicelib.pricing import service as pricing
from chalicelib.pricing.errors import RateUnknown


@dataclass(frozen=True)
class Prices:
    """The prices of one moment, for one answer; without a ``currency`` each in the one that it is listed in first.

    What is not listed in the currency is converted, by rates that are read only then. Raises ``RateUnknown``.
    """

    now: datetime
    currency: str | None = None

    def of(self, variant: ProductVariant) -> PriceNow:
        """Return what a variant costs."""
        currency = self.currency or variant.price.currency
        found = rules.price_of(variant, currency, now=self.now)
        found = found or rules.price_of(variant, currency, now=self.now, rates=pricing.known_rates())
        return _told(found, currency)

    def of_card(self, card: CardPrice) -> PriceNow:
        """Return from how much on a card's product costs."""
        currency = self.currency or card.courses[0].list_price.currency
        found = rules.price_on_card(card, currency, now=self.now)
        found = found or rules.price_on_card(card, currency, now=self.now, rates=pricing.known_rates())
        return _told(found, currency)


def prices_now(currency: str | None = None) -> Prices:
    """Return the prices of this moment."""
    return Prices(clock.now(), currency)


def _told(found: PriceNow | None, currency: str) -> PriceNow:
    if found is None:
        raise RateUnknown(currency=currency)
    return found
