"""Is what a process keeps of lists never older than it may be, and does it cost nothing?"""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chalicelib.catalog import service as catalog
from chalicelib.catalog.schemas import CategoryChange, CollectionDraft, ProductChange, ProductFilter
from chalicelib.catalog.service import list_cache
from chalicelib.core import clock
from tests.catalog.builders import a_category, a_product, a_variant, birr
from tests.catalog.timing import later
from tests.support.account import Account
from tests.support.calling import Client
from tests.support.recorded_calls import recording

POLLED, CACHED = 5, 900


@pytest.fixture
def keeping(shop: Account, monkeypatch: pytest.MonkeyPatch) -> Account:
    """Return a shop whose process keeps what it reads."""
    monkeypatch.setenv("LISTS_POLLED_SECONDS", str(POLLED))
    monkeypatch.setenv("LISTS_CACHED_SECONDS", str(CACHED))
    return shop


def a_listed_product(title: str = "Coffee", **members: object) -> str:
    product = a_product(title={"en": title}, **members)
    catalog.refresh_cards(product.product_id)
    return product.product_id


def rename(product_id: str, title: str) -> None:
    catalog.change_product(product_id, ProductChange(title={"en": title}), if_version=None)
    catalog.refresh_cards(product_id)


def titles(category: str | None = None) -> list[str]:
    found = catalog.products_listed(ProductFilter(category=category), after=None)
    return [entry.card.title["en"] for entry in found.items]


def test_a_kept_page_asks_nobody(keeping: Account, shopper: Client):
    a_listed_product()
    with recording(keeping.dynamodb) as cold:
        first = shopper.get("/products?category=coffee")

    with recording(keeping.dynamodb) as warm:
        again = shopper.get("/products?category=coffee")
        in_amharic = shopper.get("/products?category=coffee", accept_language="am")

    assert cold.operations == ["Query", "Query"]
    assert warm.operations == []
    assert again.json == first.json
    assert in_amharic.headers["content-language"] == "am"
    assert again.headers["cache-control"].startswith("public, max-age=")
    assert shopper.get("/products?category=coffee", if_none_match=first.headers["etag"]).status == 304


def test_looking_whether_something_changed_is_one_query_each_time_that_is_due(keeping: Account):
    a_listed_product()
    titles()

    with later(POLLED + 1), recording(keeping.dynamodb) as calls:
        titles()
        titles("coffee")
        titles()

    assert calls.operations == ["Query", "Query"]


def test_a_change_is_seen_once_the_process_looks(keeping: Account):
    product_id = a_listed_product("Coffee")
    assert titles() == ["Coffee"]

    rename(product_id, "Gedeo coffee")

    assert titles() == ["Coffee"]
    with later(POLLED + 1):
        assert titles() == ["Gedeo coffee"]


@pytest.mark.parametrize(
    "change",
    [
        lambda product_id: a_listed_product("Another"),
        lambda product_id: rename(product_id, "Another"),
        lambda product_id: catalog.put_collection(
            "featured",
            CollectionDraft(name={"en": "x"}, product_ids=[product_id]),
            if_version=None,
        ),
        lambda product_id: a_category("tea"),
        lambda product_id: catalog.change_category("coffee", CategoryChange(name={"en": "x"}), if_version=None),
    ],
    ids=["a new product", "another title", "a collection", "a new category", "a category's name"],
)
def test_whatever_changes_what_is_listed_makes_the_process_forget(keeping: Account, change):
    product_id = a_listed_product()
    seen = everything()

    change(product_id)

    assert everything() == seen
    with later(POLLED + 1):
        assert everything() != seen


def everything() -> list[object]:
    """Return all that a process keeps."""
    featured = catalog.products_listed(ProductFilter(collection="featured"), after=None)
    rows = catalog.all_categories().rows
    return [titles(), len(featured.items), {name: rows[name].name for name in sorted(rows)}]


