"""What are shoppers and staff told of prices?"""

from datetime import datetime, timedelta
from typing import Any

import pytest

from chalicelib.catalog import service as catalog
from chalicelib.core import clock
from chalicelib.pricing import service as pricing
from tests.catalog.builders import a_draft, a_product, a_variant, birr
from tests.support.account import Account
from tests.support.calling import Client
from tests.support.recorded_calls import recording

HOUR = timedelta(hours=1)


def dollars(amount: float) -> dict[str, Any]:
    return {"amount": round(amount * 100), "currency": "USD"}


def text(moment: datetime) -> str:
    return clock.as_text(moment)


def seconds_fresh(cache_control: str) -> tuple[int, int]:
    """Return how long an answer may be kept, and how long after that it may be shown while a new one is fetched."""
    told = dict(each.strip().split("=") for each in cache_control.split(",") if "=" in each)
    return int(told["max-age"]), int(told["stale-while-revalidate"])


def test_a_sale_is_shown_with_what_it_saves_and_when_it_ends(shop: Account, shopper: Client) -> None:
    ends_at = clock.now() + HOUR
    product = a_product(variants=[a_variant(price=300, sale={"price": birr(200), "ends_at": text(ends_at)})])

    (variant,) = shopper.get(f"/products/{product.product_id}").json["variants"]

    assert variant["price"] == birr(200)
    assert variant["list_price"] == birr(300)
    assert variant["discount"] == {"saved": birr(100), "percent": 33}
    assert datetime.fromisoformat(variant["sale_ends_at"]) == ends_at


def test_a_sale_that_has_not_begun_or_is_over_is_not_shown(shop: Account, shopper: Client) -> None:
    coming = {"price": birr(200), "starts_at": text(clock.now() + HOUR)}
    over = {"price": birr(200), "ends_at": text(clock.now())}
    product = a_product(variants=[a_variant(price=300, sale=coming), a_variant(price=300, sale=over)])

    shown = shopper.get(f"/products/{product.product_id}").json["variants"]

    assert [(each["price"], each["discount"], each["sale_ends_at"]) for each in shown] == [(birr(300), None, None)] * 2


def test_a_list_shows_from_how_much_on(shop: Account, shopper: Client) -> None:
    product = a_product(variants=[a_variant(price=300, sale={"price": birr(150)}), a_variant(price=250)])
    catalog.refresh_cards(product.product_id)

    (card,) = shopper.get("/products").json["items"]

    assert (card["price_from"], card["list_price_from"]) == (birr(150), birr(250))
    assert card["discount"] == {"saved": birr(100), "percent": 40}


