"""How large can a product become? As large as its limits let it, which is less than what can be stored."""

import json
from itertools import pairwise
from typing import Any

import pytest

from chalicelib.catalog import service as catalog
from chalicelib.catalog import store
from chalicelib.catalog.models import Collection, Listing, Tree
from chalicelib.catalog.rules import CATEGORIES_LIMIT, CategoryTree
from chalicelib.core.money import CURRENCIES
from chalicelib.core.settings import settings
from chalicelib.core.storage import connection, keys, list_keys
from chalicelib.core.storage.key import Key
from chalicelib.vendors import service as vendors
from tests.catalog.builders import a_category, a_draft, a_variant, birr
from tests.support.account import Account
from tests.support.barcodes import a_barcode
from tests.support.calling import Client
from tests.support.capacity import item_bytes
from tests.support.longest import DEAREST_LETTER, LETTER, LOCALES, longest_options, longest_title

ITEM_BYTES, QUERY_BYTES = 400 * 1024, 1024 * 1024
REASONS_BYTES = 10 * 500 * 6
# Where control characters are refused or taken away, this one is the dearest: four bytes in UTF-8.
DEAREST_SEEN = "\U0001e7e0"
DESCRIPTION_LETTERS, NAME_LETTERS, SLUG_LETTERS = 5_000, 120, 64
DEPTH, SHELVES, VARIANTS_AT_ONCE, ATTRIBUTES, TAGS = 5, 5, 20, 20, 10


def dearest_prices(number: int) -> dict[str, Any]:
    """Return a list price and a sale with dates, in every currency; each begins another day, and is cheaper."""

    def of(amount: int) -> dict[str, Any]:
        main, *others = ({"amount": amount, "currency": currency} for currency in CURRENCIES)
        return {"price": main, "other_prices": others}

    dates = {
        "starts_at": f"2098-09-{number + 1:02}T00:00:00.123456+03:00",
        "ends_at": "2099-09-11T00:00:00.123456-11:30",
    }
    return {**of(10_000_000_000), "sale": {**of(9_999_999_999 - number), **dates}}


def told_apart(number: int, letter: str) -> dict[str, str]:
    """Return the longest options, of which one value ends with a number."""
    return {
        name: f"{value[:-2]}{number:02}"
        for name, value in longest_options(DEAREST_SEEN if letter == DEAREST_LETTER else letter).items()
    }


def longest_variants(prefix: str, letter: str) -> list[dict]:
    return [
        a_variant(
            f"{prefix}{number:063}",
            options=told_apart(number, letter),
            weight_grams=1_000_000,
            barcode=a_barcode(14),
            dimensions={"length_mm": 10_000, "width_mm": 10_000, "height_mm": 10_000},
            picture_id="p" * 60,
        )
        | dearest_prices(number)
        for number in range(VARIANTS_AT_ONCE)
    ]


def a_shelf_at_the_bottom(number: int, letter: str) -> str:
    """Make a category as deep as one may be, each above it with the longest name; return its id."""
    within = None
    for depth in range(DEPTH):
        name = longest_title(letter)
        within = a_category(f"{number}-{depth}-".ljust(SLUG_LETTERS, "x"), within=within, name=name)
    assert within is not None
    return within


def the_longest_words(staff: Client, letter: str) -> dict[str, Any]:
    """Make the longest brand and the longest type; return all that a product tells beside its title and shelves."""
    brand_id = type_id = "x" * SLUG_LETTERS

    def words(letters: int) -> dict[str, str]:
        return dict.fromkeys(LOCALES, DEAREST_SEEN * letters)

    def made(path: str, body: dict[str, Any]) -> None:
        answer = staff.post(path, json.dumps({"name": longest_title(letter), **body}, ensure_ascii=False))
        assert answer.status == 201, answer.text

    ids = [f"{number:02}".ljust(SLUG_LETTERS, "x") for number in range(ATTRIBUTES)]
    attributes = [{"id": each, "name": words(60), "kind": "text"} for each in ids]
    made("/brands", {"id": brand_id})
    made("/product-types", {"id": type_id, "attributes": attributes})
    return {
        "brand_id": brand_id,
        "type_id": type_id,
        "specs": {each: words(100) for each in ids},
        "tags": ids[:TAGS],
        "seo_title": words(70),
        "seo_description": words(200),
    }


