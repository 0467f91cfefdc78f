"""Does the deployed shop keep the document that it serves, whatever is sent to it and by whom?"""

import os

import pytest
import requests
from schemathesis import GenerationMode

from tests.support.fuzzing import Campaign, Findings, Known, Visitor
from tests.support.market import CATEGORY, Market
from tests.support.shopper import ADDRESS, Shopper

EXAMPLES = 50
PATIENCE_SECONDS = 30
# Another seed makes other requests: SEED=7 make test ARGS=tests/cloud/test_contract.py
SEED = int(os.environ.get("SEED", "20261122"))


@pytest.fixture
def findings(request: pytest.FixtureRequest) -> Findings:
    """Keep what is found, to be told at the end of the run."""
    found = Findings(SEED)
    request.config.pluginmanager.register(_Summary(found))
    return found


class _Summary:
    def __init__(self, found: Findings) -> None:
        self.found = found

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Say what was sent, and how to send the very same again."""
        terminalreporter.section("the served document, held against the deployed shop")
        terminalreporter.write_line(self.found.summary)


def test_every_answer_is_one_that_the_document_tells_of(market: Market, findings: Findings) -> None:
    address = market.shop.api_url
    document = requests.get(f"{address}/openapi.json", timeout=PATIENCE_SECONDS).json()
    customer, known = what_exists(market)
    visitors = [Visitor("anonymous"), Visitor("customer", customer.api.headers), Visitor("admin", market.staff.headers)]

    Campaign(address, visitors, known, EXAMPLES, findings).run(document)

    operations = [operation for methods in document["paths"].values() for operation in methods.values()]
    assert list(findings.failures.items())[:20] == []
    assert len(findings.sent) == len(operations) * len(GenerationMode) * len(visitors)
    assert min(findings.sent.values()) >= EXAMPLES


def what_exists(market: Market) -> tuple[Shopper, Known]:
    """Return a customer with an order, a checkout under way or a cart, and all that valid requests can be about."""
    goods = market.sells(units=1_000)
    customer = Shopper.customer(market).takes(goods).goes_to_pay().pays()
    order = customer.gets_order()
    cart = customer.api.must("POST", "/carts", {})
    home = {**ADDRESS, "region": "addis_ababa"}
    addresses = [customer.api.must("POST", "/users/me/addresses", home)["id"] for _ in range(2)]
    line = customer.api.must("POST", f"/carts/{cart['id']}/lines", {"sku": goods.sku, "quantity": 1})["lines"][0]
    return customer, {
        "product_id": [goods.product_id],
        "sku": [goods.sku],
        "cart_id": [cart["id"]],
        "line_id": [line["id"]],
        "address_id": addresses,
        "shipping_address_id": addresses,
        "region": ["addis_ababa", "tigray"],
        "checkout_id": [customer.checkout_id],
        "order_id": [order["id"]],
        "vendor_id": [vendor.id for vendor in market.vendors],
        "user_id": [customer.api.must("GET", "/users/me")["id"]],
        "category": [CATEGORY],
        "category_ids": [CATEGORY],
        "parent_id": [CATEGORY],
        "If-Match": [f'"{version}.a"' for version in range(1, 5)],
    }