def test_no_cache_keeps_a_price_beyond_the_end_of_a_sale(
    shop: Account, shopper: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CATALOGUE_CACHED_SECONDS", "60")
    noon = clock.now()
    product = a_product(variants=[a_variant(price=300, sale={"price": birr(200), "ends_at": text(noon + HOUR)})])

    def kept_at(moment: datetime) -> tuple[int, int]:
        monkeypatch.setattr(clock, "now", lambda: moment)
        return seconds_fresh(shopper.get(f"/products/{product.product_id}").headers["cache-control"])

    assert kept_at(noon) == (60, 60)
    assert kept_at(noon + timedelta(minutes=58, seconds=30)) == (60, 30)
    assert kept_at(noon + timedelta(minutes=59, seconds=50.5)) == (9, 0)
    assert kept_at(noon + HOUR) == (60, 60)


def test_staff_read_what_they_set(staff: Client) -> None:
    sale = {"price": birr(200), "other_prices": [dollars(3)], "starts_at": "2026-09-11T00:00:00+03:00"}
    made = staff.post(
        "/products",
        a_draft(tax_class="reduced", variants=[a_variant("GABI-1", price=300, other_prices=[dollars(4)], sale=sale)]),
    )
    assert made.status == 201, made.text

    read = staff.get(f"/staff/products/{made.json['id']}").json

    assert read["tax_class"] == "reduced"
    (variant,) = read["variants"]
    assert variant["other_prices"] == [dollars(4)]
    assert variant["sale"] == {**sale, "starts_at": "2026-09-10T21:00:00Z", "ends_at": None}


def test_a_change_of_the_tax_class_reaches_what_is_sold(staff: Client) -> None:
    made = staff.post("/products", a_draft(variants=[a_variant("GABI-1")]))

    changed = staff.patch(f"/products/{made.json['id']}", {"tax_class": "zero"}, if_match=made.headers["etag"])

    assert changed.json["tax_class"] == "zero"
    assert catalog.offers(["GABI-1"])["GABI-1"].tax_class == "zero"


def test_a_sale_ends_when_the_variant_is_sent_without_it(staff: Client, shopper: Client) -> None:
    made = staff.post("/products", a_draft(variants=[a_variant("GABI-1", price=300, sale={"price": birr(200)})]))
    path = f"/products/{made.json['id']}"

    staff.patch(path, {"variants": [a_variant("GABI-1", price=300)]}, if_match=made.headers["etag"])

    assert shopper.get(path).json["variants"][0]["price"] == birr(300)
    assert catalog.offers(["GABI-1"])["GABI-1"].price.minor == 30_000


@pytest.mark.parametrize(
    ("prices", "place", "code"),
    [
        ({"other_prices": [birr(1)]}, "other_prices", "repeated"),
        ({"other_prices": [dollars(1), dollars(2)]}, "other_prices", "repeated"),
        ({"other_prices": [dollars(0)]}, "other_prices/0", "greater_than_equal"),
        ({"sale": {"price": birr(300)}}, "sale", "sale_not_lower"),
        ({"sale": {"price": dollars(1)}}, "sale", "currency_not_listed"),
        ({"sale": {"price": birr(200), "other_prices": [dollars(1)]}}, "sale", "currency_not_listed"),
        (
            {"other_prices": [dollars(4)], "sale": {"price": birr(200), "other_prices": [dollars(4)]}},
            "sale",
            "sale_not_lower",
        ),
        ({"sale": {"price": birr(0)}}, "sale/price", "greater_than_equal"),
        (
            {"sale": {"price": birr(200), "starts_at": "2026-09-11T00:00:00Z", "ends_at": "2026-09-11T03:00:00+03:00"}},
            "sale/ends_at",
            "ends_too_soon",
        ),
        ({"sale": {"price": birr(200), "ends_at": "2026-02-30T00:00:00Z"}}, "sale/ends_at", "moment_unknown"),
        ({"sale": {"price": birr(200), "ends_at": "2026-09-11T00:00:00"}}, "sale/ends_at", "string_pattern_mismatch"),
        ({"sale": {"price": birr(200), "ends_at": "2026-09-11"}}, "sale/ends_at", "string_pattern_mismatch"),
        ({"sale": {"price": birr(200), "ends_at": 1}}, "sale/ends_at", "string_type"),
    ],
)
def test_prices_that_make_no_sense_are_refused_where_they_are(
    staff: Client, prices: dict[str, Any], place: str, code: str
) -> None:
    answer = staff.post("/products", a_draft(variants=[a_variant(price=300, **prices)]))

    assert (answer.status, answer.code) == (422, "malformed")
    assert [(each["pointer"], each["code"]) for each in answer.json["errors"]] == [(f"/variants/0/{place}", code)]


def test_every_variant_is_listed_in_the_same_currencies(staff: Client) -> None:
    variants = [a_variant(other_prices=[dollars(4)]), a_variant()]

    answer = staff.post("/products", a_draft(variants=variants))

    assert [each["code"] for each in answer.json["errors"]] == ["currencies_mixed"]


def keep_rates(**rates: str) -> None:
    """Let staff keep these rates."""
    pricing.change_rates(rates, if_version=None)


def test_prices_are_shown_in_another_currency_with_the_rate_of_the_day(shop: Account, shopper: Client) -> None:
    keep_rates(USD="0.0069")
    product = a_product(variants=[a_variant(price=300, sale={"price": birr(200)})])

    (variant,) = shopper.get(f"/products/{product.product_id}?currency=USD").json["variants"]

    assert (variant["price"], variant["list_price"]) == (dollars(1.38), dollars(2.07))
    assert variant["discount"] == {"saved": dollars(0.69), "percent": 33}
    assert (variant["conversion"]["currency"], variant["conversion"]["rate"]) == ("ETB", "0.0069")
    assert datetime.fromisoformat(variant["conversion"]["as_of"]) <= clock.now()


def test_a_listed_price_is_shown_as_it_is_listed(shop: Account, shopper: Client) -> None:
    product = a_product(variants=[a_variant(price=300, other_prices=[dollars(4)])])
    catalog.refresh_cards(product.product_id)

    (variant,) = shopper.get(f"/products/{product.product_id}?currency=USD").json["variants"]
    (card,) = shopper.get("/products?currency=USD").json["items"]

    assert (variant["price"], variant["conversion"]) == (dollars(4), None)
    assert (card["price_from"], card["conversion"]) == (dollars(4), None)


def test_lists_are_shown_in_another_currency_too(shop: Account, shopper: Client) -> None:
    keep_rates(DJF="1.2249")
    product = a_product(variants=[a_variant(price=250)])
    catalog.refresh_cards(product.product_id)

    (card,) = shopper.get("/products?currency=DJF").json["items"]

    assert card["price_from"] == {"amount": 306, "currency": "DJF"}
    assert card["conversion"]["rate"] == "1.2249"


def test_a_currency_that_nothing_is_known_about_is_refused(shop: Account, shopper: Client) -> None:
    product = a_product()
    catalog.refresh_cards(product.product_id)

    answers = [shopper.get(path) for path in (f"/products/{product.product_id}?currency=EUR", "/products?currency=EUR")]

    assert [(each.status, each.code, each.json["currency"]) for each in answers] == [(409, "rate_unknown", "EUR")] * 2
    assert shopper.get("/products?currency=GBP").status == 422


def test_another_rate_makes_another_answer(shop: Account, shopper: Client) -> None:
    keep_rates(USD="0.0069")
    path = f"/products/{a_product().product_id}?currency=USD"
    first = shopper.get(path)
    keep_rates(USD="0.0070")

    again = shopper.get(path, if_none_match=first.headers["etag"])

    assert (again.status, again.json["variants"][0]["price"]) == (200, dollars(1.75))


def test_a_read_in_another_currency_is_one_call_while_rates_are_held(shop: Account, shopper: Client) -> None:
    keep_rates(USD="0.0069")
    path = f"/products/{a_product(variants=[a_variant() for _ in range(10)]).product_id}"

    with recording(shop.dynamodb) as first:
        shopper.get(f"{path}?currency=USD")
    with recording(shop.dynamodb) as later:
        shopper.get(f"{path}?currency=USD")
        shopper.get(path)

    assert (first.operations, later.operations) == (["Query", "GetItem"], ["Query", "Query"])
