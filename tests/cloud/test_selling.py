"""Can somebody become a vendor of the deployed shop?"""

from tests.support.market import Market, signed_in
from tests.support.shopper import Shopper

DRAFT = {
    "name": "Shiro Meda Weavers",
    "names": {"am": "የሽሮ ሜዳ ሸማኔዎች"},
    "email": "weavers@example.com",
    "phone": "+251 911 223344",
    "description": "Gabi and netela, woven by hand.",
}


def test_a_customer_applies_is_approved_and_sells(market: Market) -> None:
    customer = Shopper.customer(market)
    application_id = customer.api.must("POST", "/vendor-applications", DRAFT)["id"]
    waiting = market.staff.must("GET", "/staff/vendor-applications?limit=100")["items"]
    assert application_id in [each["id"] for each in waiting]

    vendor_id = market.staff.must("POST", f"/staff/vendor-applications/{application_id}/approval")["vendor_id"]

    seller = signed_in(market.api, customer.email)
    assert seller.must("GET", "/vendors/mine")["id"] == vendor_id
    assert seller.must("GET", "/vendor/orders")["items"] == []
    page = market.api.sending(accept_language="am").must("GET", f"/vendors/{vendor_id}")
    assert (page["name"], page["about"]) == (DRAFT["names"]["am"], DRAFT["description"])


def test_who_is_rejected_reads_why_and_applies_again(market: Market) -> None:
    customer = Shopper.customer(market)
    application_id = customer.api.must("POST", "/vendor-applications", DRAFT)["id"]
    reasons = ["The licence has expired."]

    market.staff.must("POST", f"/staff/vendor-applications/{application_id}/rejection", {"reasons": reasons})

    assert customer.api.must("GET", "/vendor-applications/mine")["items"][0]["reasons"] == reasons
    assert customer.api.must("POST", "/vendor-applications", DRAFT)["status"] == "open"
