"""What do these goods cost? One pure function from goods and terms to a quote whose parts add up exactly.

In this order: the price of the goods, promotions, what delivery costs for what is left, promotions of free delivery,
each line's share of delivery, and tax. Every line carries its own part of everything, rounded HALF_UP once or shared
by largest remainder, so that returning one line later gives back precisely what it cost.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from chalicelib.core.money import Money, allocate, total_of
from chalicelib.pricing.rules.discounting import Reduction, reductions
from chalicelib.pricing.rules.quotes import (
    AppliedPromotion,
    LineDiscount,
    Priceable,
    Quote,
    QuoteLine,
    Terms,
    subtotal_of,
)
from chalicelib.pricing.rules.taxes import percent_for, percent_for_shipping
from chalicelib.pricing.rules.taxing import line_tax, taxes_of
from chalicelib.shipping.rules import DeliveryOption, MethodKind, Parcel, options


@dataclass(frozen=True)
class _Decided:
    """Which promotions apply, and how the goods go."""

    reductions: Sequence[Reduction]
    delivery: DeliveryOption | None

    @property
    def is_freed(self) -> bool:
        return any(each.frees_delivery for each in self.reductions)


def quote(lines: Sequence[Priceable], terms: Terms) -> Quote:
    """Price some goods. The order of ``terms.promotions`` makes no difference.

    ``delivery`` is absent while no destination is known, and where nobody delivers such a parcel that way.
    Raises ``ValueError`` for no lines at all, and for prices in another currency than the terms'.
    """
    if not lines:
        raise ValueError("no goods to price")
    decided = _decided(lines, terms)
    quoted = _lines(lines, decided, terms)
    return Quote(
        lines=quoted,
        subtotal=_sum(quoted, terms, lambda line: line.subtotal),
        discount=_sum(quoted, terms, lambda line: line.discount),
        shipping=_sum(quoted, terms, lambda line: line.shipping),
        tax=_sum(quoted, terms, lambda line: line.tax),
        total=_sum(quoted, terms, lambda line: line.total),
        prices_include_tax=terms.prices_include_tax,
        applied=_applied(decided, terms),
        taxes=taxes_of(quoted, terms.currency, is_included=terms.prices_include_tax),
        delivery=decided.delivery,
        rate=terms.conversion.rate_text if terms.conversion else None,
        rate_as_of=terms.conversion.as_of if terms.conversion else None,
    )


def delivery_options(lines: Sequence[Priceable], terms: Terms) -> list[DeliveryOption]:
    """Return the ways in which these goods can go, the cheapest first, before a promotion makes one free."""
    return _options(lines, _decided(lines, terms).reductions, terms)


def _decided(lines: Sequence[Priceable], terms: Terms) -> _Decided:
    """Decide on promotions and delivery.

    Free delivery is worth nothing where delivery costs nothing: then it does not keep others from applying, unless
    those would make the delivery cost something.
    """
    decided = _settled(lines, terms, with_delivery=True)
    if not decided.is_freed or decided.delivery is None or decided.delivery.charge.minor:
        return decided
    without = _settled(lines, terms, with_delivery=False)
    stays_free = without.delivery is not None and not without.delivery.charge.minor
    return without if stays_free else decided


def _settled(lines: Sequence[Priceable], terms: Terms, *, with_delivery: bool) -> _Decided:
    found = reductions(lines, terms.promotions, terms, with_delivery=with_delivery)
    return _Decided(found, _taken(_options(lines, found, terms), terms.method_id))


def _taken(offered: Sequence[DeliveryOption], method_id: str | None) -> DeliveryOption | None:
    """Return the chosen way, or the cheapest; who did not say so fetches goods only where nobody brings them."""
    if method_id is not None:
        return next((option for option in offered if option.method_id == method_id), None)
    brought = (option for option in offered if option.kind is not MethodKind.PICKUP)
    return next(brought, None) or next(iter(offered), None)


def _options(lines: Sequence[Priceable], found: Sequence[Reduction], terms: Terms) -> list[DeliveryOption]:
    if terms.destination is None:
        return []
    zone = terms.plan.zone_for(terms.destination)
    plan = replace(terms.plan, zones=(zone,) if zone else ()).converted(terms.in_currency)
    weight = sum(line.weight_grams * line.quantity for line in lines)
    parcel = Parcel(weight, Money(sum(_left(lines, found)), terms.currency))
    return options(plan, terms.destination, parcel, now=terms.at)


def _left(lines: Sequence[Priceable], found: Sequence[Reduction]) -> list[int]:
    """Return what each line's goods cost after promotions, in minor units."""
    return [subtotal_of(line).minor - sum(each.off[place] for each in found) for place, line in enumerate(lines)]


