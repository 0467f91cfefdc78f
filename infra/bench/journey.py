"""What does one purchase do, from the first look to the confirmed order? Each act under its name, for a meter.

The acts are those of the deployed shop, called in its order: API functions with the gateway's events, the
checkout's steps as the machine calls them, the queues' consumers with the events that the items announced.
"""

import hashlib
import hmac
import json
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from types import SimpleNamespace
from typing import Any, TypeVar

from chalicelib.catalog.service import list_cache
from chalicelib.core import ids
from chalicelib.core.events import event as events
from chalicelib.core.http import Api
from chalicelib.core.storage import keys
from chalicelib.core.storage.key import Key
from chalicelib.core.storage.table import VersionedItem, find
from chalicelib.inventory.events import StockMoved
from chalicelib.orders.events import OrderPlaced
from chalicelib.orders.models import Order
from chalicelib.payments.events import PaymentCaptured, PaymentHinted
from chalicelib.payments.models import Payment
from functions.api import carts, catalog, checkout, payments
from functions.queues import checkout_payments, inventory_ledger, order_mails, payment_webhooks
from functions.workflows import checkout_steps
from infra.bench.shop import MeasuredShop
from tests.support.account import CHAPA_WEBHOOK_SECRET
from tests.support.calling import Client

Meter = Callable[[str], AbstractContextManager[None]]
T = TypeVar("T", bound=VersionedItem)

PRODUCT_READ, LARGE_READ = "product read", "read of ten variants"
PRODUCT_PAGE, KEPT_PAGE = "product page of 20", "product page that is kept"
CART_OPENED, LINE_ADDED, CART_READ = "cart opened", "cart line added", "cart read"
CART_PREPARED, CART_REVIEWED = "cart prepared", "cart reviewed"
BEGUN, RESERVED, PAGE_OPENED = "checkout begun", "stock reserved", "payment page opened"
WEBHOOK, VERIFIED, AWAITED, PLACED = "webhook taken", "payment verified", "payment awaited", "order placed"
CAPTURE_NOTICED, BOOKED, MAILED = "capture noticed", "sale booked", "order mailed"

BROWSING = (PRODUCT_READ, LARGE_READ, PRODUCT_PAGE, KEPT_PAGE)
FILLING = (CART_OPENED, LINE_ADDED, CART_READ, CART_PREPARED, CART_REVIEWED)
CHECKOUT = (BEGUN, RESERVED, PAGE_OPENED, AWAITED, WEBHOOK, VERIFIED, PLACED)
AFTERWARDS = (CAPTURE_NOTICED, BOOKED, MAILED)
# A purchase of two lines does everything once, except for this.
TIMES = {LINE_ADDED: 2}

# Those that a shopper or the provider asks for over HTTP
REQUESTS = frozenset({*FILLING, BEGUN, WEBHOOK})
EVENTS = (PaymentHinted.TYPE, PaymentCaptured.TYPE, OrderPlaced.TYPE)
EVENTS_PER_LINE = (StockMoved.TYPE,)

_CONTEXT = SimpleNamespace(aws_request_id="bench")
_ADDRESS = {"name": "Almaz Bekele", "phone": "+251911223344", "line1": "Bole Road 7", "city": "Addis Ababa"}


def buy(shop: MeasuredShop, meter: Meter, *, lines: int = 2) -> Order:
    """Look around, fill a cart, pay and get the order; the meter sees each act."""
    product = shop.products[0]
    skus = [variant.sku for each in shop.products for variant in each.details.variants][:lines]
    _call(catalog.app, meter, PRODUCT_READ, "GET", f"/products/{product.product_id}")
    _call(catalog.app, meter, LARGE_READ, "GET", f"/products/{shop.large.product_id}")
    list_cache.forget()
    _call(catalog.app, meter, PRODUCT_PAGE, "GET", "/products?limit=20")
    _call(catalog.app, meter, KEPT_PAGE, "GET", "/products?limit=20")
    cart = _call(carts.app, meter, CART_OPENED, "POST", "/carts", {})
    as_guest = {"authorization": f"Bearer {cart['token']}"}
    for sku in skus:
        line = {"sku": sku, "quantity": 2}
        _call(carts.app, meter, LINE_ADDED, "POST", f"/carts/{cart['id']}/lines", line, **as_guest)
    path = f"/carts/{cart['id']}"
    _call(carts.app, meter, CART_READ, "GET", path, **as_guest)
    said = {"email": "almaz@example.com", "shipping_address": _ADDRESS}
    _call(carts.app, meter, CART_PREPARED, "PATCH", path, said, **as_guest)
    reviewed = _call(carts.app, meter, CART_REVIEWED, "GET", f"{path}/quote", **as_guest)
    wanted = {
        "cart_id": cart["id"],
        "accepted_total": reviewed["quote"]["totals"]["total"],
        "return_url": "https://storefront.test/thanks",
    }
    begun = _call(checkout.app, meter, BEGUN, "POST", "/checkouts", wanted, idempotency_key=ids.new("key"), **as_guest)
    return _pay(shop, meter, owner=cart["id"], checkout_id=begun["id"])


