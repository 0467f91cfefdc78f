"""Does the deployed shop keep the document that it serves, whatever is sent to it and by whom?"""

import os
import re
from typing import Any

import requests
from schemathesis import GenerationMode

from chalicelib.payments.rules import RefundProblem
from tests.shipping.builders import a_zone_draft
from tests.support.barcodes import a_barcode
from tests.support.builders import money_owed_back
from tests.support.fuzzing import Campaign, Findings, Known, Visitor
from tests.support.market import CATEGORY, PASSWORD, Market, new_address, new_phone, working_on
from tests.support.people import Rights, a_person
from tests.support.proofs import App
from tests.support.shopper import ADDRESS, Shopper
from tests.support.telling import Tell
from tests.support.wire import Api

EXAMPLES = 50
PATIENCE_SECONDS = 30
# Another seed makes other requests: SEED=7 make test ARGS=tests/cloud/test_contract.py
SEED = int(os.environ.get("SEED", "20261122"))
HOME = {**ADDRESS, "region": "addis_ababa"}
# Each ends what requests to others are about; those at the end shut out whoever calls.
LAST = (
    "POST /refunds/{refund_id}/closure",
    "PUT /shipping-plan",
    "PUT /tax-rates",
    "DELETE /products/{product_id}",
    "DELETE /promotions/{promotion_id}",
    "DELETE /carts/{cart_id}/lines/{line_id}",
    "DELETE /carts/{cart_id}",
    "DELETE /users/me/addresses/{address_id}",
    "DELETE /users/me/second-factor",
    "DELETE /products/{product_id}",
    "POST /users/me/password",
    "DELETE /sessions/{session_id}",
    "DELETE /sessions/current",
    "DELETE /sessions",
    "POST /users/me/deactivation",
)
# What chance does not find for these: codes and signatures that count, versions, a vendor, what waits for an answer.
OUT_OF_REACH = {
    # Nobody makes up a token that the shop has signed.
    "POST /cart_recoveries",
    "POST /cart_reminder_opt_outs/{token}",
    "DELETE /promotions/{promotion_id}",
    "PUT /promotions/{promotion_id}",
    "DELETE /products/{product_id}",
    "DELETE /products/{product_id}/proposal",
    "GET /products/{product_id}/proposal",
    "GET /vendor/orders",
    "GET /vendors/mine",
    "DELETE /categories/{category_id}",
    "DELETE /collections/{collection_id}",
    "PATCH /categories/{category_id}",
    "GET /barcodes/{barcode}",
    "GET /payments/{payment_id}",
    "GET /payments/{payment_id}/return",
    "PATCH /brands/{brand_id}",
    "PATCH /product-types/{type_id}",
    "DELETE /products/{product_id}/pictures/{picture_id}",
    "PATCH /products/{product_id}",
    "PATCH /products/{product_id}/pictures",
    "PATCH /products/{product_id}/stock/{sku}",
    "PATCH /staff/users/{user_id}/rights",
    "PATCH /vendors/mine",
    "PATCH /vendors/{vendor_id}",
    "POST /checkouts/{checkout_id}/cancellation",
    "POST /password-resets/completions",
    "POST /payments/{payment_id}/collection",
    "POST /products/{product_id}/approval",
    "POST /products/{product_id}/refusal",
    "POST /staff/vendor-applications/{application_id}/approval",
    "POST /staff/vendor-applications/{application_id}/rejection",
    "POST /users/confirmations",
    "POST /users/me/contacts",
    "POST /users/me/second-factor/confirmation",
    "POST /vendor-applications/{application_id}/withdrawal",
    "POST /webhooks/minio",
    "POST /webhooks/chapa",
    "POST /webhooks/twilio/{message_id}",
    "PUT /categories/{category_id}/place",
    "PUT /shipping-plan",
    "PUT /tax-rates",
}


