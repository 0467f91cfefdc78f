"""How do staff keep the tree of categories, and what do they see of it?"""

from concurrent.futures import ThreadPoolExecutor

import pytest

from chalicelib.catalog import service as catalog
from chalicelib.catalog import store
from chalicelib.catalog.errors import CategoryWithinItself
from chalicelib.catalog.rules import ProductStatus
from chalicelib.catalog.schemas import CategoryPlace, ProductChange
from chalicelib.core.storage import transactions
from tests.catalog.builders import a_category, a_product
from tests.support.account import Account
from tests.support.calling import Client
from tests.support.recorded_calls import recording


def tag_of_the_tree(client: Client) -> str:
    return client.get("/categories").headers["etag"]


def tree(client: Client) -> list[tuple[str, int]]:
    return [(each["id"], each["depth"]) for each in client.get("/categories").json["items"]]


@pytest.fixture
def shelves(shop: Account) -> Account:
    """Return a shop with `coffee` > `beans` > `decaf`, and `gifts`."""
    a_category("beans", within="coffee")
    a_category("decaf", within="beans")
    a_category("gifts")
    return shop


def test_a_category_is_moved_by_one_write_with_all_in_it(shelves: Account, staff: Client):
    tag = tag_of_the_tree(staff)
    staff.get("/staff/categories/beans")

    with recording(shelves.dynamodb) as calls:
        moved = staff.call("PUT", "/categories/beans/place", {"parent_id": "gifts"}, if_match=tag)

    assert (moved.status, moved.json) == (200, {"id": "beans", "parent_id": "gifts", "position": 0})
    assert calls.operations == ["GetItem", "GetItem", "TransactWriteItems"]
    # The tree, that lists changed, the job that follows, and the note for the audit trail.
    assert len(calls.sent[-1].params["TransactItems"]) == 4
    assert tree(staff) == [("coffee", 0), ("gifts", 0), ("beans", 1), ("decaf", 2)]


def test_categories_are_put_in_order(shelves: Account, staff: Client):
    staff.call(
        "PUT", "/categories/gifts/place", {"parent_id": None, "before": "coffee"}, if_match=tag_of_the_tree(staff)
    )

    assert [category_id for category_id, depth in tree(staff) if depth == 0] == ["gifts", "coffee"]
    assert store.find_relisting("gifts") is None


def test_whoever_moves_saw_the_tree_as_it_is(shelves: Account, staff: Client):
    tag = tag_of_the_tree(staff)
    staff.call("PUT", "/categories/gifts/place", {"parent_id": None, "before": "coffee"}, if_match=tag)

    late = staff.call("PUT", "/categories/beans/place", {"parent_id": "gifts"}, if_match=tag)
    blind = staff.call("PUT", "/categories/beans/place", {"parent_id": "gifts"})

    assert (late.status, late.code) == (412, "precondition_failed")
    assert (blind.status, blind.code) == (428, "precondition_required")


@pytest.mark.parametrize(
    ("category_id", "place", "status", "code"),
    [
        ("coffee", {"parent_id": "decaf"}, 409, "category_within_itself"),
        ("tea", {"parent_id": None}, 404, "category_not_found"),
        ("gifts", {"parent_id": "tea"}, 409, "category_unknown"),
        ("gifts", {"parent_id": None, "before": "beans"}, 409, "category_elsewhere"),
        ("gifts", {}, 422, "malformed"),
    ],
)
def test_a_place_that_cannot_be_is_refused(
    shelves: Account, staff: Client, category_id: str, place: dict[str, object], status: int, code: str
):
    answer = staff.call("PUT", f"/categories/{category_id}/place", place, if_match=tag_of_the_tree(staff))

    assert (answer.status, answer.code) == (status, code)


