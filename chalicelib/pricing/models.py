"""How are exchange rates stored? All of them in one item, so that an answer never mixes two days."""

from collections.abc import Mapping

from chalicelib.core.storage.attributes import UnicodeAttribute, ValueAttribute
from chalicelib.core.storage.table import VersionedItem
from chalicelib.pricing.rules import Rate, Rates


class ExchangeRates(VersionedItem, discriminator="exchange_rates"):
    """What one unit of ``base`` is worth in other currencies."""

    base = UnicodeAttribute()
    rates = ValueAttribute[Mapping[str, Rate]](Mapping[str, Rate])

    @property
    def known(self) -> Rates:
        """Return the rates as rules take them."""
        return Rates(self.base, self.rates)