def test_every_answer_is_one_that_the_document_tells_of(market: Market, tell: Tell) -> None:
    findings = Findings(SEED)
    address = market.shop.api_url
    document = requests.get(f"{address}/openapi.json", timeout=PATIENCE_SECONDS).json()
    with working_on(market.shop):
        customer, known = what_exists(market)
        refunds = [money_owed_back(RefundProblem.REFUSED).refund_id for _ in range(4)]
        admin = a_person(market.api, Rights(("customer", "admin")))
        # Chance may take from one cart what a checkout needs.
        carts = [*known["cart_id"], a_cart_of(admin.api, known["sku"][0])["id"]]
    visitors = [Visitor("anonymous"), Visitor("customer", customer.api.headers), Visitor("admin", admin.api.headers)]

    Campaign(address, visitors, {**known, "cart_id": carts, "refund_id": refunds}, EXAMPLES, findings, LAST).run(
        document
    )
    everything_costs_what_it_did(market)

    tell(f"the served document, held against the deployed shop: {findings.summary}")
    operations = [operation for methods in document["paths"].values() for operation in methods.values()]
    assert list(findings.failures.items())[:20] == []
    assert len(findings.sent) == len(operations) * len(GenerationMode) * len(visitors)
    assert min(findings.sent.values()) >= EXAMPLES
    assert findings.never_succeeded <= OUT_OF_REACH


def what_exists(market: Market) -> tuple[Shopper, Known]:
    """Return a customer with an order, a checkout under way or a cart, and all that valid requests can be about."""
    goods = market.sells(units=1_000)
    customer = Shopper.customer(market).takes(goods).goes_to_pay().pays()
    order = customer.gets_order()
    addresses = [customer.api.must("POST", "/users/me/addresses", HOME)["id"] for _ in range(2)]
    cart = a_cart_of(customer.api, goods.sku)
    return customer, {
        **what_proves(market, customer),
        **what_goods_are(market, goods.product_id),
        "asset": re.findall(r"docs/assets/([\w.-]+)", market.api.get("/docs").text),
        "application_id": some_applications(market, customer),
        **what_is_cheaper(market),
        "product_id": [goods.product_id],
        "sku": [goods.sku],
        "cart_id": [cart["id"]],
        "line_id": [line["id"] for line in cart["lines"]],
        **dict.fromkeys(("address_id", "shipping_address_id", "billing_address_id"), addresses),
        **where_goods_go(),
        "checkout_id": [customer.checkout_id],
        "order_id": [order["id"]],
        "vendor_id": [vendor.id for vendor in market.vendors],
        "category": [CATEGORY],
        "currency": ["ETB", "USD"],
        "rates": [{"USD": "0.0069"}],
        "items": [{"tax_class": "reduced", "percent": "7"}],
        # Whoever buys has not agreed to another total than that of now.
        "accepted_total": [None],
        "category_id": [CATEGORY],
        "collection_id": ["featured"],
        "collection": ["featured"],
        "category_ids": [CATEGORY],
        "parent_id": [CATEGORY],
        "If-Match": [f'"{version}.a"' for version in range(5)],
    }


def a_cart_of(caller: Api, sku: str) -> Any:
    """Return somebody's cart, from which a checkout can begin."""
    cart = caller.must("POST", "/carts", {})
    caller.must("PATCH", f"/carts/{cart['id']}", {"shipping_address": HOME})
    return caller.must("POST", f"/carts/{cart['id']}/lines", {"sku": sku, "quantity": 1})


def where_goods_go() -> Known:
    """Return an address, and how it can be reached."""
    return {
        "shipping_address": [HOME],
        # Of the plan that is built in, and of the one below.
        "delivery_method_id": ["standard", "courier"],
        "region": ["addis_ababa", "tigray"],
        "zones": [a_zone_draft("everywhere")],
        "calendar": [{"closed_weekdays": ["sunday"], "cut_off_hour": 16}],
    }


