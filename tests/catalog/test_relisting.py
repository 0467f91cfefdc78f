"""Do products follow a category that is moved, whatever stops the work or gets in between?"""

from contextlib import contextmanager

import pytest

from chalicelib.catalog import service as catalog
from chalicelib.catalog import store
from chalicelib.catalog.rules import ProductStatus
from chalicelib.catalog.schemas import CategoryPlace, ProductChange
from chalicelib.catalog.service import relisting
from chalicelib.core.events import event as events
from chalicelib.core.storage import connection
from tests.catalog.builders import a_category, a_product
from tests.catalog.delivering import deliver
from tests.support.account import Account
from tests.support.recorded_calls import recording


@pytest.fixture
def stocked(shop: Account, monkeypatch: pytest.MonkeyPatch) -> Account:
    """Return a shop with `coffee` > `beans` and `gifts`, whose products are listed two at a time."""
    monkeypatch.setattr(relisting, "_PRODUCTS_AT_ONCE", 2)
    a_category("beans", within="coffee")
    a_category("gifts")
    return shop


def some_products(count: int) -> list[str]:
    products = [a_product(category_ids=["beans"]) for _ in range(count)]
    for product in products:
        catalog.refresh_cards(product.product_id)
    return [product.product_id for product in products]


def move(category_id: str, parent_id: str | None) -> None:
    catalog.place_category(category_id, CategoryPlace(parent_id=parent_id), if_version=None)


def announced(category_id: str = "beans") -> dict[str, object]:
    """Return what the job announced last."""
    job = store.find_relisting(category_id)
    assert job is not None
    assert job.event is not None
    return events.envelope(job.event)


def listed(name: str) -> list[str]:
    return [entry.card.product_id for entry in store.cards_of_list(name, after=None, limit=100).items]


def finish(category_id: str = "beans") -> int:
    """Deliver what the job announces until it is done; return how many pages that were."""
    pages = 0
    while not store.find_relisting(category_id).is_done:
        assert deliver(announced(category_id)) == {"batchItemFailures": []}
        pages += 1
    return pages


def test_the_products_of_a_moved_category_are_listed_where_it_lies_now(stocked: Account):
    products = some_products(5)

    move("beans", "gifts")
    pages = finish()

    assert sorted(listed("category:gifts")) == sorted(listed("category:beans")) == products
    assert listed("category:coffee") == []
    assert pages == 3


def test_a_page_that_comes_twice_is_done_once(stocked: Account):
    some_products(5)
    move("beans", "gifts")
    first = announced()
    deliver(first)

    with recording(stocked.dynamodb) as calls:
        deliver(first, first)

    assert calls.operations == ["GetItem", "GetItem"]
    assert finish() == 2


def test_a_page_that_was_broken_off_is_done_again(stocked: Account):
    products = some_products(3)
    move("beans", "gifts")

    with broken_after(transactions=1):
        assert deliver(announced())["batchItemFailures"] != []
    finish()

    assert sorted(listed("category:gifts")) == products
    assert listed("category:coffee") == []


def test_a_category_that_moves_on_meanwhile_is_gone_through_from_the_beginning(stocked: Account):
    products = some_products(5)
    a_category("sale")
    move("beans", "gifts")
    deliver(announced())
    of_the_first_move = announced()

    move("beans", "sale")
    deliver(of_the_first_move)
    finish()

    assert sorted(listed("category:sale")) == products
    assert listed("category:gifts") == listed("category:coffee") == []


def test_a_product_that_is_saved_while_the_tree_changes_is_listed_where_its_category_lies_now(stocked: Account):
    product = a_product(category_ids=["beans"])

    with meanwhile(lambda: (move("beans", "gifts"), finish())):
        catalog.refresh_cards(product.product_id)

    assert listed("category:gifts") == [product.product_id]
    assert listed("category:coffee") == []


def test_products_that_lie_where_they_did_are_not_written(stocked: Account):
    some_products(2)
    a_category("decaf", within="beans")
    move("decaf", "gifts")
    move("beans", "gifts")
    finish()
    move("beans", "gifts")

    with recording(stocked.dynamodb) as calls:
        finish("decaf")

    assert "TransactWriteItems" not in calls.operations


def test_a_product_that_is_hidden_meanwhile_is_listed_nowhere(stocked: Account):
    (product_id,) = some_products(1)
    move("beans", "gifts")
    catalog.change_product(product_id, ProductChange(status=ProductStatus.INACTIVE), if_version=None)

    finish()

    assert listed("category:beans") == listed("category:gifts") == listed("category:coffee") == []


@contextmanager
def meanwhile(happen):
    """Let something happen between the first read inside the block and the write that follows from it."""
    client, is_first = connection.table().connection.client, [True]

    def after_read(**_: object) -> None:
        if is_first:
            is_first.clear()
            happen()

    client.meta.events.register("after-call.dynamodb.BatchGetItem", after_read)
    try:
        yield
    finally:
        client.meta.events.unregister("after-call.dynamodb.BatchGetItem", after_read)


class Broken(Exception):
    """The process died."""


@contextmanager
def broken_after(*, transactions: int):
    """Let the process die when it wants to write once more than this."""
    client, left = connection.table().connection.client, [transactions]

    def before_write(**_: object) -> None:
        left[0] -= 1
        if left[0] < 0:
            raise Broken

    client.meta.events.register("provide-client-params.dynamodb.TransactWriteItems", before_write)
    try:
        yield
    finally:
        client.meta.events.unregister("provide-client-params.dynamodb.TransactWriteItems", before_write)
