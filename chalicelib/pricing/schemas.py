"""What do exchange rates look like on the wire?"""

from datetime import datetime
from typing import Annotated

from pydantic import Field, StringConstraints

from chalicelib.core.wire import Currency, Draft, View
from chalicelib.pricing.rules import RateOrigin

RateText = Annotated[
    str,
    StringConstraints(pattern=r"^([1-9][0-9]{0,5}(\.[0-9]{1,9})?|0\.[0-9]{0,8}[1-9])$"),
    Field(
        description="Above 0 and below 1,000,000; below 1 it does not end in 0.",
        examples=["0.0069", "128.5"],
    ),
]


class ExchangeRatesChange(Draft):
    """Rates that staff keep, and null for those that they let go of."""

    rates: Annotated[dict[Currency, RateText | None], Field(min_length=1)]


class ExchangeRateView(View):
    """How much of a currency one unit of the shop's own buys, since when, and who says so."""

    currency: str
    rate: str
    as_of: datetime
    origin: RateOrigin


class ExchangeRatesView(View):
    """All rates that the shop knows."""

    base: Annotated[str, Field(description="The shop's own currency.")]
    items: list[ExchangeRateView]
    next_cursor: None = None