def what_is_cheaper(market: Market) -> Known:
    """Return a promotion with a batch of codes."""
    ten_percent = {"name": {"en": "Ten percent"}, "discount": {"kind": "percentage", "percent": "10"}}
    promotion = market.staff.must("POST", "/promotions", {**ten_percent, "is_automatic": False})
    batch = market.staff.must("POST", f"/promotions/{promotion['id']}/coupon-batches", {"quantity": 2})
    return {"promotion_id": [promotion["id"]], "batch_id": [batch["id"]]}


def everything_costs_what_it_did(market: Market) -> None:
    """End the promotions that chance has given to everybody, since other tests buy in this shop as well."""
    cursor = ""
    while cursor is not None:
        page = market.staff.must("GET", f"/promotions?limit=100{cursor and f'&cursor={cursor}'}")
        for each in page["items"]:
            if each["is_automatic"] and each["status"] == "active":
                path = f"/promotions/{each['id']}"
                market.staff.must("DELETE", path, if_match=market.staff.get(path).headers["etag"])
        cursor = page["next_cursor"]


def what_goods_are(market: Market, product_id: str) -> Known:
    """Return what a product may be made of, and what one is known by."""
    return {
        "brand_id": [a_brand(market)],
        "type_id": [a_product_type(market)],
        "slug": [market.api.must("GET", f"/products/{product_id}")["slug"]],
        "slugs": [{}],
        "specs": [{}],
        "sale": [None],
        "barcode": [a_barcode() for _ in range(100)],
        "variants": [a_variant(number) for number in range(100)],
    }


def a_variant(number: int) -> dict[str, Any]:
    """Return a variant that no other product has."""
    price = {"amount": 25_000, "currency": "ETB"}
    return {"sku": f"NEW-{number}", "price": price, "weight_grams": 250, "barcode": a_barcode()}


def a_brand(market: Market) -> str:
    """Return a brand that products may name."""
    return str(market.staff.must("POST", "/brands", {"id": "gedeo", "name": {"en": "Gedeo"}})["id"])


def a_product_type(market: Market) -> str:
    """Return a type of goods that demands nothing."""
    return str(market.staff.must("POST", "/product-types", {"id": "coffee", "name": {"en": "Coffee"}})["id"])


def what_proves(market: Market, customer: Shopper) -> Known:
    """Return what only owners know; the customer has a second factor then.

    Staff's requests are about a bystander: whoever calls would be shut out.
    """
    signing_in = {"email": customer.email, "password": PASSWORD}
    refresh_token = market.api.must("POST", "/sessions", signing_in)["refresh_token"]
    app = App(customer.api.must("POST", "/users/me/second-factor")["secret"])
    confirmed = customer.api.must("POST", "/users/me/second-factor/confirmation", {"code": app.code()})
    bystander = a_person(market.api)
    joining = {"email": new_address("newcomer"), "password": PASSWORD, "name": "Meron Tesfaye"}
    return {
        "user_id": [bystander.user_id],
        "email": [bystander.email],
        "phone": [new_phone()],
        "password": [PASSWORD],
        "challenge_id": [market.api.must("POST", "/users", joining)["id"]],
        "mfa_token": [market.api.post("/sessions", signing_in).json["mfa_token"]],
        "recovery_code": confirmed["recovery_codes"],
        "refresh_token": [refresh_token],
        "session_id": [each["id"] for each in customer.api.must("GET", "/sessions")["items"]],
    }


def some_applications(market: Market, customer: Shopper) -> list[str]:
    """Return an application that the customer withdrew, and one of somebody else's that waits for an answer."""
    reached = {"email": "weavers@example.com", "phone": "+251911223344"}
    draft = {"name": "Weavers", **reached, "description": "Gabi, woven by hand."}
    own, other = (
        str(each.api.must("POST", "/vendor-applications", draft)["id"]) for each in (customer, Shopper.customer(market))
    )
    customer.api.must("POST", f"/vendor-applications/{own}/withdrawal")
    return [own, other]
