"""How are exchange rates stored? All of them in one item, so that an answer never mixes two days."""

from collections.abc import Mapping

from chalicelib.core.storage.attributes import UnicodeAttribute, ValueAttribute
from chalicelib.core.storage.table import VersionedItem
from chalicelib.pricing.rules import Rate, Rates, TaxRule


class ExchangeRates(VersionedItem, discriminator="exchange_rates"):
    """What one unit of ``base`` is worth in other currencies."""

    base = UnicodeAttribute()
    rates = ValueAttribute[Mapping[str, Rate]](Mapping[str, Rate])

    @property
    def known(self) -> Rates:
        """Return the rates as rules take them."""
        return Rates(self.base, self.rates)


class TaxTable(VersionedItem, discriminator="tax_rates"):
    """Every rule about tax, in one item, so that a checkout reads it beside what it sells."""

    rules = ValueAttribute[tuple[TaxRule, ...]](tuple[TaxRule, ...])
