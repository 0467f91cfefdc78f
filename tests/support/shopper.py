"""How does somebody buy in the deployed shop? Over HTTP, one step after the other, waiting for what should come."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from infra.local.mailbox.letters import Letter
from tests.support.market import Goods, Market, join, new_address, signed_in
from tests.support.waiting import eventually
from tests.support.wire import Answer, Api

# Longer than any of the shop's own durations in this ring, on a busy machine.
SOON_SECONDS = 40
# Schedules look each minute.
SWEPT_SECONDS = 120
ADDRESS = {"name": "Meron Tesfaye", "phone": "+251 911 000000", "line1": "Bole Road 12", "city": "Addis Ababa"}
# How the number of every order begins
ORDER_NUMBER = "NX-"
RETURN_URL = "http://localhost:3000/thanks"


@dataclass
class Shopper:
    """Somebody with a cart, and the checkout that they began last."""

    market: Market
    api: Api
    email: str
    cart_id: str
    checkout_id: str = ""
    checkout_url: str = ""
    landing: str = ""

    @classmethod
    def guest(cls, market: Market, *, language: str = "en") -> "Shopper":
        """Come in without an account."""
        cart = market.api.must("POST", "/carts", {})
        api = market.api.signed_with(cart["token"]).sending(accept_language=language)
        return cls(market, api, new_address("guest"), cart["id"])

    @classmethod
    def customer(cls, market: Market, *, language: str = "en") -> "Shopper":
        """Come in with an account."""
        email = new_address("customer")
        join(market.shop, email)
        api = signed_in(market.api, email).sending(accept_language=language)
        return cls(market, api, email, api.must("POST", "/carts", {})["id"])

    def takes(self, *goods: Goods, quantity: int = 1) -> "Shopper":
        """Put goods into the cart."""
        for each in goods:
            answer = self.puts_in(each, quantity=quantity)
            assert answer.status == 201, answer.text
        return self

    def puts_in(self, goods: Goods, *, quantity: int = 1) -> Answer:
        """Put something into the cart and return the bare answer."""
        return self.api.post(f"/carts/{self.cart_id}/lines", {"sku": goods.sku, "quantity": quantity})

    def names(self, *codes: str) -> "Shopper":
        """Name coupons to the cart, in place of any before."""
        self.api.must("PATCH", f"/carts/{self.cart_id}", {"coupon_codes": list(codes)})
        return self

    def begins_checkout(self, *, key: str | None = None, wait_seconds: int = 10, **changed: object) -> Answer:
        """Ask for a checkout and return the bare answer."""
        draft = {
            "cart_id": self.cart_id,
            "email": self.email,
            "shipping_address": ADDRESS,
            "return_url": RETURN_URL,
            **changed,
        }
        headers = {"idempotency_key": key or uuid.uuid4().hex, "prefer": f"wait={wait_seconds}"}
        return self.api.post("/checkouts", draft, **headers)

    def goes_to_pay(self) -> "Shopper":
        """Check out and get as far as the payment page."""
        self.asks_for_checkout()
        return self.gets_page()

    def asks_for_checkout(self, *, wait_seconds: int = 10, **changed: object) -> "Shopper":
        """Check out, whatever comes of it."""
        answer = self.begins_checkout(wait_seconds=wait_seconds, **changed)
        assert answer.status == 202, answer.text
        self.checkout_id = answer.json["id"]
        return self

    def orders_on_delivery(self) -> "Shopper":
        """Check out without paying: the money is collected when the goods come."""
        self.asks_for_checkout(payment_method="cash_on_delivery").gets_order()
        return self

    def gets_page(self) -> "Shopper":
        """Wait for the payment page."""
        self.checkout_url = eventually(
            lambda: self.checkout()["payment"]["checkout_url"], SOON_SECONDS, f"{self.checkout_id} has a payment page"
        )
        return self

    @property
    def tx_ref(self) -> str:
        return self.market.chapa.payment_at(self.checkout_url)

    def pays(self) -> "Shopper":
        """Pay on the page, and be sent back to the shop's own address for that."""
        answer = self.market.chapa.press("pay", self.checkout_url)
        self.landing = answer.headers.get("location", "")
        assert (answer.status, self.landing.endswith("/return")) == (302, True), answer.text
        return self

    def comes_back(self) -> str:
        """Follow the way back from the payment page, and return where it leads."""
        path = self.landing.removeprefix(self.market.shop.api_url)
        answer = self.market.api.get(path)
        assert answer.status == 303, answer.text
        return str(answer.headers["location"])

    def is_declined(self) -> "Shopper":
        """Try to pay with a wallet that declines."""
        assert self.market.chapa.press("decline", self.checkout_url).status == 402
        return self

    def cancels(self) -> Answer:
        """Give the purchase up."""
        return self.api.post(f"/checkouts/{self.checkout_id}/cancellation")

    def gives_up(self) -> "Shopper":
        """Give the purchase up, and wait until that is done: at once, or when a sweep has looked after it."""
        assert self.cancels().status == 202
        eventually(lambda: self.checkout()["status"] == "cancelled", SWEPT_SECONDS, f"{self.checkout_id} is cancelled")
        return self

    def checkout(self) -> dict[str, Any]:
        found: dict[str, Any] = self.api.must("GET", f"/checkouts/{self.checkout_id}")
        return found

    def cart(self) -> dict[str, Any]:
        found: dict[str, Any] = self.api.must("GET", f"/carts/{self.cart_id}")
        return found

    def orders(self) -> list[dict[str, Any]]:
        listed: list[dict[str, Any]] = self.api.must("GET", "/orders")["items"]
        return listed

    def sees(self, status: str) -> dict[str, Any]:
        """Wait until the checkout has a status, and return the checkout."""
        becomes(lambda: self.checkout()["status"], status, f"status of {self.checkout_id}")
        return self.checkout()

    def gets_order(self) -> dict[str, Any]:
        """Wait for the order, and return it; it is the only one."""
        order_id = self.sees("completed")["order_id"]
        order: dict[str, Any] = self.api.must("GET", f"/orders/{order_id}")
        assert [each["id"] for each in self.orders()] == [order_id]
        self.market.placed.append(self.checkout_id)
        return order

    def gets_letter(self) -> Any:
        """Wait for the one mail that tells about the order."""

        def about_orders() -> list[Letter]:
            return [each for each in self.market.letters_to(self.email) if ORDER_NUMBER in each.subject]

        found = eventually(about_orders, SOON_SECONDS, f"a mail about an order to {self.email}")
        assert len(found) == 1, found
        return found[0]


def stock_becomes(market: Market, goods: Goods, *, available: int, on_hand: int) -> None:
    """Wait until a SKU has so many units."""
    becomes(lambda: market.stock_of(goods), (available, on_hand), f"units of {goods.sku}, available and on hand")


def becomes(read: Callable[[], object], wanted: object, what: str) -> None:
    """Wait until something is as it should be, or say what it is instead."""
    seen: list[object] = []

    def is_so() -> bool:
        seen[:] = [read()]
        return seen == [wanted]

    try:
        eventually(is_so, SOON_SECONDS, what)
    except AssertionError:
        raise AssertionError(f"{what}: {seen[0]!r}, not {wanted!r}") from None
