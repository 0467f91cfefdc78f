"""What does something cost at a moment, in a currency? Carts, checkouts, pages and lists all ask here.

The list price in a currency is the one that is listed, else the main one converted. A sale holds from ``starts_at``
until just before ``ends_at``. Its price is the one given for the currency, else the same share of that currency's
list price; it is never above the list price. What costs something costs something in every currency.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Protocol

from chalicelib.catalog.rules.products import Sale
from chalicelib.core import clock
from chalicelib.core.money import Money, round_half_up
from chalicelib.pricing.rules import Conversion, Rates

# How far ahead a card knows its price; changes beyond that come with the next refresh.
_STEPS_AHEAD = 3


class Priced(Protocol):
    """What must be known of goods to tell their price, whoever keeps them."""

    @property
    def price(self) -> Money: ...
    @property
    def other_prices(self) -> Sequence[Money]: ...
    @property
    def sale(self) -> Sale | None: ...


@dataclass(frozen=True)
class PriceNow:
    """What something costs at one moment, and without a sale. ``sale_ends_at`` is only there while one holds."""

    price: Money
    list_price: Money
    sale_ends_at: str | None = None
    conversion: Conversion | None = None

    @property
    def is_reduced(self) -> bool:
        return self.price.minor < self.list_price.minor

    @property
    def saved(self) -> Money:
        return self.list_price - self.price

    @property
    def saved_percent(self) -> int:
        """Return the whole percent that are saved, rounded down: never more is promised than is given."""
        return self.saved.minor * 100 // self.list_price.minor if self.list_price.minor else 0


@dataclass(frozen=True)
class PriceStep:
    """What the cheapest costs from a moment on; the first step has no beginning."""

    price: Money
    starts_at: str | None = None


@dataclass(frozen=True)
class PriceCourse:
    """The lowest price of some variants in one currency: without a sale, and as it goes over time."""

    list_price: Money
    steps: tuple[PriceStep, ...]

    def at(self, now: datetime) -> Money:
        """Return the lowest price at a moment that is not before this was made."""
        moment = clock.as_text(now)
        return next(step.price for step in reversed(self.steps) if step.starts_at is None or step.starts_at <= moment)


@dataclass(frozen=True)
class CardPrice:
    """What a card must know to tell its price until it is made anew, which is due when a sale begins or ends.

    The first course is in the main currency, the others in those in which every variant is listed.
    """

    courses: tuple[PriceCourse, ...]
    is_on_sale: bool = False
    changes_at: str | None = None


def price_of(goods: Priced, currency: str, *, now: datetime, rates: Rates | None = None) -> PriceNow | None:
    """Return what something costs; ``None`` if it is not listed in the currency and no rate is known for it.

    Without ``rates`` only listed prices are told, as is right wherever something is charged.
    """
    listed, moment = _listed(goods, currency), clock.as_text(now)
    if listed is not None:
        return _price(goods, listed, moment)
    conversion = rates.conversion(goods.price.currency, currency) if rates else None
    return _converted(_price(goods, goods.price, moment), conversion) if conversion else None


def price_of_card(variants: Sequence[Priced], now: datetime) -> CardPrice:
    """Return what a card tells of the variants that are for sale; they share their main currency."""
    main = variants[0].price.currency
    others = [each.currency for each in variants[0].other_prices]
    shared = [each for each in others if all(_listed(variant, each) for variant in variants)]
    moments = [clock.as_text(now), *_changes(variants, clock.as_text(now))]
    return CardPrice(
        courses=tuple(_course(variants, currency, moments) for currency in (main, *shared)),
        is_on_sale=any(_price(each, each.price, moments[0]).is_reduced for each in variants),
        changes_at=moments[1] if len(moments) > 1 else None,
    )


def price_on_card(card: CardPrice, currency: str, *, now: datetime, rates: Rates | None = None) -> PriceNow | None:
    """Return from how much on a card's product costs at a moment, as ``price_of`` does."""
    for course in card.courses:
        if course.list_price.currency == currency:
            return PriceNow(course.at(now), course.list_price)
    main = card.courses[0]
    conversion = rates.conversion(main.list_price.currency, currency) if rates else None
    return _converted(PriceNow(main.at(now), main.list_price), conversion) if conversion else None


def next_change(goods: Iterable[Priced], now: datetime) -> str | None:
    """Return the next moment at which a sale begins or ends."""
    return next(iter(_changes(goods, clock.as_text(now))), None)


def _listed(goods: Priced, currency: str) -> Money | None:
    return next((each for each in (goods.price, *goods.other_prices) if each.currency == currency), None)


def _price(goods: Priced, listed: Money, moment: str) -> PriceNow:
    sale = goods.sale
    if sale is None or not _holds(sale, moment):
        return PriceNow(listed, listed)
    price = _reduced(sale, goods.price, listed)
    return PriceNow(price, listed, sale.ends_at if price != listed else None)


def _holds(sale: Sale, moment: str) -> bool:
    """Tell whether a sale holds at a moment. Texts of moments in UTC sort as time does."""
    has_begun = sale.starts_at is None or sale.starts_at <= moment
    return has_begun and (sale.ends_at is None or moment < sale.ends_at)


def _reduced(sale: Sale, main: Money, listed: Money) -> Money:
    given = next((each for each in (sale.price, *sale.other_prices) if each.currency == listed.currency), None)
    wanted = round_half_up(Decimal(listed.minor * sale.price.minor) / main.minor) if given is None else given.minor
    return Money(min(max(wanted, 1), listed.minor), listed.currency)


def _converted(found: PriceNow, conversion: Conversion) -> PriceNow:
    price, list_price = (_something(each, conversion.of(each)) for each in (found.price, found.list_price))
    return PriceNow(price, list_price, found.sale_ends_at if price != list_price else None, conversion)


def _something(source: Money, converted: Money) -> Money:
    """Return what was converted, but the smallest coin where what costs something would cost nothing."""
    return Money(max(converted.minor, min(source.minor, 1)), converted.currency)


def _changes(goods: Iterable[Priced], after: str) -> list[str]:
    """Return the moments after one at which sales begin or end, in order."""
    sales = [each.sale for each in goods if each.sale is not None]
    moments = {moment for sale in sales for moment in (sale.starts_at, sale.ends_at) if moment is not None}
    return sorted(moment for moment in moments if moment > after)


def _course(variants: Sequence[Priced], currency: str, moments: Sequence[str]) -> PriceCourse:
    """Follow the lowest price from moment to moment. Where that leads too far, it ends at the list price."""
    goods = [(each, listed) for each in variants if (listed := _listed(each, currency)) is not None]
    list_price = _lowest(listed for _, listed in goods)
    steps: list[PriceStep] = []
    for moment in moments:
        lowest = _lowest(_price(each, listed, moment).price for each, listed in goods)
        if not steps or lowest != steps[-1].price:
            steps.append(PriceStep(lowest, moment if steps else None))
    if len(steps) > _STEPS_AHEAD + 1:
        steps = [*steps[:_STEPS_AHEAD], PriceStep(list_price, steps[_STEPS_AHEAD].starts_at)]
    return PriceCourse(list_price, tuple(steps))


def _lowest(prices: Iterable[Money]) -> Money:
    return min(prices, key=lambda price: price.minor)
