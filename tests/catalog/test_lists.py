"""Which products do shoppers and sellers find in which list?"""

from dataclasses import replace

import pytest

from chalicelib.catalog import service as catalog
from chalicelib.catalog import store
from chalicelib.catalog.rules import ProductBrand
from chalicelib.catalog.schemas import ProductChange
from chalicelib.core.storage import transactions
from functions.api.catalog import app
from tests.catalog.builders import VENDOR, a_category, a_product, a_vendor
from tests.support.account import Account
from tests.support.calling import Client
from tests.support.recorded_calls import recording
from tests.support.tokens import token_for

OTHER = "ven_DORZE"


def listed(client: Client, query: str = "") -> list[str]:
    answer = client.get(f"/products{query}")
    assert answer.status == 200, answer.text
    return [card["id"] for card in answer.json["items"]]


def as_seller(client: Client, query: str = "") -> list[tuple[str, str]]:
    answer = client.get(f"/staff/products{query}")
    assert answer.status == 200, answer.text
    return [(card["id"], card["status"]) for card in answer.json["items"]]


def a_listed_product(*, tags: tuple[str, ...] = (), brand: str | None = None, **members: object) -> str:
    """Make a product with its cards; return its id."""
    product = a_product(**members)
    named = ProductBrand(brand, {"en": brand}) if brand else None
    product.details = replace(product.details, tags=tags, brand=named)
    with transactions.write() as work:
        work.save(product)
    catalog.refresh_cards(product.product_id)
    return product.product_id


@pytest.fixture
def member(shop: Account) -> Client:
    """Return a client signed in as a member of the other vendor."""
    a_vendor(OTHER)
    return Client(app).signed_with(token_for(roles=("customer", "vendor"), vendor_id=OTHER))


def test_a_product_is_found_by_brand_vendor_and_tag(shop: Account, shopper: Client, member: Client):
    coffee = a_listed_product(tags=("gift", "new"), brand="tomoca")
    gabi = a_listed_product(tags=("gift",), vendor_id=OTHER)

    assert listed(shopper) == [gabi, coffee]
    assert listed(shopper, "?tag=gift") == [gabi, coffee]
    assert listed(shopper, "?tag=new") == listed(shopper, "?brand=tomoca") == [coffee]
    assert listed(shopper, f"?vendor={OTHER}") == [gabi]
    assert listed(shopper, "?brand=none") == listed(shopper, "?tag=none") == []


def test_a_product_leaves_the_lists_of_what_it_lost(shop: Account, shopper: Client):
    product_id = a_listed_product(tags=("gift", "new"), brand="tomoca")
    product = store.find_product(product_id)
    product.details = replace(product.details, tags=("gift",), brand=None)
    with transactions.write() as work:
        work.save(product)

    catalog.refresh_cards(product_id)

    assert listed(shopper, "?tag=gift") == [product_id]
    assert listed(shopper, "?tag=new") == listed(shopper, "?brand=tomoca") == []


@pytest.mark.parametrize(
    "query",
    ["?category=coffee&tag=gift", "?brand=tomoca&on_sale=true", "?collection=featured&vendor=ven_GEDEO"],
)
def test_one_list_is_chosen_at_a_time(shopper: Client, query: str):
    answer = shopper.get(f"/products{query}")

    assert answer.status == 422
    assert [each["code"] for each in answer.json["errors"]] == ["one_list_only"]


def test_what_is_not_on_sale_may_be_said_beside_another_list(shop: Account, shopper: Client):
    product_id = a_listed_product()

    assert listed(shopper, "?category=coffee&on_sale=false") == [product_id]


def test_sellers_see_what_is_not_shown_too(shop: Account, staff: Client, shopper: Client):
    shown, draft = a_listed_product(), a_listed_product(status="draft")

    assert listed(shopper) == [shown]
    assert as_seller(staff) == [(shown, "active")]
    assert as_seller(staff, "?status=draft") == [(draft, "draft")]
    assert as_seller(staff, f"?vendor={VENDOR}") == [(draft, "draft"), (shown, "active")]
    assert as_seller(staff, f"?vendor={VENDOR}&status=draft") == [(draft, "draft")]
    assert shopper.get("/staff/products").status == 401


