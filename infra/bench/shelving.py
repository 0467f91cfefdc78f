"""What does it take to change a product and have every list follow? Each act under its name, for a meter."""

import json
from types import SimpleNamespace
from typing import Any

from chalicelib.catalog import service as catalog
from chalicelib.core.events import event as events
from functions.api.catalog import app
from functions.queues.catalog_cards import handler
from infra.bench.journey import Meter
from infra.bench.shop import MeasuredShop
from tests.support.calling import Client
from tests.support.tokens import token_for

RENAMED, RENAMED_LISTED = "product renamed", "its cards renamed"
REWORDED, REWORDED_LISTED = "product described anew", "no card changed"
ACTS = (RENAMED, RENAMED_LISTED, REWORDED, REWORDED_LISTED)

_CONTEXT = SimpleNamespace(aws_request_id="bench")


def hire() -> Client:
    """Return a client as somebody calls who keeps the catalogue; do so before anybody's token is checked."""
    return Client(app).signed_with(token_for(permissions=["catalog.manage"]))


def shelve(shop: MeasuredShop, staff: Client, meter: Meter) -> None:
    """Rename a product of three variants, which is in five lists, and then tell of it what no list shows."""
    product_id = shop.products[-1].product_id
    for acts, change in (
        ((RENAMED, RENAMED_LISTED), {"title": {"en": f"Yirgacheffe coffee, lot {_version(product_id) + 1}"}}),
        ((REWORDED, REWORDED_LISTED), {"description": {"en": f"Washed, lot {_version(product_id) + 2}."}}),
    ):
        tag = f'"{_version(product_id)}.a"'
        call = staff.event("PATCH", f"/products/{product_id}", change, if_match=tag)
        with meter(acts[0]):
            answer = app(call, _CONTEXT)
        _demand(answer)
        batch = _announced(product_id)
        with meter(acts[1]):
            handler(batch, None)


def _version(product_id: str) -> int:
    return catalog.product_for_staff(product_id).version


def _announced(product_id: str) -> dict[str, Any]:
    announced = catalog.product_for_staff(product_id).event
    if announced is None:
        raise RuntimeError(f"{product_id} announced nothing")
    return {"Records": [{"messageId": "1", "body": json.dumps(events.envelope(announced))}]}


def _demand(answer: dict[str, Any]) -> None:
    if answer["statusCode"] >= 400:
        raise RuntimeError(f"{answer['statusCode']} {answer['body']}")