def _lines(lines: Sequence[Priceable], decided: _Decided, terms: Terms) -> tuple[QuoteLine, ...]:
    """Give each line its parts; delivery is shared out in proportion to what goods cost after promotions."""
    charge = Money(0, terms.currency)
    if decided.delivery is not None and not decided.is_freed:
        charge = decided.delivery.charge
    shares = allocate(charge, _left(lines, decided.reductions))
    on_shipping = percent_for_shipping(terms.tax_rates, terms.destination)

    @cache
    def percents(tax_class: str) -> tuple[Decimal, Decimal]:
        on_goods = percent_for(terms.tax_rates, tax_class, terms.destination)
        return on_goods, on_goods if on_shipping is None else on_shipping

    return tuple(
        _line(
            line,
            _discounts(decided.reductions, place, terms),
            shipping=share,
            percents=percents(line.tax_class),
            is_included=terms.prices_include_tax,
        )
        for place, (line, share) in enumerate(zip(lines, shares, strict=True))
    )


def _discounts(found: Sequence[Reduction], place: int, terms: Terms) -> tuple[LineDiscount, ...]:
    return tuple(
        LineDiscount(each.promotion.id, Money(each.off[place], terms.currency)) for each in found if each.off[place]
    )


def _line(
    line: Priceable,
    discounts: tuple[LineDiscount, ...],
    *,
    shipping: Money,
    percents: tuple[Decimal, Decimal],
    is_included: bool,
) -> QuoteLine:
    subtotal = subtotal_of(line)
    discount = total_of([each.amount for each in discounts], subtotal.currency)
    goods = subtotal - discount
    tax = line_tax(goods, shipping, percents=percents, is_included=is_included)
    whole = tax.on_goods + tax.on_shipping
    return QuoteLine(
        sku=line.sku,
        product_id=line.product_id,
        vendor_id=line.vendor_id,
        title=line.title,
        options=line.options,
        quantity=line.quantity,
        unit_price=line.unit_price,
        subtotal=subtotal,
        discounts=discounts,
        discount=discount,
        shipping=shipping,
        tax_percent=percents[0],
        shipping_tax_percent=percents[1],
        tax=whole,
        shipping_tax=tax.on_shipping,
        total=goods + shipping if is_included else goods + shipping + whole,
    )


def _applied(decided: _Decided, terms: Terms) -> tuple[AppliedPromotion, ...]:
    """Tell what each promotion gave. The first that frees delivery gives its charge; a second one gives nothing.

    While nobody knows what delivery costs, free delivery is told of without an amount.
    """
    told: list[AppliedPromotion] = []
    charge = decided.delivery.charge.minor if decided.delivery else 0
    for each in decided.reductions:
        given, is_told = sum(each.off), True
        if each.frees_delivery:
            given, charge, is_told = charge, 0, charge > 0 or decided.delivery is None
        if is_told:
            promotion = each.promotion
            told.append(AppliedPromotion(promotion.id, promotion.code, promotion.name, Money(given, terms.currency)))
    return tuple(told)


def _sum(lines: Sequence[QuoteLine], terms: Terms, part: Callable[[QuoteLine], Money]) -> Money:
    return total_of([part(line) for line in lines], terms.currency)
