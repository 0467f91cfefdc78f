"""What does a test of notifications start from? A believable purchase."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from chalicelib.addresses.rules import Place
from chalicelib.core import ids
from chalicelib.core.money import Money
from chalicelib.core.storage import transactions
from chalicelib.orders import service as orders
from chalicelib.orders.models import Order
from chalicelib.orders.service import Purchase
from chalicelib.pricing import rules as pricing
from chalicelib.pricing.rules import Quote, Terms

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


def a_quote(*goods: Goods, prices_include_tax: bool = False) -> Quote:
    terms = Terms("ETB", Decimal("15"), prices_include_tax, shipping=Money(15_000, "ETB"))
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
