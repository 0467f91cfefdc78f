"""Which shop is measured? One on an embedded cloud, stocked through its own services, with Chapa's simulator."""

import json
import logging
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, redirect_stdout
from dataclasses import dataclass

import pytest

from chalicelib.catalog import service as catalog
from chalicelib.catalog.models import Product
from chalicelib.catalog.schemas import CategoryDraft, ProductDraft
from chalicelib.core.observability import logger
from chalicelib.core.rates import Rate
from chalicelib.core.settings import declared
from chalicelib.inventory import service as inventory
from chalicelib.vendors import service as vendors
from infra.clouds import Cloud
from infra.local.chapa import ChapaSimulator
from tests.support.account import CHAPA_KEY, CHAPA_WEBHOOK_SECRET, Account, fresh_account

PRODUCTS = 40
_UNITS = 100_000
_DESCRIPTION = "Washed at the station and dried for a fortnight on raised beds; bergamot, jasmine and lemon. " * 4
# Each attempt has come back before the next one.
_AT_ONCE = "1000/1"
_MACHINE = {"StartAt": "Done", "States": {"Done": {"Type": "Succeed"}}}


@dataclass(frozen=True)
class MeasuredShop:
    """An account with goods in it, one with ten variants, and the simulator that its payments go to."""

    account: Account
    chapa: ChapaSimulator
    products: list[Product]
    large: Product


@contextmanager
def measured_shop(endpoint_url: str) -> Iterator[MeasuredShop]:
    """Open the shop on a running embedded cloud, and close it without a trace."""
    patch = pytest.MonkeyPatch()
    try:
        with fresh_account(endpoint_url, patch) as account, stocked(account, patch) as shop, quiet():
            yield shop
    finally:
        patch.undo()


@contextmanager
def stocked(account: Account, patch: pytest.MonkeyPatch, *, products: int = PRODUCTS) -> Iterator[MeasuredShop]:
    """Put goods into an account, and give its purchases what they need beside the table."""
    with ChapaSimulator(secret_key=CHAPA_KEY, webhook_secret=CHAPA_WEBHOOK_SECRET) as chapa:
        patch.setenv("CHAPA_BASE_URL", chapa.api_url)
        patch.setenv("LISTS_POLLED_SECONDS", "60")
        patch.setenv("CHECKOUT_MACHINE_ARN", _machine(account.cloud))
        patch.setenv("EVENTS_TOPIC_ARN", account.cloud.client("sns").create_topic(Name="events")["TopicArn"])
        for setting in declared():
            if setting.read == Rate.from_text:
                patch.setenv(setting.name, _AT_ONCE)
        vendors.register(name="Gedeo Union", email="gedeo@example.com", vendor_id="ven_GEDEO")
        catalog.add_category(CategoryDraft(id="coffee", name={"en": "Coffee", "am": "ቡና"}))
        large = _product(products, weights=range(100, 1_100, 100))
        yield MeasuredShop(account, chapa, [_product(number) for number in range(products)], large)


@contextmanager
def quiet() -> Iterator[None]:
    """Let the shop's log lines be written to nowhere, so that they still cost what they cost."""
    with open(os.devnull, "w") as nowhere, redirect_stdout(nowhere):
        handlers = [each for each in logger.handlers if isinstance(each, logging.StreamHandler)]
        shown = [handler.setStream(nowhere) for handler in handlers]
        try:
            yield
        finally:
            for handler, stream in zip(handlers, shown, strict=True):
                handler.setStream(stream)


def _product(number: int, *, weights: Iterable[int] = (250, 500, 1_000)) -> Product:
    draft = {
        "vendor_id": "ven_GEDEO",
        "title": {"en": f"Yirgacheffe coffee {number}", "am": f"የይርጋጨፌ ቡና {number}"},
        "description": {"en": _DESCRIPTION, "am": "በጣቢያው ታጥቦ የደረቀ።"},
        "category_ids": ["coffee"],
        "variants": [
            {
                "sku": f"COFFEE-{number}-{grams}",
                "options": {"weight": f"{grams} g"},
                "price": {"amount": 100 * grams, "currency": "ETB"},
                "weight_grams": grams,
            }
            for grams in weights
        ],
        "status": "active",
    }
    product = catalog.create_product(ProductDraft.model_validate_json(json.dumps(draft)))
    for variant in product.details.variants:
        inventory.receive(product.product_id, variant.sku, _UNITS, note="from Gedeo", by="usr_KEEPER")
    catalog.refresh_cards(product.product_id)
    return product


def _machine(cloud: Cloud) -> str:
    """Make a machine that ends at once: a checkout may start it, and we run its steps by hand."""
    made = cloud.client("stepfunctions").create_state_machine(
        name="checkout", definition=json.dumps(_MACHINE), roleArn="arn:aws:iam::000000000000:role/bench"
    )
    return str(made["stateMachineArn"])
