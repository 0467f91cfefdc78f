"""Do lists follow a sale when it begins and ends, before and after the schedule has come?"""

import json

import pytest

from chalicelib.catalog import service as catalog
from chalicelib.catalog import store
from chalicelib.catalog.rules import ProductStatus
from chalicelib.catalog.schemas import ProductChange
from chalicelib.core import clock
from chalicelib.core.storage import connection, keys
from functions.schedules.refresh_lists import handler
from tests.catalog.builders import a_product, a_variant, birr
from tests.catalog.timing import later
from tests.support.account import TABLE, Account
from tests.support.calling import Client
from tests.support.recorded_calls import recording

BEGINS, ENDS = 1_000, 2_000


def a_product_with_a_sale(*, begins: float | None = BEGINS, ends: float | None = ENDS, **members: object) -> str:
    """Put a product on sale from and until so many seconds from now; return its id."""
    moments = {"starts_at": begins, "ends_at": ends}
    told = {name: clock.as_text(clock.after(seconds)) for name, seconds in moments.items() if seconds is not None}
    product = a_product(variants=[a_variant(price=300, sale={"price": birr(200), **told})], **members)
    catalog.refresh_cards(product.product_id)
    return product.product_id


def price(shopper: Client) -> dict[str, object]:
    (card,) = shopper.get("/products").json["items"]
    return card["price_from"]


def on_sale(shopper: Client) -> list[str]:
    return [card["id"] for card in shopper.get("/products?on_sale=true").json["items"]]


def run() -> dict[str, int]:
    return handler({}, None)


def test_a_price_is_that_of_the_moment_whether_the_schedule_came_or_not(shop: Account, shopper: Client):
    product_id = a_product_with_a_sale()

    for seconds, asked, listed in (
        (0, birr(300), []),
        (BEGINS - 5, birr(300), []),
        (BEGINS + 1, birr(200), [product_id]),
        (ENDS - 5, birr(200), [product_id]),
        (ENDS + 1, birr(300), []),
    ):
        with later(seconds):
            assert price(shopper) == asked
            run()
            assert (price(shopper), on_sale(shopper)) == (asked, listed)


def test_what_is_not_on_sale_any_more_is_not_shown_as_such_before_the_schedule_comes(shop: Account, shopper: Client):
    product_id = a_product_with_a_sale(begins=None)
    assert on_sale(shopper) == [product_id]

    with later(ENDS + 1):
        assert on_sale(shopper) == []
        assert store.has_cards("sale")
        run()
        assert not store.has_cards("sale")


def test_the_schedule_does_what_is_due_once(shop: Account):
    a_product_with_a_sale()
    a_product_with_a_sale(begins=BEGINS * 10, ends=None)
    catalog.refresh_cards(a_product().product_id)

    with later(BEGINS + 1):
        first = run()
        with recording(shop.dynamodb) as calls:
            again = run()

    assert (first["done"], again["done"]) == (1, 0)
    assert calls.operations == ["Query"]


def test_nobody_waits_for_a_sale_on_what_is_not_shown(shop: Account):
    product_id = a_product_with_a_sale()
    catalog.change_product(product_id, ProductChange(status=ProductStatus.INACTIVE), if_version=None)
    catalog.refresh_cards(product_id)

    with later(BEGINS + 1):
        assert run()["done"] == 0


def test_what_cannot_be_listed_anew_is_put_off_and_stops_nobody(shop: Account, shopper: Client):
    broken = a_product_with_a_sale(begins=BEGINS - 1)
    spoil(broken)
    sound = a_product_with_a_sale()

    with later(BEGINS + 1):
        first, again = run(), run()

        assert (first["done"], first["failed"]) == (1, 1)
        assert (again["done"], again["failed"]) == (0, 0)
        assert on_sale(shopper) == [sound]


def spoil(product_id: str) -> None:
    """Leave a product as nobody can read it."""
    key = keys.product(product_id)
    connection.table().connection.client.update_item(
        TableName=TABLE,
        Key={"pk": {"S": key.pk}, "sk": {"S": key.sk}},
        UpdateExpression="SET details = :nonsense",
        ExpressionAttributeValues={":nonsense": {"S": json.dumps({"title": 1})}},
    )


@pytest.mark.parametrize(("seconds", "fresh"), [(0, (60, 60)), (BEGINS - 30, (29, 0)), (BEGINS, (60, 60))])
def test_no_cache_keeps_a_list_beyond_the_beginning_or_end_of_a_sale(
    shop: Account, shopper: Client, monkeypatch: pytest.MonkeyPatch, seconds: float, fresh: tuple[int, int]
):
    monkeypatch.setenv("CATALOGUE_CACHED_SECONDS", "60")
    a_product_with_a_sale()

    with later(seconds):
        said = shopper.get("/products").headers["cache-control"]

    numbers = tuple(int(part.partition("=")[2]) for part in said.split(", ")[1:])
    assert all(abs(number - wanted) <= 5 for number, wanted in zip(numbers, fresh, strict=True))
