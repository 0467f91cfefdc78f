"""Which carts, terms and promotions are there? Any, in any currency, with everything that can differ."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

from hypothesis import strategies as some

from chalicelib.core import clock
from chalicelib.core.money import Money
from chalicelib.pricing.rules import (
    SHIPPING,
    Conversion,
    Promotion,
    PromotionKind,
    Scope,
    TaxClass,
    TaxRates,
    TaxRule,
    Terms,
)
from chalicelib.shipping.rules import Area, Band, Destination, Method, MethodKind, Plan, Zone
from tests.pricing.builders import NOON, Goods

# Two that have minor digits, and one that has none.
CURRENCIES = ("ETB", "USD", "DJF")
RATES = {"USD": "0.0069", "DJF": "1.245"}
PRODUCTS, CATEGORIES, BRANDS, VENDORS = ("prd_a", "prd_b"), ("cat_a", "cat_b"), ("brd_a", "brd_b"), ("ven_a", "ven_b")
HOUR = timedelta(hours=1)

percents = some.one_of(some.sampled_from(["0", "5", "15", "100"]), some.decimals(0, 100, places=2).map(str))
moments = some.sampled_from([None, NOON - HOUR, NOON, NOON + HOUR]).map(lambda at: at and clock.as_text(at))
destinations = some.sampled_from([None, Destination("ET", "addis_ababa", "Addis Ababa"), Destination("KE")])


def money(currency: str, most: int = 10**7) -> some.SearchStrategy[Money]:
    return some.integers(0, most).map(lambda minor: Money(minor, currency))


def some_of(ids: Sequence[str]) -> some.SearchStrategy[frozenset[str]]:
    return some.frozensets(some.sampled_from(ids))


def goods(currency: str) -> some.SearchStrategy[list[Goods]]:
    """Lines of a cart, most of them cheap enough for rounding to matter."""
    line = some.builds(
        Goods,
        unit_price=some.one_of(money(currency, 30), money(currency)),
        quantity=some.integers(1, 12),
        product_id=some.sampled_from(PRODUCTS),
        vendor_id=some.sampled_from(VENDORS),
        brand_id=some.sampled_from([None, *BRANDS]),
        category_ids=some_of(CATEGORIES).map(sorted),
        tax_class=some.sampled_from(TaxClass),
        weight_grams=some.integers(0, 3_000),
    )
    return some.lists(line, min_size=1, max_size=6).map(_with_skus)


scopes = some.one_of(
    some.just(Scope()),
    some.builds(Scope, some_of(PRODUCTS), some_of(CATEGORIES), some_of(BRANDS), some_of(VENDORS)),
)


@some.composite
def promotions(draw: some.DrawFn, kinds: Sequence[PromotionKind] = tuple(PromotionKind)) -> Promotion:
    """Any promotion, its amounts in birr."""
    told: dict[str, Any] = {"kind": draw(some.sampled_from(kinds)), "scope": draw(scopes)}
    if told["kind"] in (PromotionKind.PERCENTAGE, PromotionKind.BUY_X_GET_Y):
        told["percent"] = Decimal(draw(percents)) or Decimal(50)
    if told["kind"] is PromotionKind.BUY_X_GET_Y:
        told |= {"buy_quantity": draw(some.integers(1, 3)), "get_quantity": draw(some.integers(1, 3))}
    if told["kind"] is PromotionKind.FIXED:
        told["amount"] = Money(draw(some.integers(1, 10**5)), "ETB")
    told |= {"starts_at": draw(moments), "ends_at": draw(moments)} if draw(some.booleans()) else {}
    told["minimum_spend"] = draw(some.none() | money("ETB", 10**5))
    told["is_stackable"] = draw(some.sampled_from([True, True, True, False]))
    return Promotion(
        id=f"prm_{draw(some.integers(0, 30))}",
        name={"en": "Enkutatash"},
        priority=draw(some.integers(0, 3)),
        code=draw(some.none() | some.just("MESKEL")),
        **told,
    )


def distinct(found: list[Promotion]) -> list[Promotion]:
    """Return promotions of which no two have the same id."""
    return list({promotion.id: promotion for promotion in found}.values())


@some.composite
def plans(draw: some.DrawFn) -> Plan:
    """A plan in birr: a flat method, one by value or by weight, free over something or never."""
    free_over = draw(some.none() | money("ETB", 10**5))
    flat = Method("flat", MethodKind.FLAT, {"en": "Courier"}, charge=draw(money("ETB", 10**5)), free_over=free_over)
    limit = draw(some.integers(1, 10**4))
    charges = [Band(draw(money("ETB", 10**5)), up_to_value=Money(limit, "ETB")), Band(draw(money("ETB", 10**5)))]
    by_value = Method("value", MethodKind.BY_VALUE, {"en": "Post"}, bands=tuple(charges))
    bands = (Band(draw(money("ETB", 10**5)), up_to_grams=draw(some.integers(1, 20_000))),)
    by_weight = Method("weight", MethodKind.BY_WEIGHT, {"en": "Bus"}, bands=bands, free_over=free_over)
    methods = draw(some.sampled_from([(flat,), (by_value, flat), (by_weight,), (flat, by_value, by_weight)]))
    return Plan((Zone("everywhere", {"en": "Everywhere"}, (Area(),), methods),))


tax_rates = some.builds(
    TaxRates,
    some.lists(
        some.builds(TaxRule, some.sampled_from([*TaxClass, SHIPPING]), percents, some.sampled_from(["", "ET", "KE"])),
        max_size=5,
        unique_by=lambda rule: (rule.tax_class, rule.country),
    ).map(tuple),
    percents.map(Decimal),
)


@some.composite
def terms(draw: some.DrawFn, currency: str, **changed: Any) -> Terms:
    """Any terms under which a currency is paid."""
    rate = RATES.get(currency)
    return Terms(
        currency=currency,
        prices_include_tax=draw(some.booleans()),
        tax_rates=draw(tax_rates),
        plan=draw(plans()),
        at=NOON,
        destination=draw(destinations),
        method_id=draw(some.sampled_from([None, None, "flat", "value", "weight", "unknown"])),
        promotions=draw(some.lists(promotions(), max_size=7).map(distinct)),
        conversion=Conversion("ETB", currency, Decimal(rate), "2026-09-11T00:00:00.000000Z") if rate else None,
    )


@some.composite
def purchases(draw: some.DrawFn) -> tuple[list[Goods], Terms]:
    """Some goods, and terms of the same currency."""
    currency = draw(some.sampled_from(CURRENCIES))
    return draw(goods(currency)), draw(terms(currency))


def with_promotions(asked: Terms, change: Callable[[list[Promotion]], list[Promotion]]) -> Terms:
    return replace(asked, promotions=change(list(asked.promotions)))


def _with_skus(lines: list[Goods]) -> list[Goods]:
    return [replace(line, sku=f"SKU-{number}") for number, line in enumerate(lines)]
