"""What is an amount in another currency? The rates that the shop knows, and one rounding."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Context, Decimal
from enum import StrEnum

from chalicelib.core.money import Money, from_decimal

# A rate by way of the base is cut to so many digits, and then shown and used as it is.
_CROSS = Context(prec=12, rounding=ROUND_HALF_UP)
_LOWEST, _HIGHEST = Decimal("0.000001"), Decimal(1_000_000)


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


@dataclass(frozen=True)
class Judged:
    """Which published rates are believed, and the currencies of those that are not."""

    taken: Mapping[str, Rate]
    refused: list[str]


def kept(rates: Mapping[str, Rate], wanted: Mapping[str, str | None], *, at: str) -> dict[str, Rate]:
    """Return the rates after staff kept some by hand, and let go of those that are wanted as ``None``."""
    by_hand = {currency: Rate(value, at, RateOrigin.STAFF) for currency, value in wanted.items() if value is not None}
    left = {currency: rate for currency, rate in rates.items() if currency not in wanted}
    return {**left, **by_hand}


def judged(
    rates: Mapping[str, Rate],
    published: Mapping[str, Decimal],
    *,
    wanted: Iterable[str],
    jump_percent: Decimal,
    as_of: str | None,
) -> Judged:
    """Judge published rates by those that are there. What staff keep stays, and what is not newer changes nothing.

    Not believed is what is missing, is no number within bounds, is a greater jump than that, or came from the future
    (``as_of`` is absent then).
    """
    taken: dict[str, Rate] = {}
    refused: list[str] = []
    for currency in wanted:
        present = rates.get(currency)
        if present is not None and (present.origin is RateOrigin.STAFF or _is_old(as_of, present)):
            continue
        value = published.get(currency)
        if as_of is None or value is None or not _is_sound(value, present, jump_percent):
            refused.append(currency)
        else:
            taken[currency] = Rate(format(_CROSS.plus(value).normalize(), "f"), as_of, RateOrigin.FETCHED)
    return Judged(taken, refused)


def _is_sound(value: Decimal, present: Rate | None, jump_percent: Decimal) -> bool:
    if not value.is_finite() or not _LOWEST <= value <= _HIGHEST:
        return False
    if present is None:
        return True
    before = Decimal(present.value)
    return abs(value - before) * 100 <= before * jump_percent


def _is_old(as_of: str | None, present: Rate) -> bool:
    return as_of is not None and as_of <= present.as_of