def test_what_waits_for_approval_is_in_a_list_of_its_own(shop: Account, staff: Client):
    a_listed_product()
    waiting = a_listed_product(status="in_review")

    answer = staff.get("/staff/products?review=true").json["items"]

    assert [(card["id"], card["awaits_approval"]) for card in answer] == [(waiting, True)]


def test_a_deleted_product_is_found_among_the_deleted_only(shop: Account, staff: Client):
    product_id = a_listed_product()
    catalog.delete_product(product_id, if_version=None)
    catalog.refresh_cards(product_id)

    assert as_seller(staff, f"?vendor={VENDOR}") == as_seller(staff) == []
    assert as_seller(staff, "?status=deleted") == [(product_id, "deleted")]


def test_a_vendors_member_sees_what_that_vendor_sells_and_nothing_else(shop: Account, member: Client):
    a_listed_product()
    own, draft = a_listed_product(vendor_id=OTHER), a_listed_product(vendor_id=OTHER, status="draft")

    assert as_seller(member) == as_seller(member, f"?vendor={OTHER}") == [(draft, "draft"), (own, "active")]
    assert as_seller(member, "?status=active") == [(own, "active")]
    assert as_seller(member, "?review=true") == []
    assert as_seller(member, f"?vendor={VENDOR}") == as_seller(member, f"?vendor={VENDOR}&status=active") == []


def test_only_cards_that_changed_are_written(shop: Account):
    product_id = a_listed_product(tags=("gift", "new"), brand="tomoca")
    product = store.find_product(product_id)
    product.details = replace(product.details, tags=("gift", "festive"))
    with transactions.write() as work:
        work.save(product)

    with recording(shop.dynamodb) as calls:
        catalog.refresh_cards(product_id)

    (written,) = [call.params["TransactItems"] for call in calls.sent if call.operation == "TransactWriteItems"]
    keys = sorted(row["Key"]["pk"]["S"] if "Key" in row else row["Item"]["pk"]["S"] for row in map(only, written))
    assert keys == ["CARDS#tag:festive#0", "CARDS#tag:new#0", "LISTING#" + product_id, "LIST_MARKS"]


def test_a_change_that_no_card_tells_of_is_one_small_write(shop: Account):
    product_id = a_listed_product()
    catalog.change_product(product_id, ProductChange(description={"en": "Natural, from Guji."}), if_version=None)

    with recording(shop.dynamodb) as calls:
        catalog.refresh_cards(product_id)

    assert calls.operations == ["BatchGetItem", "PutItem"]


def test_the_largest_change_of_cards_is_one_transaction(shop: Account):
    def shelves(letter: str) -> list[str]:
        return [a_way_down(f"{letter}{number}") for number in range(5)]

    def tags(letter: str) -> tuple[str, ...]:
        return tuple(f"{letter}{number}" for number in range(10))

    product_id = a_listed_product(category_ids=shelves("a"), tags=tags("a"), brand="a")
    catalog.change_product(product_id, ProductChange(category_ids=shelves("b")), if_version=None)
    product = store.find_product(product_id)
    product.details = replace(
        product.details, title={"en": "Other"}, tags=tags("b"), brand=ProductBrand("b", {"en": "b"})
    )
    with transactions.write() as work:
        work.save(product)

    with recording(shop.dynamodb) as calls:
        catalog.refresh_cards(product_id)

    (written,) = [call.params["TransactItems"] for call in calls.sent if call.operation == "TransactWriteItems"]
    # Two sides of 25 categories, 10 tags and a brand; all, the vendor, its own and its status; note and mark.
    assert len(written) == 2 * (25 + 10 + 1) + 4 + 2


def a_way_down(name: str) -> str:
    """Add five categories within each other; return the innermost."""
    within = None
    for depth in range(5):
        within = a_category(f"{name}-{depth}", within=within)
    assert within is not None
    return within


def only(row: dict[str, dict[str, object]]) -> dict:
    (operation,) = row.values()
    return operation
