"""What does keeping stock cost? A movement by staff, and what follows from it. Each act under its name, for a meter."""

import json
from types import SimpleNamespace
from typing import Any

from chalicelib.core.events import event as events
from chalicelib.core.http import bearer
from chalicelib.inventory.events import StockMoved
from functions.api.inventory import app
from functions.queues import stock_watch
from infra.bench.journey import Meter
from infra.bench.shop import MeasuredShop
from tests.support.calling import Client
from tests.support.tokens import token_for

STOCK_MOVED, STOCK_JUDGED, STOCK_FELL = "stock moved", "stock judged", "stock fell to low"
ACTS = (STOCK_MOVED, STOCK_JUDGED, STOCK_FELL)

_CONTEXT = SimpleNamespace(aws_request_id="bench")
_PLENTY, _FEW = 50_000, 2


def keep_stock(shop: MeasuredShop, meter: Meter) -> None:
    """Receive units twice, so that the second time changes no level, and lose all but a few of them."""
    product = shop.products[-1]
    path, sku = f"/products/{product.product_id}", product.details.variants[0].sku
    keeper = Client(app).signed_with(token_for(permissions=["stock.manage"], user_id="usr_KEEPER"))
    bearer.forget_keys()  # which were read before the keeper's was there
    received = {"sku": sku, "kind": "receipt", "quantity": _PLENTY}
    _judge(product.product_id, _call(keeper, "POST", f"{path}/stock_movements", received))
    with meter(STOCK_MOVED):
        moved = _call(keeper, "POST", f"{path}/stock_movements", received)
    with meter(STOCK_JUDGED):
        _judge(product.product_id, moved)
    there = _call(keeper, "GET", f"{path}/stock/{sku}")["on_hand"]
    lost = {"sku": sku, "kind": "adjustment", "reason": "loss", "quantity": _FEW - there}
    moved = _call(keeper, "POST", f"{path}/stock_movements", lost)
    with meter(STOCK_FELL):
        _judge(product.product_id, moved)


def _call(keeper: Client, method: str, path: str, body: Any = None) -> dict[str, Any]:
    answer = app(keeper.event(method, path, body), _CONTEXT)
    if answer["statusCode"] >= 400:
        raise RuntimeError(f"{method} {path}: {answer['statusCode']} {answer['body']}")
    found: dict[str, Any] = json.loads(answer["body"])
    return found


def _judge(product_id: str, moved: dict[str, Any]) -> None:
    """Let the consumer have what the ledger row announces."""
    told = StockMoved(moved["id"], product_id, moved["sku"], moved["quantity"])
    body = json.dumps(events.envelope(events.announcement(told, sequence=1)))
    if stock_watch.handler({"Records": [{"messageId": "1", "body": body}]}, None)["batchItemFailures"]:
        raise RuntimeError("not judged, see the log")