def the_longest_product(staff: Client, letter: str) -> str:
    """Make a product that takes no other letter and no other variant, in two requests; return its id."""
    vendors.register(name=letter * NAME_LETTERS, names=dict.fromkeys(LOCALES, letter * NAME_LETTERS), email="a@b.et")
    vendor_id = vendors.all_vendors(None, 1).items[0].vendor_id
    shelves = [a_shelf_at_the_bottom(number, letter) for number in range(SHELVES)]
    draft = {
        "vendor_id": vendor_id,
        "title": longest_title(letter),
        "description": dict.fromkeys(LOCALES, DEAREST_SEEN * DESCRIPTION_LETTERS),
        "category_ids": shelves,
        **the_longest_words(staff, letter),
    }
    body = json.dumps(a_draft(**draft, variants=longest_variants("A", letter)), ensure_ascii=False)
    made = staff.post("/products", body)
    assert made.status == 201, made.text
    path = f"/products/{made.json['id']}"
    changed = staff.patch(path, {"variants": longest_variants("B", letter)}, if_match=made.headers["etag"])
    assert changed.status == 200, changed.text
    return str(made.json["id"])


def size_of(key: Key) -> int:
    return item_bytes(connection.table().get_item(key.pk, key.sk)["Item"])


@pytest.mark.parametrize("letter", [LETTER, DEAREST_LETTER])
def test_the_longest_product_is_stored_shown_and_listed(
    shop: Account, staff: Client, shopper: Client, letter: str
) -> None:
    product_id = the_longest_product(staff, letter)
    catalog.refresh_cards(product_id)

    shown = shopper.get(f"/products/{product_id}")
    listed = shopper.get("/products")

    assert shown.json["description"] == DEAREST_SEEN * DESCRIPTION_LETTERS
    assert [each["id"] for each in listed.json["items"]] == [product_id]
    assert len(store.product_for_listing(product_id)[1].shown) == 3 + SHELVES * DEPTH + TAGS
    # Beside it there is room for the reasons of a refusal.
    assert size_of(keys.product(product_id)) < ITEM_BYTES - REASONS_BYTES
    # A page of the longest cards is one Query, which reads 1 MB at most.
    assert size_of(list_keys.card("all", product_id)) * settings.page_size_limit < QUERY_BYTES


@pytest.mark.parametrize(
    "longer",
    [
        {"title": {"en": "x" * 201}},
        {"description": {"en": "x" * (DESCRIPTION_LETTERS + 1)}},
        {"variants": [a_variant(options=longest_options("x") | {"y": "z"})]},
        {"variants": [a_variant(options={"x" * 61: "y"})]},
        {"variants": [a_variant(options={"y": "x" * 61})]},
        {"variants": [a_variant() for _ in range(VARIANTS_AT_ONCE + 1)]},
        {"variants": [a_variant("A" * 65)]},
        {"variants": [a_variant() | {"price": birr(100_000_001)}]},
    ],
)
def test_nothing_longer_than_the_longest_is_taken(staff: Client, longer: dict) -> None:
    assert staff.post("/products", a_draft(**longer)).status == 422


def test_the_largest_tree_note_and_collection_are_stored() -> None:
    ids = [f"{number}-".ljust(SLUG_LETTERS, "x") for number in range(CATEGORIES_LIMIT)]
    # Each is named twice, as a child and as a parent, in chains that are as long as may be.
    shape = {each: [child] for each, child in pairwise(ids) if ids.index(child) % DEPTH}
    tree = Tree.at(list_keys.category_tree(), version=1, shape=CategoryTree({"": ids[::DEPTH], **shape}))
    product_ids = ["prd_" + "0" * 26] * 500
    words = {"name": longest_title(DEAREST_LETTER), "description": dict.fromkeys(LOCALES, "&amp;" * 1_000)}
    collection = Collection.at(
        list_keys.collection("x" * SLUG_LETTERS), version=1, collection_id="x", product_ids=product_ids, **words
    )
    lists = [f"category:{each}" for each in ids[: SHELVES * DEPTH + 13]]
    note = Listing.at(list_keys.listing("prd_1"), product_id="prd_1", sequence=1, shown=lists, own=lists[:8])

    assert len(tree.shape.paths) == CATEGORIES_LIMIT
    assert item_bytes(tree.to_dynamodb_dict()) < 140_000
    assert item_bytes(collection.to_dynamodb_dict()) < 150_000
    assert item_bytes(note.to_dynamodb_dict()) < 4_000
