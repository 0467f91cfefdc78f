"""How do prices look on the wire?"""

from datetime import datetime
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from chalicelib.core.money import CURRENCIES, Money
from chalicelib.core.wire import Currency, Draft, Moment, View

# A full cart of the dearest goods stays far below what JSON numbers can hold exactly.
_DEAREST_MINOR = 10_000_000_000


def _within_limits(price: Money) -> Money:
    if price.minor <= 0:
        raise PydanticCustomError("greater_than_equal", "Use {ge} or more.", {"ge": 1})
    if price.minor > _DEAREST_MINOR:
        raise PydanticCustomError("less_than_equal", "Use {le} or less.", {"le": _DEAREST_MINOR})
    return price


def _describe_limits(price: dict[str, Any]) -> None:
    price["properties"]["amount"] |= {"minimum": 1, "maximum": _DEAREST_MINOR}


def _of_one_currency_each(prices: list[Money]) -> list[Money]:
    if len({price.currency for price in prices}) < len(prices):
        raise PydanticCustomError("repeated", "Give this once.")
    return prices


Price = Annotated[Money, AfterValidator(_within_limits), Field(json_schema_extra=_describe_limits)]
OtherPrices = Annotated[
    list[Price],
    Field(max_length=len(CURRENCIES) - 1, description="The same in other currencies, each of them once."),
    AfterValidator(_of_one_currency_each),
]


ShownCurrency = Annotated[
    Currency | None,
    Field(description="Show prices in this currency; what is not listed in it is converted by the rate of the day."),
]


class PriceQuery(BaseModel):
    """In which currency prices are told."""

    model_config = ConfigDict(extra="forbid", defer_build=True)

    currency: ShownCurrency = None


class SaleDraft(Draft):
    """A lower price for a time: from `starts_at` until just before `ends_at`, with any offset, open where absent.

    In a listed currency that `other_prices` leaves out, the list price falls by the same share.
    """

    price: Price
    other_prices: OtherPrices = []
    starts_at: Moment | None = None
    ends_at: Moment | None = None

    @field_validator("ends_at")
    @classmethod
    def _ends_after_it_starts(cls, ends_at: str | None, given: ValidationInfo) -> str | None:
        starts_at = given.data.get("starts_at")
        if ends_at is not None and starts_at is not None and ends_at <= starts_at:
            raise PydanticCustomError("ends_too_soon", "It must end after it starts.")
        return ends_at


class PricesDraft(Draft):
    """What something costs: the list price, the same in other currencies, and a lower one for a time."""

    price: Price
    other_prices: OtherPrices = []
    sale: SaleDraft | None = None

    @field_validator("other_prices")
    @classmethod
    def _others_are_others(cls, others: list[Money], given: ValidationInfo) -> list[Money]:
        main = given.data.get("price")
        if main is not None and main.currency in {price.currency for price in others}:
            raise PydanticCustomError("repeated", "Give this once.")
        return others

    @field_validator("sale")
    @classmethod
    def _sale_is_lower(cls, sale: SaleDraft | None, given: ValidationInfo) -> SaleDraft | None:
        if sale is None or not {"price", "other_prices"} <= set(given.data):
            return sale
        main, others = given.data["price"], {each.currency: each for each in given.data["other_prices"]}
        if sale.price.currency != main.currency or not {each.currency for each in sale.other_prices} <= set(others):
            raise PydanticCustomError(
                "currency_not_listed", "Use the currencies of the list prices, the main one first."
            )
        lowered = [(sale.price, main), *((each, others[each.currency]) for each in sale.other_prices)]
        if any(reduced.minor >= listed.minor for reduced, listed in lowered):
            raise PydanticCustomError("sale_not_lower", "A sale price must be below the list price.")
        return sale


class DiscountView(View):
    """What is saved, and how many whole percent of the list price that are at least."""

    saved: Money
    percent: int


class ConversionView(View):
    """By which rate a price was converted from the currency that it is listed in, and how old that rate is."""

    currency: Annotated[str, Field(description="The currency that the price is listed in.")]
    rate: Annotated[str, Field(description="How much of the shown currency one unit of it buys.")]
    as_of: datetime


class VariantPriceView(View):
    """What a variant costs now. `list_price` is more while there is a `discount`."""

    price: Money
    list_price: Money
    discount: DiscountView | None
    sale_ends_at: Annotated[datetime | None, Field(description="When the price is the list price again.")]
    conversion: Annotated[ConversionView | None, Field(description="Null where the price is listed as it is shown.")]


class CardPriceView(View):
    """From how much a product costs now. `list_price_from` is more while there is a `discount`."""

    price_from: Money
    list_price_from: Money
    discount: DiscountView | None
    conversion: Annotated[ConversionView | None, Field(description="Null where the price is listed as it is shown.")]


class SaleView(View):
    """A sale as staff set it, whether it has begun or not."""

    price: Money
    other_prices: list[Money]
    starts_at: datetime | None
    ends_at: datetime | None


class PricesView(View):
    """What staff set of a variant's prices."""

    price: Money
    other_prices: list[Money]
    sale: SaleView | None
