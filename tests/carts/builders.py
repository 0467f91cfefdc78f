"""What do tests about carts begin with?"""

from typing import Any

from chalicelib.carts.routes import router
from chalicelib.carts.rules import CartLine, Limits
from chalicelib.catalog.models import Variant
from chalicelib.core.http import Api
from chalicelib.core.money import Money
from chalicelib.core.storage import keys, transactions
from tests.support.calling import Client, Response
from tests.support.longest import LETTER, longest_options, longest_title

COFFEE = "COFFEE-250G"
LIMITS = Limits(skus=90, vendors=20, quantity=999, stored_bytes=260_000)
ADDRESS = {"name": "Almaz Tesfaye", "phone": "0911223344", "line1": "Bole Road 12", "city": "Addis Ababa"}
READY = {"email": "almaz@example.com", "shipping_address": ADDRESS}


def birr(amount: int) -> Money:
    return Money(amount * 100, "ETB")


def a_line(sku: str = COFFEE, *, quantity: int = 1, price: Money | None = None, vendor: str = "yirga") -> CartLine:
    """Some units of one SKU, as they lie in a cart."""
    return CartLine(**_goods(sku, vendor), unit_price=price or birr(350), quantity=quantity)


def a_variant(
    sku: str = COFFEE, *, price: Money | None = None, vendor: str = "yirga", is_for_sale: bool = True
) -> Variant:
    """Put what is sold under a SKU into the catalogue; again to change it."""
    variant = Variant.at(keys.variant(sku), **_goods(sku, vendor), price=price or birr(350), is_for_sale=is_for_sale)
    with transactions.write() as work:
        work.replace(variant)
    return variant


def a_longest_variant(sku: str = COFFEE, *, letter: str = LETTER, vendor: str = "yirga") -> Variant:
    """Put something into the catalogue whose texts are as long as they may be."""
    goods = _goods(sku, vendor) | {"title": longest_title(letter), "options": longest_options(letter)}
    variant = Variant.at(keys.variant(sku), **goods, price=birr(350), is_for_sale=True)
    with transactions.write() as work:
        work.replace(variant)
    return variant


def an_app() -> Api:
    """An API with carts in it; a thread needs one of its own."""
    return Api("carts", router)


def a_guest() -> tuple[Client, str]:
    """A guest with a new cart: a client that sends its token, and the path of the cart."""
    client = Client(an_app())
    opened = client.post("/carts").json
    return client.signed_with(opened["token"]), f"/carts/{opened['id']}"


def put_in(client: Client, cart: str, sku: str = COFFEE, *, quantity: int = 1) -> Response:
    """Put units in, and demand that it worked."""
    answer = client.post(f"{cart}/lines", {"sku": sku, "quantity": quantity})
    assert answer.status == 201, answer.text
    return answer


def quantities(cart: dict[str, Any]) -> dict[str, int]:
    """Units by SKU of a cart as it was answered."""
    return {line["sku"]: line["quantity"] for line in cart["lines"]}


def _goods(sku: str, vendor: str) -> dict[str, Any]:
    return {
        "sku": sku,
        "product_id": f"prd_{sku.lower()}",
        "vendor_id": f"ven_{vendor}",
        "title": {"en": "Yirgacheffe coffee", "am": "የይርጋጨፌ ቡና"},
        "options": {"weight": "250 g"},
        "weight_grams": 250,
    }


def quoted(client: Client, cart: str, **headers: str) -> dict[str, Any]:
    answer = client.get(f"{cart}/quote", **headers)
    assert answer.status == 200, answer.text
    found: dict[str, Any] = answer.json
    return found