def test_what_does_not_change_a_list_does_not_make_anybody_forget(keeping: Account):
    product_id = a_listed_product()
    titles()
    catalog.change_product(product_id, ProductChange(description={"en": "Natural."}), if_version=None)
    catalog.refresh_cards(product_id)
    a_listed_product(status="draft")

    with later(POLLED + 1), recording(keeping.dynamodb) as calls:
        titles()

    assert calls.operations == ["Query"]


def test_a_page_that_was_read_before_a_change_is_not_kept_after_it(keeping: Account, monkeypatch: pytest.MonkeyPatch):
    product_id = a_listed_product("Coffee")

    def read_while_it_changes() -> list[str]:
        """Read, and let another thread of the process look after a change before this is kept."""
        rename(product_id, "Gedeo coffee")
        with later(POLLED + 1):
            titles("coffee")
        return ["Coffee"]

    list_cache.kept("a page", read_while_it_changes, weigh=len)

    assert list_cache.kept("a page", lambda: ["Gedeo coffee"], weigh=len) == ["Gedeo coffee"]


def test_nothing_is_kept_longer_than_the_setting_says(keeping: Account):
    a_listed_product()
    titles()

    with later(CACHED + 1), recording(keeping.dynamodb) as calls:
        titles()

    assert calls.operations == ["Query", "Query"]


def test_a_shop_may_keep_nothing(keeping: Account, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("LISTS_CACHED_SECONDS", "0")
    product_id = a_listed_product("Coffee")
    titles()

    rename(product_id, "Gedeo coffee")

    with recording(keeping.dynamodb) as calls:
        assert titles() == ["Gedeo coffee"]
    assert calls.operations == ["Query"]


def test_a_process_keeps_no_more_cards_than_it_may(keeping: Account, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("LISTS_CACHED_CARDS", "5")
    for _ in range(3):
        a_listed_product()
    titles()
    titles("coffee")

    with recording(keeping.dynamodb) as calls:
        titles("coffee")
        titles()

    assert calls.operations == ["Query"]


def test_a_kept_page_follows_a_sale_to_the_second(keeping: Account, shopper: Client):
    ends_at = clock.as_text(clock.after(100))
    sale = {"price": birr(200), "ends_at": ends_at}
    a_listed_product(variants=[a_variant(price=300, sale=sale)])
    shopper.get("/products")
    shopper.get("/products?on_sale=true")

    with later(4), recording(keeping.dynamodb) as calls:
        during = shopper.get("/products").json["items"]
        on_sale = shopper.get("/products?on_sale=true").json["items"]
    with later(101):
        after = shopper.get("/products").json["items"]
        gone = shopper.get("/products?on_sale=true").json["items"]

    assert calls.operations == []
    assert [each["price_from"] for each in (*during, *on_sale, *after)] == [birr(200), birr(200), birr(300)]
    assert gone == []


def test_sellers_see_the_table_as_it_is(keeping: Account, staff: Client):
    product_id = a_listed_product("Coffee", status="draft")
    staff.get("/staff/products?status=draft")

    rename(product_id, "Gedeo coffee")

    assert [each["title"] for each in staff.get("/staff/products?status=draft").json["items"]] == ["Gedeo coffee"]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(["rename", "read", "read a category", "time passes"]), max_size=12))
def test_no_page_is_older_than_the_last_look(keeping, happenings):
    list_cache.forget()
    product_id, seconds, said = a_listed_product("0"), 0.0, [(0.0, "0")]

    for number, happening in enumerate(happenings, start=1):
        with later(seconds):
            if happening == "rename":
                rename(product_id, str(number))
                said.append((seconds, str(number)))
            elif happening == "time passes":
                seconds += POLLED / 2 + 0.1
            else:
                seen = titles("coffee" if "category" in happening else None)[0]
                known_then = [title for since, title in said if since <= seconds - POLLED]
                younger = [title for since, title in said if since > seconds - POLLED]
                assert seen in [*known_then[-1:], *younger]
