"""How is money counted? Whole minor units with their currency, rounded in one place."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

# ISO 4217 minor-unit digits of the currencies a shop may list prices in.
_MINOR_DIGITS = {"ETB": 2, "USD": 2, "EUR": 2, "KES": 2, "DJF": 0}
CURRENCIES = tuple(_MINOR_DIGITS)
# JSON numbers are exact up to here in every language (RFC 8259 section 6).
_MOST_MINOR = 2**53 - 1


@dataclass(frozen=True, order=False)
class Money:
    """An amount in whole minor units (santim for birr) of one ISO 4217 currency."""

    minor: int
    currency: str

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: Any) -> Any:
        """Give pydantic the one JSON shape, stored and on the wire: ``{"amount": 35000, "currency": "ETB"}``."""
        from pydantic_core import core_schema

        from chalicelib.core.wire import whole

        amount = core_schema.int_schema(strict=True, ge=-_MOST_MINOR, le=_MOST_MINOR)
        members = {
            "amount": core_schema.typed_dict_field(core_schema.no_info_before_validator_function(whole, amount)),
            "currency": core_schema.typed_dict_field(core_schema.literal_schema(list(CURRENCIES))),
        }
        shape = core_schema.typed_dict_schema(members, extra_behavior="forbid")
        read = core_schema.no_info_after_validator_function(
            lambda given: cls(given["amount"], given["currency"]), shape
        )
        return core_schema.json_or_python_schema(
            json_schema=read,
            python_schema=core_schema.union_schema([core_schema.is_instance_schema(cls), read]),
            serialization=core_schema.plain_serializer_function_ser_schema(cls.as_wire, return_schema=shape),
        )

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: Any, handler: Any) -> dict[str, Any]:
        """Describe the shape to people, with an amount that looks like one."""
        described: dict[str, Any] = handler(schema)
        described |= {
            "description": "Whole minor units (santim for birr) of an ISO 4217 currency.",
            "examples": [cls(35_000, "ETB").as_wire()],
        }
        return described

    def __post_init__(self) -> None:
        if self.currency not in _MINOR_DIGITS:
            raise ValueError(f"unknown currency {self.currency!r}")

    def __add__(self, other: "Money") -> "Money":
        return Money(self.minor + self._same_currency(other).minor, self.currency)

    def __sub__(self, other: "Money") -> "Money":
        return Money(self.minor - self._same_currency(other).minor, self.currency)

    def __mul__(self, count: int) -> "Money":
        return Money(self.minor * count, self.currency)

    def as_decimal(self) -> Decimal:
        """Return the amount in major units, with exactly the currency's digits."""
        return Decimal(self.minor).scaleb(-_MINOR_DIGITS[self.currency])

    def as_text(self) -> str:
        """Return the amount in major units as payment providers want it, e.g. ``"350.00"``."""
        return str(self.as_decimal())

    def as_wire(self) -> dict[str, Any]:
        """Return the one JSON shape of money, for facts that go out without a schema."""
        return {"amount": self.minor, "currency": self.currency}

    def _same_currency(self, other: "Money") -> "Money":
        if other.currency != self.currency:
            raise ValueError(f"cannot mix {self.currency} and {other.currency}")
        return other


def from_decimal(amount: Decimal, currency: str) -> Money:
    """Round an amount in major units HALF_UP to the currency's minor unit."""
    return Money(round_half_up(amount.scaleb(_MINOR_DIGITS[currency])), currency)


def round_half_up(number: Decimal) -> int:
    """Round to a whole number, halves away from zero: the one rounding rule of the shop."""
    return int(number.quantize(Decimal(1), rounding=ROUND_HALF_UP))


def percentage_of(amount: Money, percent: Decimal) -> Money:
    """Return that share of the amount, rounded to the minor unit."""
    return Money(round_half_up(Decimal(amount.minor) * percent / 100), amount.currency)


def total_of(amounts: Sequence[Money], currency: str) -> Money:
    """Add amounts up; an empty list is zero of the given currency."""
    return sum(amounts, start=Money(0, currency))


def allocate(amount: Money, weights: Sequence[int]) -> list[Money]:
    """Split an amount in proportion to weights so that the parts add up exactly (largest remainder).

    Ties go to the earlier part. With no weight at all, everything counts the same.
    """
    if not weights:
        raise ValueError("nothing to allocate to")
    shares = weights if any(weights) else [1] * len(weights)
    whole = sum(shares)
    parts = [divmod(abs(amount.minor) * share, whole) for share in shares]
    left_over = abs(amount.minor) - sum(part for part, _ in parts)
    by_remainder = sorted(range(len(parts)), key=lambda index: (-parts[index][1], index))
    winners = set(by_remainder[:left_over])
    sign = -1 if amount.minor < 0 else 1
    return [Money(sign * (part + (index in winners)), amount.currency) for index, (part, _) in enumerate(parts)]
