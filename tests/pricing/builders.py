"""Which goods, terms and promotions do the tests of pricing begin with?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from chalicelib.core.money import Money
from chalicelib.pricing.rules import Promotion, PromotionKind, Scope, TaxClass, TaxRates, TaxRule, Terms
from chalicelib.shipping.rules import Destination, Plan, flat_plan

ADDIS = Destination("ET", "addis_ababa", "Addis Ababa")
NOON = datetime(2026, 9, 11, 12, tzinfo=UTC)


@dataclass(frozen=True)
class Goods:
    """A line as pricing sees it."""

    unit_price: Money
    quantity: int = 1
    sku: str = "COFFEE-250G"
    product_id: str = "prd_coffee"
    vendor_id: str = "ven_yirga"
    brand_id: str | None = None
    category_ids: Sequence[str] = ()
    title: Mapping[str, str] = field(default_factory=lambda: {"en": "Yirgacheffe coffee", "am": "የይርጋጨፌ ቡና"})
    options: Mapping[str, str] = field(default_factory=lambda: {"weight": "250 g"})
    tax_class: str = TaxClass.STANDARD
    weight_grams: int = 250


def birr(amount: str | int) -> Money:
    return Money(int(Decimal(amount) * 100), "ETB")


def coffee(amount: str | int = 350, quantity: int = 1, **told: Any) -> Goods:
    return Goods(birr(amount), quantity, **told)


def gabi(amount: str | int = 1_800, quantity: int = 1, **told: Any) -> Goods:
    given = {"sku": "GABI-WHITE", "product_id": "prd_gabi", "vendor_id": "ven_shiromeda", "title": {"en": "Gabi"}}
    return Goods(birr(amount), quantity, **{**given, "weight_grams": 900, **told})


def the_rates(*rules: tuple[str, str], standard: str = "15") -> TaxRates:
    """Rates of classes, everywhere."""
    return TaxRates(tuple(TaxRule(tax_class, percent) for tax_class, percent in rules), Decimal(standard))


def the_terms(*promotions: Promotion, shipping: str | int = 150, **changed: Any) -> Terms:
    """Terms of a purchase in Addis Ababa: 15 % tax, which prices exclude, and one charge for delivery."""
    plan: Plan = flat_plan(birr(shipping))
    given: dict[str, Any] = {"currency": "ETB", "prices_include_tax": False, "tax_rates": the_rates(), "plan": plan}
    given |= {"at": NOON, "destination": ADDIS, "promotions": promotions}
    return Terms(**{**given, **changed})


def percent_off(percent: str | int, **told: Any) -> Promotion:
    return _promotion(PromotionKind.PERCENTAGE, percent=Decimal(percent), **told)


def birr_off(amount: str | int, **told: Any) -> Promotion:
    return _promotion(PromotionKind.FIXED, amount=birr(amount), **told)


def free_delivery(**told: Any) -> Promotion:
    return _promotion(PromotionKind.FREE_SHIPPING, **told)


def buy_get(bought: int, got: int, percent: str | int = 100, **told: Any) -> Promotion:
    return _promotion(
        PromotionKind.BUY_X_GET_Y, buy_quantity=bought, get_quantity=got, percent=Decimal(percent), **told
    )


def only(**ids: str) -> Scope:
    """Return the scope of one product, category, brand or vendor."""
    return Scope(**{f"{name}s": frozenset({each}) for name, each in ids.items()})


def _promotion(kind: PromotionKind, **told: Any) -> Promotion:
    return Promotion(**{"id": f"prm_{kind}", "name": {"en": "Enkutatash"}, "kind": kind, **told})
