"""What does a test of notifications start from? A believable purchase."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from chalicelib.addresses.rules import Place
from chalicelib.core import clock, ids
from chalicelib.core.money import Money
from chalicelib.core.storage import transactions
from chalicelib.orders import service as orders
from chalicelib.orders.models import Order
from chalicelib.orders.service import Purchase
from chalicelib.pricing import rules as pricing
from chalicelib.pricing.rules import Promotion, Quote, TaxRates, TaxRule, Terms
from chalicelib.shipping.rules import Destination, flat_plan

BUYER = "almaz.tesfaye@example.com"


@dataclass(frozen=True)
class Goods:
    """One line of a basket."""

    sku: str = "COFFEE-SIDAMO-250"
    product_id: str = "prd_coffee"
    vendor_id: str = "ven_tomoca"
    title: Mapping[str, str] = field(default_factory=lambda: {"en": "Sidamo coffee", "am": "የሲዳማ ቡና"})
    options: Mapping[str, str] = field(default_factory=lambda: {"roast": "dark"})
    quantity: int = 2
    unit_price: Money = field(default_factory=lambda: Money(60_000, "ETB"))
    tax_class: str = "standard"
    weight_grams: int = 250
    brand_id: str | None = None
    category_ids: Sequence[str] = ()


GABI = Goods("GABI-WHITE", "prd_gabi", "ven_shiro_meda", {"en": "Gabi", "am": "ጋቢ"}, {}, 1, Money(180_000, "ETB"))


def an_address(**changed: str) -> Place:
    given = {
        "name": "Almaz Tesfaye",
        "phone": "+251911223344",
        "line1": "Bole Road, house 12",
        "city": "Addis Ababa",
        "country": "ET",
    }
    return Place(**(given | changed))


def a_quote(
    *goods: Goods, prices_include_tax: bool = False, promotions: Sequence[Promotion] = (), rules: Sequence[TaxRule] = ()
) -> Quote:
    """Quote some goods that go to Addis Ababa, with 15 % tax and flat delivery."""
    terms = Terms(
        currency="ETB",
        prices_include_tax=prices_include_tax,
        tax_rates=TaxRates(rules, Decimal(15)),
        plan=flat_plan(Money(15_000, "ETB")),
        at=clock.now(),
        destination=Destination("ET"),
        promotions=promotions,
    )
    return pricing.quote(goods or (Goods(), GABI), terms)


def a_placed_order(
    *, locale: str = "en", email: str = BUYER, address: Place | None = None, owner: str | None = None
) -> Order:
    """Place an order in the account of the test."""
    checkout_id = ids.new("chk")
    purchase = Purchase(
        owner=owner or ids.new("usr"),
        checkout_id=checkout_id,
        payment_id=ids.sibling(checkout_id, "pay"),
        reservation_id=ids.sibling(checkout_id, "res"),
        email=email,
        locale=locale,
        quote=a_quote(),
        shipping_address=address or an_address(),
        cart_id=ids.sibling(checkout_id, "crt"),
    )
    with transactions.write():
        return orders.place(purchase)
