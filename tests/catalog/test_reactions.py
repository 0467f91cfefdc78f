"""Do the cards of the lists follow the products, whatever order the events come in?"""

from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chalicelib.catalog import rules, store
from chalicelib.catalog import service as catalog
from chalicelib.catalog.errors import CategoryWithinItself
from chalicelib.catalog.models import Product
from chalicelib.catalog.reactions import consumer
from chalicelib.catalog.rules import ProductStatus
from chalicelib.catalog.schemas import CategoryPlace, ProductChange, VariantDraft
from chalicelib.core.events import event as events
from chalicelib.core.money import Money
from tests.catalog.builders import VENDOR, a_category, a_product, a_vendor
from tests.catalog.delivering import Envelope, announced, deliver
from tests.support.account import Account, fresh_account
from tests.support.recorded_calls import recording

TREE = {"coffee": None, "beans": "coffee", "gifts": None}
CATEGORIES = tuple(TREE)


def cards(product_id: str) -> dict[str, tuple[str, Money]]:
    """Return title and price of each card of a product, by list."""
    lists = ["all", f"vendor:{VENDOR}", *map(rules.list_of_category, CATEGORIES)]
    entries = {name: store.cards_of_list(name, after=None, limit=100).items for name in lists}
    return {
        name: (entry.card.title["en"], entry.card.price.courses[0].list_price)
        for name, found in entries.items()
        for entry in found
        if entry.card.product_id == product_id
    }


def expected(product: Product) -> dict[str, tuple[str, Money]]:
    """Return what the cards of a product should say."""
    details = product.details
    if product.status != "active":
        return {}
    card = (details.title["en"], min((each.price for each in details.active_variants), key=lambda price: price.minor))
    return dict.fromkeys(rules.lists_of(product.vendor_id, details, store.find_tree().shape), card)


@pytest.fixture
def stocked(shop: Account) -> Account:
    """Return a shop with a small tree of categories."""
    a_category("beans", within="coffee")
    a_category("gifts")
    return shop


def test_a_new_product_is_listed_in_one_transaction(stocked: Account):
    product = a_product(category_ids=["beans"])

    with recording(stocked.dynamodb) as calls:
        deliver(announced(product))

    # The last one asks whether its categories were moved meanwhile.
    assert calls.operations == ["BatchGetItem", "TransactWriteItems", "GetItem"]
    assert cards(product.product_id) == expected(product)
    assert set(cards(product.product_id)) == {"all", "vendor:ven_GEDEO", "category:coffee", "category:beans"}


def test_a_draft_is_listed_nowhere(stocked: Account):
    product = a_product(status="draft")

    deliver(announced(product))

    assert cards(product.product_id) == {}


def test_a_product_that_goes_off_sale_leaves_every_list(stocked: Account):
    product = a_product(category_ids=["beans", "gifts"])
    deliver(announced(product))

    hidden = catalog.change_product(product.product_id, ProductChange(status=ProductStatus.INACTIVE), if_version=1)
    deliver(announced(hidden.product))

    assert cards(product.product_id) == {}


def test_a_repeated_event_writes_nothing(stocked: Account):
    product = a_product()
    deliver(announced(product))

    with recording(stocked.dynamodb) as calls:
        deliver(announced(product), announced(product))

    assert calls.operations == ["BatchGetItem", "BatchGetItem"]


def test_an_event_of_a_product_that_is_not_there_is_no_failure(stocked: Account):
    product = a_product()
    envelope = announced(product) | {"data": {"product_id": "prd_NONE"}}

    assert deliver(envelope) == {"batchItemFailures": []}


def test_many_events_at_the_same_time_leave_the_cards_right(stocked: Account):
    product = a_product(category_ids=["beans"])
    envelopes = [announced(product)]
    for version, category_id in enumerate(("gifts", "coffee", "gifts"), start=1):
        product = catalog.change_product(
            product.product_id, ProductChange(category_ids=[category_id]), if_version=version
        ).product
        envelopes.append(announced(product))

    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(deliver, envelopes * 3))

    assert all(answer == {"batchItemFailures": []} for answer in answers)
    assert cards(product.product_id) == expected(product)


changes = st.fixed_dictionaries(
    {},
    optional={
        "title": st.sampled_from(["Coffee", "Gedeo coffee", "Sidama coffee"]).map(lambda title: {"en": title}),
        "status": st.sampled_from(["active", "inactive"]),
        "category_ids": st.lists(st.sampled_from(CATEGORIES), min_size=1, max_size=3, unique=True),
        "price": st.integers(1, 500),
    },
)


moves = st.tuples(st.sampled_from(CATEGORIES), st.sampled_from([None, *CATEGORIES]))


def moved(category_id: str, parent_id: str | None) -> list[Envelope]:
    """Move a category where that can be; return what is announced then."""
    try:
        catalog.place_category(category_id, CategoryPlace(parent_id=parent_id), if_version=None)
    except CategoryWithinItself:
        return []
    return pending()


def pending() -> list[Envelope]:
    """Return what the jobs that are not done announced last."""
    jobs = [job for job in map(store.find_relisting, CATEGORIES) if job is not None and not job.is_done]
    return [events.envelope(job.event) for job in jobs if job.event is not None]


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(changes | moves, max_size=6), st.data())
def test_cards_equal_the_product_whatever_order_and_repetition_of_events_and_moves(embedded_cloud_url, wanted, data):
    """Each example has a shop of its own: what an example announces must not depend on those before it."""
    with pytest.MonkeyPatch.context() as patch, fresh_account(embedded_cloud_url, patch):
        a_vendor()
        for category_id, parent_id in TREE.items():
            a_category(category_id, within=parent_id)
        assert_cards_equal_the_product(wanted, data)


def assert_cards_equal_the_product(wanted, data):
    product = a_product(category_ids=["beans"])
    sku = product.details.variants[0].sku
    envelopes = [announced(product)]
    for happening in wanted:
        if data.draw(st.booleans(), label="an event arrives between the changes"):
            deliver(data.draw(st.sampled_from(envelopes)))
        if isinstance(happening, tuple):
            envelopes += moved(*happening)
        else:
            change = a_change(sku, **happening)
            product = catalog.change_product(product.product_id, change, if_version=product.version).product
            envelopes.append(announced(product))

    shuffled = data.draw(st.permutations(envelopes + data.draw(st.lists(st.sampled_from(envelopes), max_size=4))))
    for envelope in shuffled:
        deliver(envelope)
    while more := pending():
        deliver(*more)

    assert cards(product.product_id) == expected(product)


def a_change(sku: str, *, price: int | None = None, **members: object) -> ProductChange:
    """Return a change as drawn."""
    if price is not None:
        members["variants"] = [VariantDraft(sku=sku, price=Money(price, "ETB"), weight_grams=250)]
    return ProductChange.model_validate(members, strict=False)


def test_the_queue_subscribes_to_what_is_handled():
    assert consumer.event_types == [
        *("category.moved", "category.partly_relisted"),
        *("gallery.changed", "product.changed", "product.created"),
    ]
