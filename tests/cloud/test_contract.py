"""Does the deployed shop keep the document that it serves, whatever is sent to it and by whom?"""

import requests
from schemathesis import GenerationMode

from chalicelib.core import ids
from tests.support.cloud import Shop
from tests.support.fuzzing import Campaign, Findings, Known, Visitor
from tests.support.stocked import ANONYMOUS, Person, StockedShop

EXAMPLES = 50
ADDRESS = {"name": "Almaz", "phone": "+251911223344", "line1": "Bole Road", "city": "Addis Ababa"}


def test_every_answer_is_one_that_the_document_tells_of(shop: Shop, stocked: StockedShop, findings: Findings) -> None:
    document = requests.get(f"{shop.api_url}/openapi.json", timeout=30).json()
    operations = [operation for methods in document["paths"].values() for operation in methods.values()]
    visitors = [Visitor(each.name, each.token) for each in (ANONYMOUS, stocked.customer, stocked.admin)]

    Campaign(shop.api_url, visitors, what_exists(stocked), EXAMPLES, findings).run(document)

    assert list(findings.failures.items())[:20] == []
    assert len(findings.sent) == len(operations) * len(GenerationMode) * len(visitors)
    assert min(findings.sent.values()) >= EXAMPLES


def what_exists(stocked: StockedShop) -> Known:
    """Return the customer's cart, the admin's checkout and whatever else valid requests can be about."""
    checkout_id = a_checkout(stocked, stocked.admin)
    return {
        "product_id": [stocked.product_id],
        "sku": stocked.skus,
        "line_id": [f"lin_{sku}" for sku in stocked.skus],
        "cart_id": [stocked.a_cart_of(stocked.customer)],
        "checkout_id": [checkout_id],
        "order_id": [stocked.order_id],
        "vendor_id": [stocked.vendor_id],
        "user_id": [stocked.customer.id],
        "category": [stocked.category_id],
        "category_ids": [stocked.category_id],
        "parent_id": [stocked.category_id],
        "If-Match": [f'"{version}.a"' for version in range(1, 5)],
    }


def a_checkout(stocked: StockedShop, person: Person) -> str:
    purchase = {"cart_id": stocked.a_cart_of(person), "email": person.email, "return_url": "https://shop.test/thanks"}
    draft = {**purchase, "shipping_address": ADDRESS}
    begun = stocked.post("/checkouts", draft, person, **{"Idempotency-Key": ids.new("key")})
    return str(begun["id"])
