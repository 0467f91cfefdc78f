"""What does a shop hold that strangers may ask for? People signed in, goods with stock, carts, a checkout, an order."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import requests

from chalicelib.core import ids
from chalicelib.core.storage import transactions
from chalicelib.users import service as users
from tests.notifications.builders import a_placed_order

PASSWORD = "a long walk over the Entoto hills"
_PATIENCE_SECONDS = 60


@dataclass(frozen=True)
class Person:
    """Somebody with an account, or with a guest's cart token, or nobody at all."""

    name: str
    token: str | None = None
    id: str = ""
    email: str = ""


ANONYMOUS = Person("anonymous")


@dataclass(frozen=True)
class StockedShop:
    """A shop at an address; the code of this process works on its table."""

    address: str
    customer: Person
    vendor: Person
    admin: Person
    guest: Person
    vendor_id: str
    product_id: str
    skus: Sequence[str]
    category_id: str
    order_id: str

    def post(self, path: str, body: Any, person: Person, **headers: str) -> Any:
        return _post(self.address, path, body, person.token, **headers)

    def a_cart_of(self, person: Person) -> str:
        """Fill a new cart, or the one that is open already; return its id."""
        cart_id: str = self.post("/carts", {}, person)["id"]
        self.post(f"/carts/{cart_id}/lines", {"sku": self.skus[0], "quantity": 1}, person)
        return cart_id


def stock(address: str) -> StockedShop:
    """Bring people and goods to a shop over HTTP; only promotions and the order are written to its table."""
    run = ids.new("t")[-8:].lower()
    customer, vendor, admin = (_account(address, name, run) for name in ("customer", "vendor", "admin"))
    transactions.settled(partial(users.make_admin, admin.email))
    admin = _signed_in(address, admin)
    vendor_id = f"ven_{run}"
    _post(address, "/vendors", {"id": vendor_id, "name": "Shiro Meda", "email": f"shop-{run}@example.com"}, admin.token)
    _post(address, f"/vendors/{vendor_id}/members", {"user_id": vendor.id}, admin.token)
    category_id = f"coffee-{run}"
    _post(address, "/categories", {"id": category_id, "name": {"en": "Coffee", "am": "ቡና"}}, admin.token)
    skus = [f"COFFEE-{run}-{size}" for size in (250, 500)]
    product_id: str = _post(address, "/products", _product(vendor_id, category_id, skus), admin.token)["id"]
    for sku in skus:
        moved = {"sku": sku, "kind": "receipt", "quantity": 1000}
        _post(address, f"/products/{product_id}/stock_movements", moved, admin.token)
    guest_token: str = _post(address, "/carts", {}, None)["token"]
    return StockedShop(
        address=address,
        customer=_signed_in(address, customer),
        vendor=_signed_in(address, vendor),
        admin=admin,
        guest=Person("guest", guest_token),
        vendor_id=vendor_id,
        product_id=product_id,
        skus=skus,
        category_id=category_id,
        order_id=a_placed_order(owner=customer.id).order_id,
    )


def _account(address: str, name: str, run: str) -> Person:
    email = f"{name}-{run}@example.com"
    user = _post(address, "/users", {"email": email, "password": PASSWORD, "name": name.capitalize()}, None)
    return Person(name, None, user["id"], email)


def _signed_in(address: str, person: Person) -> Person:
    session = _post(address, "/sessions", {"email": person.email, "password": PASSWORD}, None)
    return Person(person.name, session["access_token"], person.id, person.email)


def _product(vendor_id: str, category_id: str, skus: Sequence[str]) -> dict[str, Any]:
    price = {"amount": 35_000, "currency": "ETB"}
    return {
        "vendor_id": vendor_id,
        "title": {"en": "Yirgacheffe coffee", "am": "የይርጋጨፌ ቡና"},
        "category_ids": [category_id],
        "variants": [{"sku": sku, "price": price, "weight_grams": 250} for sku in skus],
        "status": "active",
    }


def _post(address: str, path: str, body: Any, token: str | None, **headers: str) -> Any:
    signed = {"Authorization": f"Bearer {token}"} if token else {}
    answer = requests.post(address + path, json=body, headers=signed | headers, timeout=_PATIENCE_SECONDS)
    assert answer.ok, f"{path}: {answer.status_code} {answer.text}"
    return answer.json()
