"""Is the door that an operation declares the one that callers find? Every operation is called in every role."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from app import app
from chalicelib.core import ids
from chalicelib.core.http.operation import Operation
from infra import api_pages
from tests.carts.builders import COFFEE, a_variant
from tests.catalog.builders import VENDOR, a_category, a_draft, a_product, a_vendor
from tests.notifications.builders import a_placed_order
from tests.support.account import Account, fresh_account
from tests.support.calling import Client, Response
from tests.support.tokens import token_for

PASSWORD = "a long walk over the Entoto hills"
ROLES = ("anonymous", "vendor", "admin", "customer")
Call = tuple[str, Any]


@dataclass(frozen=True)
class World:
    """Callers by role, and what they may ask for; the customer owns carts, checkouts and orders."""

    callers: dict[str, Client]
    customer_id: str
    product_id: str
    order_id: str

    def cart(self) -> str:
        """Return the customer's cart with coffee in it."""
        cart_id: str = self.callers["customer"].post("/carts").json["id"]
        self.callers["customer"].post(f"/carts/{cart_id}/lines", {"sku": COFFEE, "quantity": 1})
        return cart_id

    def checkout(self) -> str:
        """Return the customer's checkout; their cart is new if an earlier one is being paid for."""
        answer = self.callers["customer"].post("/checkouts", a_purchase(self.cart()), idempotency_key=ids.new("key"))
        checkout_id: str = answer.json.get("checkout_id") or answer.json["id"]
        return checkout_id


def a_purchase(cart_id: str) -> dict[str, Any]:
    address = {"name": "Almaz", "phone": "+251911223344", "line1": "Bole Road", "city": "Addis Ababa"}
    where = {"shipping_address": address, "return_url": "https://shop.test/thanks"}
    return {"cart_id": cart_id, "email": "almaz@example.com", **where}


def an_asset() -> str:
    """Return the name of something that the pages of documentation need."""
    return str(next(iter(json.loads((api_pages.ASSETS / "index.json").read_text()))))


def a_user() -> dict[str, str]:
    return {"email": f"{ids.new('a').lower()}@example.com", "password": PASSWORD, "name": "Almaz"}


# The least that is valid, for every operation there is.
CALLS: dict[str, Callable[[World], Call]] = {
    "add_cart_line": lambda world: (f"/carts/{world.cart()}/lines", {"sku": COFFEE, "quantity": 1}),
    "add_vendor_member": lambda world: (f"/vendors/{VENDOR}/members", {"email": "nobody@example.com"}),
    "begin_checkout": lambda world: ("/checkouts", a_purchase(world.cart())),
    "cancel_checkout": lambda world: (f"/checkouts/{world.checkout()}/cancellation", None),
    "change_cart_line": lambda world: (f"/carts/{world.cart()}/lines/lin_{COFFEE}", {"quantity": 2}),
    "change_me": lambda world: ("/users/me", {"name": "Almaz"}),
    "change_product": lambda world: (f"/products/{world.product_id}", {"status": "active"}),
    "change_vendor": lambda world: (f"/vendors/{VENDOR}", {"name": "Gedeo Union"}),
    "create_category": lambda world: (
        "/categories",
        {"id": ids.new("c").lower().replace("_", "-"), "name": {"en": "X"}},
    ),
    "create_product": lambda world: ("/products", a_draft()),
    "create_session": lambda world: ("/sessions", {"email": "nobody@example.com", "password": PASSWORD}),
    "create_user": lambda world: ("/users", a_user()),
    "create_vendor": lambda world: ("/vendors", {"name": "Shiro Meda", "email": "shiro@example.com"}),
    "delete_cart": lambda world: (f"/carts/{world.cart()}", None),
    "end_current_session": lambda world: ("/sessions/current", None),
    "list_categories": lambda world: ("/categories", None),
    "list_orders": lambda world: ("/orders", None),
    "list_products": lambda world: ("/products", None),
    "list_refunds_due": lambda world: ("/refunds_due", None),
    "list_stock_movements": lambda world: (f"/products/{world.product_id}/stock_movements", None),
    "list_vendor_orders": lambda world: ("/vendor/orders", None),
    "list_vendors": lambda world: ("/vendors", None),
    "move_stock": lambda world: (
        f"/products/{world.product_id}/stock_movements",
        {"sku": "DOOR-COFFEE", "kind": "receipt", "quantity": 1},
    ),
    "open_cart": lambda world: ("/carts", None),
    "read_cart": lambda world: (f"/carts/{world.cart()}", None),
    "read_checkout": lambda world: (f"/checkouts/{world.checkout()}", None),
    "read_docs_asset": lambda world: (f"/docs/assets/{an_asset()}", None),
    "read_docs_page": lambda world: ("/docs", None),
    "read_health": lambda world: ("/health", None),
    "read_me": lambda world: ("/users/me", None),
    "read_openapi_document": lambda world: ("/openapi.json", None),
    "read_order": lambda world: (f"/orders/{world.order_id}", None),
    "read_product": lambda world: (f"/products/{world.product_id}", None),
    "read_product_as_staff": lambda world: (f"/staff/products/{world.product_id}", None),
    "read_public_keys": lambda world: ("/.well-known/jwks.json", None),
    "read_redoc_page": lambda world: ("/redoc", None),
    "read_stock": lambda world: (f"/products/{world.product_id}/stock", None),
    "read_vendor_as_staff": lambda world: (f"/staff/vendors/{VENDOR}", None),
    "receive_chapa_callback": lambda world: ("/webhooks/chapa?trx_ref=unknown", None),
    "receive_chapa_webhook": lambda world: ("/webhooks/chapa", {}),
    "receive_text_report": lambda world: ("/webhooks/twilio/challenge.chl_1.1", "MessageStatus=sent"),
    "refresh_session": lambda world: ("/sessions/refresh", {"refresh_token": "unknown"}),
    "remove_cart_line": lambda world: (f"/carts/{world.cart()}/lines/lin_{COFFEE}", None),
}


