"""What is an amount in another currency? The rates that the shop knows, and one rounding."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Context, Decimal
from enum import StrEnum

from chalicelib.core.money import Money, from_decimal

# A rate by way of the base is cut to so many digits, and then shown and used as it is.
_CROSS = Context(prec=12, rounding=ROUND_HALF_UP)


class RateOrigin(StrEnum):
    """Who says what a currency is worth."""

    STAFF = "staff"
    FETCHED = "fetched"


@dataclass(frozen=True)
class Rate:
    """How much of a currency one unit of the shop's own buys, as decimal text, and as of when."""

    value: str
    as_of: str
    origin: RateOrigin


@dataclass(frozen=True)
class Conversion:
    """How an amount of one currency becomes one of another: at this rate, which is as old as ``as_of``."""

    source: str
    target: str
    rate: Decimal
    as_of: str

    @property
    def rate_text(self) -> str:
        """Return the rate as people write numbers, without an exponent."""
        return format(self.rate, "f")

    def of(self, amount: Money) -> Money:
        """Return the amount in the target currency, rounded once by that currency's digits."""
        if amount.currency != self.source:
            raise ValueError(f"cannot convert {amount.currency} by a rate for {self.source}")
        return from_decimal(amount.as_decimal() * self.rate, self.target)


@dataclass(frozen=True)
class Rates:
    """Every rate the shop knows; each says what one unit of ``base`` is worth."""

    base: str
    by_currency: Mapping[str, Rate] = field(default_factory=dict)

    def conversion(self, source: str, target: str) -> Conversion | None:
        """Return how to convert, by way of the base where neither is it; ``None`` where a rate is lacking."""
        known = [self.by_currency.get(currency) for currency in (source, target) if currency != self.base]
        if None in known:
            return None
        ages = [rate.as_of for rate in known if rate is not None]
        if source == target or not ages:
            return None
        rate = _CROSS.divide(self._worth(target), self._worth(source))
        return Conversion(source, target, rate, min(ages))

    def _worth(self, currency: str) -> Decimal:
        return Decimal(1) if currency == self.base else Decimal(self.by_currency[currency].value)