def _pay(shop: MeasuredShop, meter: Meter, *, owner: str, checkout_id: str) -> Order:
    payment_id = ids.sibling(checkout_id, "pmt")
    call = {"input": {"checkout_id": checkout_id, "owner": owner, "attempt": 1}}
    _step(meter, RESERVED, {**call, "step": "reserve_stock"})
    _step(meter, PAGE_OPENED, {**call, "step": "open_payment"})
    _step(meter, AWAITED, {**call, "step": "await_payment", "task_token": "nobody-waits-with-this-token-in-the-bench"})
    tx_ref = _found(Payment, keys.payment(payment_id)).tx_refs[-1]
    _pay_at_chapa(shop, tx_ref)
    _hint(meter, tx_ref)
    _consume(payment_webhooks.handler, meter, VERIFIED, events.announcement(PaymentHinted(tx_ref), sequence=1))
    captured = _found(Payment, keys.payment(payment_id)).event
    _consume(checkout_payments.handler, meter, CAPTURE_NOTICED, captured)
    _step(meter, PLACED, {**call, "step": "place_order"})
    return _follow(meter, _order_of(owner, checkout_id))


def _follow(meter: Meter, order: Order) -> Order:
    _consume(inventory_ledger.handler, meter, BOOKED, order.event)
    _consume(order_mails.handler, meter, MAILED, order.event)
    return order


def _call(app: Api, meter: Meter, act: str, method: str, path: str, body: Any = None, **headers: str) -> dict[str, Any]:
    event = Client(app).event(method, path, body, **headers)
    with meter(act):
        answer = app(event, _CONTEXT)
    if answer["statusCode"] >= 400:
        raise RuntimeError(f"{act}: {answer['statusCode']} {answer['body']}")
    found: dict[str, Any] = json.loads(answer["body"])
    return found


def _step(meter: Meter, act: str, call: Mapping[str, Any]) -> None:
    with meter(act):
        checkout_steps.handler(call, None)


def _consume(handler: Any, meter: Meter, act: str, announced: dict[str, Any]) -> None:
    batch = {"Records": [{"messageId": "1", "body": json.dumps(events.envelope(announced))}]}
    with meter(act):
        answer = handler(batch, None)
    if answer["batchItemFailures"]:
        raise RuntimeError(f"{act}: not handled, see the log")


def _hint(meter: Meter, tx_ref: str) -> None:
    body = json.dumps({"event": "charge.success", "tx_ref": tx_ref, "reference": f"ref-{tx_ref}", "status": "success"})
    signature = hmac.new(CHAPA_WEBHOOK_SECRET.encode(), body.encode(), hashlib.sha256).hexdigest()
    _call(payments.app, meter, WEBHOOK, "POST", "/webhooks/chapa", body, x_chapa_signature=signature)


def _pay_at_chapa(shop: MeasuredShop, tx_ref: str) -> None:
    import requests

    requests.post(f"{shop.chapa.url}/_simulator/transactions/{tx_ref}/pay", timeout=10).raise_for_status()


def _order_of(owner: str, checkout_id: str) -> Order:
    from chalicelib.checkout.models import Checkout

    order_id = _found(Checkout, keys.checkout(owner, checkout_id)).order_id
    if order_id is None:
        raise RuntimeError("the order was not placed, see the log")
    return _found(Order, keys.order(owner, order_id))


def _found(kind: type[T], key: Key) -> T:
    item = find(kind, key)
    if item is None:
        raise RuntimeError(f"there is no {kind.__name__} at {key}")
    return item
