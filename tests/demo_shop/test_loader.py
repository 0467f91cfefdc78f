"""Does the loader fill a shop exactly once, whatever happens on the way?"""

from collections.abc import Callable, Iterator
from itertools import count

import pytest

from infra.local.demo_shop import wire
from infra.local.demo_shop.loader import WORKERS, Loaded, load
from infra.local.demo_shop.shop import Shop, read_shop
from infra.local.demo_shop.wire import LoadError
from tests.demo_shop.shop_on_the_wire import TOKEN, Reply, ShopOnTheWire, opened

BOOM: Reply = (500, {"code": "internal"})
BUSY: Reply = (503, {"code": "busy"})
STILL_RUNNING: Reply = (409, {"code": "still_running"})


@pytest.fixture(scope="module")
def shop() -> Shop:
    return read_shop()


@pytest.fixture
def server() -> ShopOnTheWire:
    return ShopOnTheWire()


@pytest.fixture
def url(server: ShopOnTheWire, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setattr(wire, "FIRST_PAUSE_SECONDS", 0.001)
    with opened(server) as address:
        yield address


def quietly(url: str) -> Loaded:
    return load(url, TOKEN, lambda line: None)


def failing_after(posts: int, *, on: str) -> Callable[[str, str], Reply | None]:
    seen = count()
    return lambda path, key: BOOM if path.endswith(on) and next(seen) >= posts else None


def first_time() -> Callable[[str], bool]:
    seen: set[str] = set()

    def is_first_time(key: str) -> bool:
        was_seen = key in seen
        seen.add(key)
        return not was_seen

    return is_first_time


def assert_complete(server: ShopOnTheWire, shop: Shop) -> None:
    variants = [variant for product in shop.products for variant in product.variants]
    assert set(server.categories) == {category.id for category in shop.categories}
    assert set(server.vendors) == {vendor.id for vendor in shop.vendors}
    assert len(server.products) == len(shop.products)
    assert {v.sku: server.stock_of(v.sku) for v in variants} == {v.sku: v.stock for v in variants}


def test_an_empty_shop_is_filled(server: ShopOnTheWire, url: str, shop: Shop) -> None:
    loaded = quietly(url)

    assert_complete(server, shop)
    assert (loaded.products, loaded.products_created) == (len(shop.products), len(shop.products))
    assert loaded.receipts_booked == len(server.movements)
    assert server.products[loaded.product_ids["YIRG-250-WHOLE"]]["title"]["am"] == "የይርጋጨፌ የታጠበ ቡና"


def test_a_product_is_sent_as_the_api_wants_it(server: ShopOnTheWire, url: str) -> None:
    loaded = quietly(url)

    product = server.products[loaded.product_ids["YIRG-250-GROUND"]]
    assert (product["vendor_id"], product["category_ids"]) == ("ven_demo_coffee", ["coffee"])
    assert (product["status"], len(product["variants"])) == ("active", 3)
    assert product["variants"][1] == {
        "sku": "YIRG-250-GROUND",
        "options": {"size": "250 g", "grind": "ground"},
        "price": {"amount": 53000, "currency": "ETB"},
        "weight_grams": 250,
    }


def test_what_is_lowered_is_sent_with_its_sale_price(server: ShopOnTheWire, url: str) -> None:
    loaded = quietly(url)

    limu = server.products[loaded.product_ids["LIMU-250-WHOLE"]]["variants"][0]
    assert (limu["price"]["amount"], limu["sale"]["price"]["amount"]) == (45000, 39500)


def test_collections_hold_their_products_in_order(server: ShopOnTheWire, url: str, shop: Shop) -> None:
    loaded = quietly(url)

    featured = next(each for each in shop.collections if each.id == "featured")
    assert server.collections["featured"]["product_ids"] == [loaded.product_ids[sku] for sku in featured.skus]


def test_a_second_run_creates_nothing(server: ShopOnTheWire, url: str, shop: Shop) -> None:
    quietly(url)
    server.posts.clear()

    again = quietly(url)

    assert_complete(server, shop)
    assert (again.products, again.products_created, again.receipts_booked) == (len(shop.products), 0, 0)
    assert set(server.posts) == {"/vendors"}


def test_a_second_run_creates_nothing_when_the_list_shows_no_variants_and_the_keys_are_forgotten(
    server: ShopOnTheWire, url: str, shop: Shop
) -> None:
    first = quietly(url)
    server.answers_by_key.clear()
    server.lists_variants = False

    again = quietly(url)

    assert_complete(server, shop)
    assert (again.products_created, again.receipts_booked) == (0, 0)
    assert again.product_ids == first.product_ids


@pytest.mark.parametrize(
    ("path", "posts"), [("/categories", 5), ("/vendors", 3), ("/products", 30), ("/stock_movements", 40)]
)
@pytest.mark.parametrize("lists_variants", [False, True])
@pytest.mark.parametrize("next_day", [False, True])
def test_a_run_that_broke_in_the_middle_is_finished_by_the_next(
    server: ShopOnTheWire,
    url: str,
    shop: Shop,
    *,
    path: str,
    posts: int,
    lists_variants: bool,
    next_day: bool,
) -> None:
    server.lists_variants = lists_variants
    server.before_post = failing_after(posts, on=path)
    with pytest.raises(LoadError, match="500 internal"):
        quietly(url)
    server.before_post = lambda path, key: None
    if next_day:
        server.answers_by_key.clear()

    quietly(url)

    assert_complete(server, shop)


def test_after_a_failure_no_further_products_are_begun(server: ShopOnTheWire, url: str) -> None:
    server.before_post = failing_after(10, on="/products")

    with pytest.raises(LoadError):
        quietly(url)

    assert server.posts.count("/products") <= 10 + 2 * WORKERS


@pytest.mark.parametrize("not_now", [BUSY, STILL_RUNNING])
def test_a_busy_shop_is_asked_again(server: ShopOnTheWire, url: str, shop: Shop, not_now: Reply) -> None:
    is_first_time = first_time()
    server.before_post = lambda path, key: not_now if is_first_time(key) else None

    quietly(url)

    assert_complete(server, shop)


def test_a_lost_answer_does_not_double_anything(server: ShopOnTheWire, url: str, shop: Shop) -> None:
    server.lose_answer = first_time()

    quietly(url)

    assert_complete(server, shop)


def test_a_shop_that_stays_busy_is_given_up_with_a_reason(server: ShopOnTheWire, url: str) -> None:
    server.before_post = lambda path, key: BUSY

    with pytest.raises(LoadError, match=r"POST /categories: 503 busy after 5 tries"):
        quietly(url)


def test_a_wrong_token_is_reported_at_once(url: str) -> None:
    with pytest.raises(LoadError, match="GET /categories: 401 unauthenticated"):
        load(url, "another-token", lambda line: None)


def test_somebody_who_watches_sees_a_line_for_every_ten_products(url: str, shop: Shop) -> None:
    lines: list[str] = []

    load(url, TOKEN, lines.append)

    total = len(shop.products)
    assert lines[0] == f"{len(shop.categories)} categories and {len(shop.vendors)} vendors are there"
    assert lines[1:] == [f"{done} of {total} products are there" for done in [*range(10, total, 10), total]]


def test_at_most_six_requests_are_under_way(server: ShopOnTheWire, url: str) -> None:
    server.takes_seconds = 0.02

    quietly(url)

    assert server.most_at_once == WORKERS == 6
