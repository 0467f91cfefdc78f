"""Who sells, who decides, and how do they ask?"""

from typing import Any

from chalicelib.catalog.routes import router
from chalicelib.core.http import Api
from tests.catalog.builders import VENDOR, a_product, a_variant
from tests.support.calling import Client, Response
from tests.support.tokens import token_for


def an_app() -> Api:
    """An API with the catalogue in it; a thread needs one of its own."""
    return Api("catalog", router)


def a_member(vendor_id: str = VENDOR, user_id: str = "usr_hana") -> Client:
    """Somebody who sells for a vendor."""
    token = token_for(user_id=user_id, roles=["customer", "vendor"], vendor_id=vendor_id)
    return Client(an_app()).signed_with(token)


def an_approver(user_id: str = "usr_sara") -> Client:
    """Somebody who decides about products, and does nothing else with them."""
    token = token_for(user_id=user_id, roles=["customer", "staff"], permissions=["catalog.approve"])
    return Client(an_app()).signed_with(token)


def tag_of(seller: Client, product_id: str) -> str:
    """Return the tag of a product as one of its sellers reads it."""
    return seller.get(f"/staff/products/{product_id}").headers["etag"]


def edited(seller: Client, product_id: str, **members: Any) -> Response:
    """Change a product as it is now."""
    return seller.patch(f"/products/{product_id}", members, if_match=tag_of(seller, product_id))


def waiting(vendor: Client, **members: Any) -> str:
    """Return a product that is for sale, and of which the vendor wants something else to be told."""
    skus = [each["sku"] for each in members.get("variants", [])][:1] or ["COFFEE-250"]
    product_id = a_product(variants=[a_variant(skus[0])]).product_id
    answer = edited(vendor, product_id, **members)
    assert answer.status == 200, answer.text
    assert answer.json["has_proposal"], answer.text
    return product_id


def approved(approver: Client, product_id: str) -> Response:
    """Approve what waits, as it is now."""
    path = f"/products/{product_id}/approval"
    return approver.post(path, if_match=approver.get(path).headers["etag"])


def refused(approver: Client, product_id: str, *reasons: str) -> Response:
    """Refuse what waits, as it is now."""
    tag = approver.get(f"/products/{product_id}/approval").headers["etag"]
    body = {"reasons": list(reasons) or ["Nobody can prove that."]}
    return approver.post(f"/products/{product_id}/refusal", body, if_match=tag)
