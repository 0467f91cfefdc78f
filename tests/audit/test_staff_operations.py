"""What is told of goods, stock and vendors when staff change them?"""

import json

import pytest

from app import app
from tests.catalog.builders import VENDOR, a_category, a_draft, a_product, a_variant, a_vendor
from tests.core.shelves import notes
from tests.support.account import Account
from tests.support.calling import Client
from tests.support.tokens import token_for

PRICE = {"amount": 30_000, "currency": "ETB"}


@pytest.fixture
def admin(aws: Account) -> Client:
    a_vendor()
    a_category()
    return Client(app).signed_with(token_for(roles=["admin"]))


def changes() -> dict[str, tuple[str | None, str | None]]:
    """Return what the last note says to have changed."""
    return {field: (before, after) for field, before, after in notes()[-1]["changes"]}


def test_a_new_vendor(admin: Client) -> None:
    admin.post("/vendors", {"name": "Weavers", "email": "shop@weavers.example"})

    assert changes() == {
        "name": (None, "Weavers"),
        "names": (None, '{"en":"Weavers"}'),
        "email": (None, "s•••@weavers.example"),
    }


def test_a_changed_vendor_tells_only_what_is_another_now(admin: Client) -> None:
    change = {"name": "Gedeo Union", "email": "new@gedeo.example"}
    answer = admin.patch(f"/vendors/{VENDOR}", change, if_match='"1.a"')

    assert answer.status == 200, answer.text
    assert changes() == {"email": ("v•••@example.com", "n•••@gedeo.example")}


def test_a_change_that_changes_nothing_is_noted_without_changes(admin: Client) -> None:
    admin.patch(f"/vendors/{VENDOR}", {"name": "Gedeo Union"}, if_match='"1.a"')

    assert changes() == {}


def test_a_new_category(admin: Client) -> None:
    admin.post("/categories", {"id": "beans", "parent_id": "coffee", "name": {"en": "Beans"}})

    assert (notes()[-1]["subject"], changes()) == (
        "beans",
        {"parent_id": (None, "coffee"), "name": (None, '{"en":"Beans"}')},
    )


def test_a_new_product_tells_what_is_sold_for_how_much(admin: Client) -> None:
    made = admin.post("/products", a_draft(variants=[a_variant("COFFEE-250")]))

    assert notes()[-1]["subject"] == made.json["id"]
    assert changes()["status"] == (None, "active")
    told = json.loads(changes()["variants[COFFEE-250]"][1] or "")
    assert told["price"] == {"minor": 25_000, "currency": "ETB"}


def test_a_changed_price_is_told_before_and_after(admin: Client) -> None:
    product = a_product(variants=[a_variant("COFFEE-250"), a_variant("COFFEE-500")])
    change = {"variants": [a_variant("COFFEE-250") | {"price": PRICE}], "status": "inactive"}

    answer = admin.patch(f"/products/{product.product_id}", change, if_match='"1.a"')

    assert answer.status == 200, answer.text
    assert changes().keys() == {"status", "variants[COFFEE-250]", "variants[COFFEE-500]"}
    assert changes()["status"] == ("active", "inactive")
    before, after = (json.loads(text or "") for text in changes()["variants[COFFEE-250]"])
    assert (before["price"]["minor"], after["price"]["minor"]) == (25_000, 30_000)
    assert '"inactive"' in str(changes()["variants[COFFEE-500]"][1])


def test_the_longest_change_of_a_product_is_still_a_note(admin: Client) -> None:
    product = a_product(variants=[a_variant() for _ in range(20)])
    change = {"status": "inactive", "title": {"en": "ቡና " * 30}, "variants": [a_variant() for _ in range(20)]}

    answer = admin.patch(f"/products/{product.product_id}", change, if_match='"1.a"', idempotency_key="key-1")

    assert answer.status == 200, answer.text
    assert changes()["status"] == ("active", "inactive")
    # Status, title and slugs, and each variant that came or went
    told = len(changes()) - 1
    assert changes()["…"] == (None, f"{3 + 40 - told} more")


def test_moved_stock_tells_how_much_and_why(admin: Client) -> None:
    product = a_product(variants=[a_variant("COFFEE-250")])
    movement = {"sku": "COFFEE-250", "kind": "receipt", "quantity": 24, "note": "lorry"}

    moved = admin.post(f"/products/{product.product_id}/stock_movements", movement)

    assert moved.status == 201, moved.text
    told = {field: after for field, (_, after) in changes().items()}
    assert told.pop("movement_id") == moved.json["id"]
    assert told == {"sku": "COFFEE-250", "quantity": "24", "kind": "receipt", "note": "lorry"}