def test_a_category_is_told_of_in_every_language_and_changed_by_whoever_read_it(shelves: Account, staff: Client):
    read = staff.get("/staff/categories/beans")

    changed = staff.patch("/categories/beans", {"description": {"en": "Roasted."}}, if_match=read.headers["etag"])
    late = staff.patch("/categories/beans", {"name": {"en": "Bean"}}, if_match=read.headers["etag"])

    assert read.json == {"id": "beans", "name": {"en": "Beans", "am": "ቡና"}, "description": {}}
    assert changed.json == {**read.json, "description": {"en": "Roasted."}}
    assert (late.status, late.code) == (412, "precondition_failed")
    assert staff.get("/categories").json["items"][1]["description"] == "Roasted."
    assert staff.get("/staff/categories/tea").code == "category_not_found"
    assert staff.patch("/categories/tea", {}, if_match='"1.a"').code == "category_not_found"


def test_a_category_in_which_nothing_lies_is_taken_away(shelves: Account, staff: Client):
    gone = staff.call("DELETE", "/categories/decaf", if_match=tag_of_the_tree(staff))

    assert gone.status == 204
    assert [category_id for category_id, _ in tree(staff)] == ["coffee", "beans", "gifts"]
    assert staff.get("/staff/categories/decaf").status == 404
    assert staff.post("/categories", {"id": "decaf", "name": {"en": "Decaf"}}).status == 201


@pytest.mark.parametrize("status", ["active", "draft", "in_review", "inactive"])
def test_a_category_that_a_product_names_stays(shelves: Account, staff: Client, status: str):
    product = a_product(category_ids=["gifts"], status="active" if status == "inactive" else status)
    if status == "inactive":
        change = ProductChange(status=ProductStatus.INACTIVE)
        catalog.change_product(product.product_id, change, if_version=None)
    catalog.refresh_cards(product.product_id)

    answer = staff.call("DELETE", "/categories/gifts", if_match=tag_of_the_tree(staff))

    assert (answer.status, answer.code) == (409, "category_in_use")


def test_a_category_of_deleted_products_only_is_in_nobodys_way(shelves: Account, staff: Client):
    product = a_product(category_ids=["gifts"])
    catalog.refresh_cards(product.product_id)
    catalog.delete_product(product.product_id, if_version=None)
    catalog.refresh_cards(product.product_id)

    assert staff.call("DELETE", "/categories/gifts", if_match=tag_of_the_tree(staff)).status == 204


def test_a_category_with_others_in_it_stays(shelves: Account, staff: Client):
    answer = staff.call("DELETE", "/categories/coffee", if_match=tag_of_the_tree(staff))

    assert (answer.status, answer.code) == (409, "category_in_use")


def test_a_product_whose_category_went_away_is_listed_in_its_others(shelves: Account):
    product = a_product(category_ids=["gifts", "decaf"])
    catalog.remove_category("gifts", if_version=None)

    catalog.refresh_cards(product.product_id)

    assert not store.has_cards("category:gifts")
    assert store.has_cards("category:decaf")


def test_categories_that_are_added_at_the_same_time_all_have_a_place(shop: Account):
    with ThreadPoolExecutor(6) as threads:
        list(threads.map(lambda number: transactions.settled(lambda: a_category(f"c{number}")), range(6)))

    assert sorted(catalog.all_categories().tree.shape.paths) == ["c0", "c1", "c2", "c3", "c4", "c5", "coffee"]


def test_of_moves_that_would_make_a_circle_one_is_refused(shelves: Account):
    a_category("tea")
    before = store.find_tree().version

    def try_to_move(move: tuple[str, str]) -> str:
        try:
            place = CategoryPlace(parent_id=move[1])
            transactions.settled(lambda: catalog.place_category(move[0], place, if_version=None))
        except CategoryWithinItself as refusal:
            return refusal.code
        return "moved"

    with ThreadPoolExecutor(2) as threads:
        answers = sorted(threads.map(try_to_move, [("gifts", "tea"), ("tea", "gifts")]))

    assert answers == ["category_within_itself", "moved"]
    assert store.find_tree().version == before + 1


def test_only_staff_keep_the_tree(shelves: Account, shopper: Client):
    assert shopper.get("/staff/categories/beans").status == 401
    assert shopper.patch("/categories/beans", {}).status == 401
    assert shopper.call("PUT", "/categories/beans/place", {"parent_id": None}).status == 401
    assert shopper.call("DELETE", "/categories/beans").status == 401