@pytest.fixture(scope="module")
def world(embedded_cloud_url: str) -> Iterator[World]:
    api_pages.build()
    with pytest.MonkeyPatch.context() as patch, fresh_account(embedded_cloud_url, patch) as account:
        patch.setenv("CHECKOUT_MACHINE_ARN", a_machine(account))
        a_vendor()
        a_category()
        a_variant()
        customer_id = ids.new("usr")
        tokens = {
            "customer": token_for(user_id=customer_id),
            "vendor": token_for(roles=["vendor"], vendor_id=VENDOR),
            "admin": token_for(roles=["admin"]),
        }
        callers = {role: Client(app).signed_with(token) for role, token in tokens.items()}
        variant = {"sku": "DOOR-COFFEE", "price": {"amount": 100, "currency": "ETB"}, "weight_grams": 1}
        yield World(
            callers={"anonymous": Client(app), **callers},
            customer_id=customer_id,
            product_id=a_product(variants=[variant]).product_id,
            order_id=a_placed_order(owner=customer_id).order_id,
        )


def a_machine(account: Account) -> str:
    """Make a state machine that does nothing; return its ARN."""
    states = {"StartAt": "Done", "States": {"Done": {"Type": "Succeed"}}}
    role = "arn:aws:iam::000000000000:role/nobody"
    machines = account.cloud.client("stepfunctions")
    made = machines.create_state_machine(name="checkout", definition=json.dumps(states), roleArn=role)
    return str(made["stateMachineArn"])


def expected(operation: Operation, role: str, call: Call) -> str:
    """Return what the declared door means to somebody in a role: ``in``, or how they are turned away."""
    door = operation.access.name
    if door in ("public", "anyone"):
        return "in"
    if role == "anonymous":
        return "unauthenticated"
    if door == "owner":
        names_a_thing = bool(operation.path_names) or "cart_id" in (call[1] or {})
        return "not there" if names_a_thing and role != "customer" else "in"
    allowed = {"customer": {"customer", "vendor", "admin"}, "vendor": {"vendor"}, "staff": {"admin"}}[door]
    return "in" if role in allowed else "forbidden"


def happened(answer: Response) -> str:
    if answer.status >= 500:
        return f"broken: {answer.text}"
    if answer.status in (401, 403) and answer.code in ("unauthenticated", "forbidden"):
        return answer.code
    return "not there" if answer.status == 404 else "in"


OPERATIONS = {operation.id: operation for operation in app.operations}
# Whoever gets in finds nothing: users of the tests have a token but no account.
ABSENT_TO_ALL = {"add_vendor_member", "read_me", "change_me"}


def test_every_operation_has_a_call() -> None:
    assert set(CALLS) == set(OPERATIONS)


@pytest.mark.parametrize("name", sorted(CALLS))
def test_the_declared_door_is_the_one_that_callers_find(world: World, name: str) -> None:
    operation, call = OPERATIONS[name], CALLS[name](world)
    path, body = call

    found, wanted = {}, {}
    for role in ROLES:
        headers = {"if_match": '"1.a"'} if name in ("change_product", "change_vendor") else {}
        if name == "begin_checkout":
            headers = {"idempotency_key": ids.new("key")}
        if not operation.takes_json:
            headers = {"content_type": operation.consumes[0]}
        answer = world.callers[role].call(operation.method, path, body, **headers)
        found[role], wanted[role] = happened(answer), expected(operation, role, call)
        if name in ABSENT_TO_ALL and found[role] == "not there":
            found[role] = "in"

    assert found == wanted


@pytest.mark.parametrize("name", [each.id for each in app.operations if each.is_cacheable])
def test_what_shared_caches_may_keep_never_depends_on_the_caller(world: World, name: str) -> None:
    path, _ = CALLS[name](world)

    answers = [world.callers[role].get(path) for role in ROLES]

    assert {answer.status for answer in answers} == {200}
    assert len({(answer.text, answer.headers["etag"]) for answer in answers}) == 1
    assert {answer.headers["cache-control"].partition(",")[0] for answer in answers} == {"public"}
