"""What do shoppers and vendors see of orders?"""

import pytest

from chalicelib.core import tokens
from functions.api.orders import app
from tests.orders.builders import GABI, an_order
from tests.support.account import Account
from tests.support.builders import an_address
from tests.support.calling import Client
from tests.support.recorded_calls import recording
from tests.support.tokens import token_for


@pytest.fixture
def almaz(aws: Account) -> Client:
    return Client(app).signed_with(token_for(user_id="usr_almaz"))


def test_a_shopper_reads_what_they_bought(almaz: Client) -> None:
    order = an_order()

    answer = almaz.get(f"/orders/{order.order_id}")

    read = answer.json
    assert (read["id"], read["number"], read["status"]) == (order.order_id, order.number, "placed")
    assert (read["checkout_id"], read["email"]) == (order.checkout_id, "almaz.tesfaye@example.com")
    assert [(line["sku"], line["quantity"]) for line in read["lines"]] == [("COFFEE-SIDAMO-250", 2), ("GABI-WHITE", 1)]
    assert read["lines"][0]["title"] == "Sidamo coffee"
    assert read["totals"]["total"] == {"amount": order.quote.total.minor, "currency": "ETB"}
    assert sum(line["total"]["amount"] for line in read["lines"]) == order.quote.total.minor
    assert (read["shipping_address"]["city"], read["shipping_address"]["region"]) == ("Addis Ababa", "Oromia")
    assert answer.headers["cache-control"] == "no-store"


def test_an_order_keeps_whom_to_call_and_whom_to_bill(almaz: Client) -> None:
    order = an_order(phone="+251922334455", billing_address=an_address(name="Almaz Trading", region="tigray"))

    read = almaz.get(f"/orders/{order.order_id}", accept_language="am").json

    assert (read["phone"], read["billing_address"]["name"]) == ("+251922334455", "Almaz Trading")
    assert (read["billing_address"]["region"], read["billing_address"]["region_name"]) == ("tigray", "ትግራይ")


def test_who_said_nothing_of_a_bill_gets_none(almaz: Client) -> None:
    read = almaz.get(f"/orders/{an_order().order_id}").json

    assert (read["phone"], read["billing_address"]) == (None, None)


def test_a_region_from_before_codes_is_told_as_it_was_written(almaz: Client) -> None:
    order = an_order(shipping_address=an_address(region="Kaffa zone"))

    read = almaz.get(f"/orders/{order.order_id}").json["shipping_address"]

    assert (read["region"], read["region_name"]) == ("Kaffa zone", "Kaffa zone")


def test_goods_are_named_in_the_readers_language(almaz: Client) -> None:
    order = an_order()

    assert almaz.get(f"/orders/{order.order_id}", accept_language="am").json["lines"][0]["title"] == "የሲዳማ ቡና"


def test_an_unchanged_order_is_not_sent_again(almaz: Client) -> None:
    path = f"/orders/{an_order().order_id}"

    assert almaz.get(path, if_none_match=almaz.get(path).headers["etag"]).status == 304


def test_a_guest_reads_what_was_bought_with_the_cart(aws: Account) -> None:
    order = an_order("crt_guest")
    guest = Client(app).signed_with(tokens.guest_token("crt_guest"))

    assert guest.get(f"/orders/{order.order_id}").json["number"] == order.number
    assert [each["id"] for each in guest.get("/orders").json["items"]] == [order.order_id]


def test_a_strangers_order_is_not_found(almaz: Client) -> None:
    order = an_order("usr_stranger")

    answer = almaz.get(f"/orders/{order.order_id}")

    assert (answer.status, answer.code) == (404, "order_not_found")
    assert almaz.get("/orders").json == {"items": [], "next_cursor": None}


@pytest.mark.parametrize("path", ["/orders", "/orders/ord_1", "/vendor/orders"])
def test_nobody_reads_without_a_token(aws: Account, path: str) -> None:
    assert Client(app).get(path).status == 401


def test_orders_are_listed_newest_first_in_pages(almaz: Client) -> None:
    placed = [an_order() for _ in range(3)]

    first = almaz.get("/orders?limit=2")
    second = almaz.get(f"/orders?limit=2&cursor={first.json['next_cursor']}")

    listed = [each["id"] for each in [*first.json["items"], *second.json["items"]]]
    assert listed == [order.order_id for order in reversed(placed)]
    assert second.json["next_cursor"] is None
    assert first.json["items"][0]["quantity"] == 3
    assert first.json["items"][0]["total"]["amount"] == placed[-1].quote.total.minor


def test_a_cursor_of_another_owner_opens_only_ones_own(almaz: Client) -> None:
    for _ in range(2):
        an_order()
        an_order("usr_other")
    cursor = almaz.get("/orders?limit=1").json["next_cursor"]
    other = Client(app).signed_with(token_for(user_id="usr_other"))

    answer = other.get(f"/orders?cursor={cursor}")

    own = {each["id"] for each in other.get("/orders").json["items"]}
    assert {each["id"] for each in answer.json["items"]} <= own


def test_a_vendor_sees_its_part_and_no_more(aws: Account) -> None:
    order = an_order()
    token = token_for(roles=["vendor"], vendor_id="ven_shiromeda")
    vendor = Client(app).signed_with(token)
    vendor.get("/vendor/orders")

    with recording(aws.dynamodb) as calls:
        [part] = vendor.get("/vendor/orders").json["items"]

    assert calls.operations == ["Query"]
    assert (part["order_id"], part["number"]) == (order.order_id, order.number)
    assert [line["sku"] for line in part["lines"]] == [GABI.sku]
    assert part["totals"]["total"] == part["lines"][0]["total"]
    assert "email" not in part


def test_a_customer_is_no_vendor(almaz: Client) -> None:
    assert almaz.get("/vendor/orders").status == 403
