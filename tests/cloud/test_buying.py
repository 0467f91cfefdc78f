"""Can people buy in the deployed shop, and does it stay honest when they hurry, hesitate or think again?"""

from concurrent.futures import ThreadPoolExecutor

from tests.support.longest import longest_options, longest_title
from tests.support.market import PRICE_MINOR, Market
from tests.support.shopper import SOON_SECONDS, Shopper, becomes, stock_becomes
from tests.support.waiting import eventually
from tests.support.wire import Answer


def test_a_guest_buys_and_is_told_so_in_amharic(market: Market) -> None:
    coffee = market.sells(units=5)
    guest = Shopper.guest(market, language="am").takes(coffee).goes_to_pay()

    order = guest.pays().gets_order()

    assert [(line["sku"], line["title"]) for line in order["lines"]] == [(coffee.sku, coffee.title["am"])]
    assert order["totals"]["subtotal"]["amount"] == PRICE_MINOR
    letter = guest.gets_letter()
    assert letter.subject == f"ትዕዛዝዎ {order['number']} ተረጋግጧል"
    assert coffee.title["am"] in letter.text
    assert guest.cart()["status"] == "converted"
    stock_becomes(market, coffee, available=4, on_hand=4)


def test_a_customer_buys_and_finds_the_order_as_does_the_vendor(market: Market) -> None:
    coffee = market.sells(units=5)
    customer = Shopper.customer(market).takes(coffee, quantity=2).goes_to_pay()

    order = customer.pays().gets_order()

    assert customer.gets_letter().subject == f"Your order {order['number']} is confirmed"
    assert customer.orders()[0]["quantity"] == 2
    (part,) = parts_of(market, order["id"], vendor=0)
    assert part["totals"] == order["totals"]
    assert parts_of(market, order["id"], vendor=1) == []
    stock_becomes(market, coffee, available=3, on_hand=3)
    assert customer.api.must("POST", "/carts", {})["id"] != customer.cart_id


def test_a_declined_payment_can_be_tried_again_on_the_same_page(market: Market) -> None:
    coffee = market.sells(units=1)
    guest = Shopper.guest(market).takes(coffee).goes_to_pay()

    guest.is_declined()
    market.chapa.webhooks_of(guest.tx_ref)
    market.verifies()
    assert guest.checkout()["status"] == "awaiting_payment"
    guest.pays().gets_order()

    assert len(market.chapa.payments_of(guest.email)) == 1
    stock_becomes(market, coffee, available=0, on_hand=0)


def test_a_cancelled_checkout_gives_cart_and_stock_back_and_its_page_takes_no_money(market: Market) -> None:
    coffee = market.sells(units=1)
    guest = Shopper.guest(market).takes(coffee).goes_to_pay()

    assert guest.cancels().status == 202

    guest.sees("cancelled")
    stock_becomes(market, coffee, available=1, on_hand=1)
    assert market.chapa.press("pay", guest.checkout_url).status == 409
    assert guest.cancels().json["code"] == "checkout_over"
    assert guest.cart()["status"] == "open"
    guest.goes_to_pay().pays().gets_order()


def test_only_one_of_two_buyers_gets_the_last_unit(market: Market) -> None:
    coffee = market.sells(units=1)
    buyers = [Shopper.guest(market).takes(coffee) for _ in range(2)]

    with ThreadPoolExecutor(len(buyers)) as pool:
        answers = [answer.json for answer in pool.map(Shopper.begins_checkout, buyers)]

    for buyer, answer in zip(buyers, answers, strict=True):
        buyer.checkout_id = answer["id"]
    assert "closing" not in {answer["status"] for answer in answers}
    becomes(lambda: sorted(map(status_of, buyers)), ["awaiting_payment", "out_of_stock"], "how far the two get")
    winner, loser = sorted(buyers, key=status_of)
    assert loser.checkout()["shortages"] == [coffee.sku]
    assert loser.cart()["status"] == "open"
    winner.gets_page().pays().gets_order()
    assert loser.orders() == []
    stock_becomes(market, coffee, available=0, on_hand=0)


def test_a_checkout_sent_ten_times_at_once_becomes_one_order(market: Market) -> None:
    coffee = market.sells(units=10)
    guest = Shopper.guest(market).takes(coffee)

    def insists(_: int) -> Answer:
        """Send it until it is neither under way already nor refused for being one of too many."""
        return eventually(lambda: _final(guest.begins_checkout(key="once", wait_seconds=0)), SOON_SECONDS, "an answer")

    with ThreadPoolExecutor(10) as pool:
        answers = list(pool.map(insists, range(10)))

    assert {answer.status for answer in answers} == {202}
    (guest.checkout_id,) = {answer.json["id"] for answer in answers}
    guest.gets_page().pays().gets_order()
    assert len(market.executions_of(guest.checkout_id)) == 1
    stock_becomes(market, coffee, available=9, on_hand=9)


def test_the_fullest_cart_is_sold_with_a_part_for_each_vendor(market: Market) -> None:
    goods = [each for vendor in (0, 1, 2) for _ in range(2) for each in market.sells_many(15, units=2, vendor=vendor)]
    guest = Shopper.guest(market).takes(*goods)

    order = guest.goes_to_pay().pays().gets_order()

    assert {line["sku"] for line in order["lines"]} == {each.sku for each in goods}
    parts = [part for vendor in (0, 1, 2) for part in parts_of(market, order["id"], vendor=vendor)]
    assert [len(part["lines"]) for part in parts] == [30, 30, 30]
    assert sum(part["totals"]["total"]["amount"] for part in parts) == order["totals"]["total"]["amount"]
    for each in (goods[0], goods[-1]):
        stock_becomes(market, each, available=1, on_hand=1)


def test_a_cart_of_the_longest_texts_fills_up_and_what_fits_is_sold(market: Market) -> None:
    texts = {"title": longest_title(), "options": longest_options()}
    goods = [each for vendor in (0, 1, 2) for each in market.sells_many(20, units=1, vendor=vendor, **texts)]
    guest = Shopper.guest(market, language="am")

    answers = [guest.puts_in(each) for each in goods]

    refused = {(answer.status, answer.json["code"]) for answer in answers if answer.status != 201}
    assert refused == {(409, "cart_size_limit")}
    taken = [each.sku for each, answer in zip(goods, answers, strict=True) if answer.status == 201]
    order = guest.goes_to_pay().pays().gets_order()
    assert [line["sku"] for line in order["lines"]] == taken
    parts = [part for vendor in (0, 1, 2) for part in parts_of(market, order["id"], vendor=vendor)]
    assert sum(part["totals"]["total"]["amount"] for part in parts) == order["totals"]["total"]["amount"]
    assert goods[0].title["am"] in guest.gets_letter().text


def parts_of(market: Market, order_id: str, *, vendor: int) -> list[dict]:
    """Return what a vendor has to deliver of an order."""
    listed = market.vendors[vendor].api.must("GET", "/vendor/orders?limit=100")["items"]
    return [part for part in listed if part["order_id"] == order_id]


def status_of(buyer: Shopper) -> str:
    return str(buyer.checkout()["status"])


def _final(answer: Answer) -> Answer | None:
    return None if answer.status in (409, 503) else answer
