"""What must a publisher of exchange rates be able to do? The port that adapters such as ExchangeRate-API's fill."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol


@dataclass(frozen=True)
class PublishedRates:
    """What one unit of a currency is worth in others, as of a second since 1970. Nobody has judged them yet."""

    published_seconds: int
    rates: Mapping[str, Decimal]


class RateSource(Protocol):
    """Each call may raise ``RatesUnavailable``."""

    def latest(self, base: str) -> PublishedRates:
        """Return the latest rates of a currency."""
