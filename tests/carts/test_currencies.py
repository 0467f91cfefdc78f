"""Can a purchase be paid in another currency than the shop's?"""

from chalicelib.carts import service as carts
from chalicelib.core.money import Money
from chalicelib.core.settings import settings
from chalicelib.core.storage import transactions
from chalicelib.pricing import service as pricing
from chalicelib.pricing.rules import Rate, RateOrigin
from tests.carts.builders import READY, a_guest, an_app, put_in, quoted
from tests.support.account import Account
from tests.support.builders import COFFEE, GABI, a_variant, birr
from tests.support.calling import Client
from tests.support.recorded_calls import recording
from tests.support.tokens import token_for


def dollars_are_taken() -> None:
    """A hundred birr are a dollar."""
    pricing.change_rates({"USD": "0.01"}, if_version=None)


def elsewhere_a_dollar_becomes_fifty_birr() -> None:
    """Change the rate in another process: this one holds the old rate in memory, for showing."""
    pricing.known_rates()
    rates = pricing.exchange_rates()
    rates.rates = {"USD": Rate("0.02", "2026-09-11T00:00:00.000000Z", RateOrigin.STAFF)}
    with transactions.write() as work:
        work.save(rates)


def test_a_currency_without_a_rate_is_not_taken(shopping: tuple[Client, str]) -> None:
    guest, cart = shopping

    assert guest.patch(cart, {"currency": "USD"}).code == "currency_not_charged"


def test_a_purchase_can_be_paid_in_another_listed_currency(aws: Account) -> None:
    dollars_are_taken()
    a_variant(COFFEE, price=birr(250), left=10, other_prices=(Money(450, "USD"),))
    guest, cart = a_guest()
    put_in(guest, cart, COFFEE, quantity=2)

    answer = guest.patch(cart, {"currency": "USD"})

    assert answer.json["lines"][0]["unit_price"] == {"amount": 450, "currency": "USD"}
    assert (answer.json["currency"], answer.json["subtotal"]["amount"]) == ("USD", 900)
    assert guest.get(cart).json["changes"] == []
    guest.patch(cart, READY)
    found = quoted(guest, cart)
    assert (found["currency"], found["quote"]["totals"]["subtotal"]) == ("USD", {"amount": 900, "currency": "USD"})
    assert (found["quote"]["totals"]["shipping"]["amount"], found["quote"]["rate"]) == (150, "0.01")
    back = guest.patch(cart, {"currency": None})
    assert back.json["lines"][0]["unit_price"] == birr(250).as_wire()


def test_what_is_not_listed_in_a_currency_is_converted(shopping: tuple[Client, str]) -> None:
    guest, cart = shopping
    dollars_are_taken()

    answer = guest.patch(cart, {"currency": "USD"})

    assert [line["unit_price"]["amount"] for line in answer.json["lines"]] == [250, 1800]
    assert guest.get(cart).json["changes"] == []


def test_a_changed_rate_counts_at_once_for_goods_and_delivery(shopping: tuple[Client, str]) -> None:
    guest, cart = shopping
    dollars_are_taken()
    guest.patch(cart, {**READY, "currency": "USD"})
    totals = quoted(guest, cart)["quote"]["totals"]
    assert (totals["subtotal"]["amount"], totals["shipping"]["amount"]) == (2300, 150)

    elsewhere_a_dollar_becomes_fifty_birr()

    assert pricing.known_rates().by_currency["USD"].value == "0.01"
    found = quoted(guest, cart)["quote"]
    assert (found["totals"]["subtotal"]["amount"], found["totals"]["shipping"]["amount"]) == (4600, 300)
    assert found["rate"] == "0.02"
    assert [each["now"]["amount"] for each in guest.get(cart).json["changes"]] == [500, 3600]


def test_who_changes_the_currency_gets_todays_rate(shopping: tuple[Client, str]) -> None:
    guest, cart = shopping
    dollars_are_taken()

    elsewhere_a_dollar_becomes_fifty_birr()

    answer = guest.patch(cart, {"currency": "USD"})
    assert [line["unit_price"]["amount"] for line in answer.json["lines"]] == [500, 3600]
    assert guest.get(cart).json["changes"] == []


def test_the_rate_is_read_with_all_the_rest(aws: Account, shopping: tuple[Client, str]) -> None:
    guest, cart = shopping
    dollars_are_taken()
    guest.patch(cart, {**READY, "currency": "USD"})

    with recording(aws.dynamodb) as calls:
        quoted(guest, cart)

    assert calls.operations == ["GetItem", "BatchGetItem"]


def test_what_is_not_sold_any_more_keeps_the_cart_in_its_currency(shopping: tuple[Client, str]) -> None:
    guest, cart = shopping
    dollars_are_taken()
    a_variant(GABI, is_for_sale=False)

    answer = guest.patch(cart, {"currency": "USD"})

    assert (answer.status, answer.code, answer.json["skus"]) == (409, "currency_not_offered", [GABI])
    assert guest.get(cart).json["currency"] == settings.shop_currency


def test_a_guest_who_pays_in_dollars_brings_goods_to_a_customers_birr(aws: Account) -> None:
    dollars_are_taken()
    a_variant(COFFEE, price=birr(250), left=10, other_prices=(Money(450, "USD"),))
    a_variant(GABI, price=birr(1800), left=10)
    guest, cart = a_guest()
    put_in(guest, cart, COFFEE)
    guest.patch(cart, {"currency": "USD"})
    almaz = Client(an_app()).signed_with(token_for(user_id="usr_almaz"))
    own = f"/carts/{almaz.post('/carts').json['id']}"
    put_in(almaz, own, GABI)

    merged = carts.open_cart("usr_almaz", guest.headers["authorization"].removeprefix("Bearer ")).cart

    assert [(line.sku, line.unit_price) for line in merged.lines] == [(GABI, birr(1800)), (COFFEE, birr(250))]
    assert merged.prepared.currency is None
