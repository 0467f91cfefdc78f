"""What does a test find in the deployed shop? Staff, vendors, goods, and everything that can be asked from outside."""

import itertools
import json
import secrets
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest

from infra.commands import make_admin
from infra.local.mailbox.letters import Letter, letters_at
from tests.support.account import forget_clients
from tests.support.chapa_beside import Chapa
from tests.support.cloud import Shop
from tests.support.wire import Api

PASSWORD = "Yirgacheffe in the morning"
CATEGORY = "market"
PRICE_MINOR = 25_000
_AT_ONCE = 6
# What of a deployed shop its operator's settings name.
_OUTPUTS = {"TABLE_NAME": "TableName", "CODES_SECRET": "CodesSecret", "TOKENS_SECRET": "TokensSecret"}

_numbers = itertools.count(1)


def new_address(who: str) -> str:
    """Return a mail address that nobody has yet."""
    return f"{who}-{next(_numbers)}-{secrets.token_hex(2)}@example.com"


def new_phone() -> str:
    """Return a mobile number that nobody has yet."""
    return f"+2519{secrets.randbelow(10**8):08}"


@dataclass(frozen=True)
class Goods:
    """One SKU for sale."""

    sku: str
    product_id: str
    title: dict[str, str]


@dataclass(frozen=True)
class Coupon:
    """A code, and the promotion that it leads to."""

    code: str
    promotion_id: str


@dataclass(frozen=True)
class Vendor:
    """A vendor, and the API as its member calls it."""

    id: str
    api: Api


@dataclass(frozen=True)
class Market:
    """The deployed shop with people in it."""

    shop: Shop
    staff: Api
    vendors: tuple[Vendor, ...]
    placed: list[str] = field(default_factory=list)

    @property
    def api(self) -> Api:
        return Api(self.shop.api_url)

    @property
    def chapa(self) -> Chapa:
        return Chapa(self.shop.chapa)

    def sells(self, *, units: int, vendor: int = 0) -> Goods:
        """Put a new product with one SKU on sale."""
        (goods,) = self.sells_many(1, units=units, vendor=vendor)
        return goods

    def sells_many(
        self,
        variants: int,
        *,
        units: int,
        vendor: int = 0,
        title: dict[str, str] | None = None,
        options: dict[str, str] | None = None,
    ) -> list[Goods]:
        """Put a new product on sale, in so many variants."""
        number = f"{next(_numbers):04d}-{secrets.token_hex(2)}"
        title = title or {"en": f"Coffee {number}", "am": f"ቡና {number}"}
        skus = [f"COFFEE-{number}-{size + 1}" for size in range(variants)]
        draft = {
            "vendor_id": self.vendors[vendor].id,
            "title": title,
            "category_ids": [CATEGORY],
            "variants": [_variant(sku, size + 1, options) for size, sku in enumerate(skus)],
            "status": "active",
        }
        product_id = self.staff.must("POST", "/products", draft)["id"]
        goods = [Goods(sku, product_id, title) for sku in skus]
        with ThreadPoolExecutor(_AT_ONCE) as pool:
            list(pool.map(lambda each: self.receives(each, units), goods))
        return goods

    def receives(self, goods: Goods, units: int) -> None:
        """Book units that came in, or were found missing."""
        why = {"kind": "receipt"} if units > 0 else {"kind": "adjustment", "reason": "loss"}
        movement = {"sku": goods.sku, "quantity": units, **why}
        self.staff.must("POST", f"/products/{goods.product_id}/stock_movements", movement)

    def promotes(self, goods: Goods, discount: dict[str, Any], **terms: object) -> Coupon:
        """Reduce what a product costs for whoever names a code."""
        scope = {"product_ids": [goods.product_id]}
        draft = {"name": {"en": "For some"}, "discount": discount, "scope": scope, "is_automatic": False, **terms}
        promotion_id = self.staff.must("POST", "/promotions", draft)["id"]
        code = f"SOME{secrets.token_hex(4).upper()}"
        self.staff.must("POST", f"/promotions/{promotion_id}/coupons", {"code": code})
        return Coupon(code, promotion_id)

    def stock_of(self, goods: Goods) -> tuple[int, int]:
        """Return how many units may be sold, and how many lie in the shop."""
        found = self.staff.must("GET", f"/products/{goods.product_id}/stock")["items"]
        return next((each["available"], each["on_hand"]) for each in found if each["sku"] == goods.sku)

    def reprices(self, goods: Goods, *, amount: int) -> None:
        """Change what a product with one SKU costs."""
        path = f"/staff/products/{goods.product_id}"
        variant = {**_variant(goods.sku, 1), "price": {"amount": amount, "currency": "ETB"}}
        tag = self.staff.get(path).headers["etag"]
        self.staff.must("PATCH", f"/products/{goods.product_id}", {"variants": [variant]}, if_match=tag)

    def refunds_of(self, checkout_id: str) -> list[dict[str, Any]]:
        """Return the money of a checkout that goes back, or has gone."""
        states = ("requested", "asked", "done", "needs_attention")
        # One that moves meanwhile is listed twice.
        listed = {each["id"]: each for state in states for each in self._refunds(state)}
        return [each for each in listed.values() if each["checkout_id"] == checkout_id]

    def _refunds(self, status: str) -> list[dict[str, Any]]:
        items: list[dict[str, Any]] = self.staff.must("GET", f"/refunds?status={status}&limit=100")["items"]
        return items

    def letters_to(self, address: str) -> list[Letter]:
        """Return the mail that somebody got."""
        cloud = self.shop.cloud
        return [each for each in letters_at(str(cloud.endpoint_url), account=cloud.account) if each.is_for(address)]

    def sweeps(self) -> dict[str, int]:
        """Look after unfinished checkouts now, as happens each minute."""
        return self._runs("SweepCheckoutsFunction")

    def verifies(self) -> dict[str, int]:
        """Verify silent payments now, as happens each minute."""
        return self._runs("VerifyPaymentsFunction")

    def fetches_rates(self) -> dict[str, int]:
        """Fetch exchange rates now, as happens each day."""
        return self._runs("FetchRatesFunction")

    def relists(self) -> dict[str, int]:
        """List products anew on which a sale began or ended, as happens each minute."""
        return self._runs("RefreshListsFunction")

    def reminds(self) -> dict[str, int]:
        """Look for carts that were left now, as happens each minute."""
        return self._runs("RemindOfCartsFunction")

    def executions_of(self, checkout_id: str) -> list[dict[str, Any]]:
        """Return every execution that a checkout had, as Step Functions lists them."""
        pages = self.shop.cloud.client("stepfunctions").get_paginator("list_executions")
        listed = pages.paginate(stateMachineArn=self.shop.outputs["CheckoutMachineArn"])
        return [each for page in listed for each in page["executions"] if each["name"].startswith(f"{checkout_id}-")]

    def states_entered(self, execution_arn: str) -> list[str]:
        """Return the states that an execution entered: each is one billed transition."""
        pages = self.shop.cloud.client("stepfunctions").get_paginator("get_execution_history")
        events = [event for page in pages.paginate(executionArn=execution_arn) for event in page["events"]]
        return [event["stateEnteredEventDetails"]["name"] for event in events if "Entered" in event["type"]]

    def _runs(self, output: str) -> dict[str, int]:
        answer = self.shop.cloud.client("lambda").invoke(FunctionName=self.shop.outputs[output])
        said: dict[str, int] = json.load(answer["Payload"])
        assert "done" in said, said
        return said


def open_market(shop: Shop) -> Market:
    """Let people into an empty shop: one admin, one shelf, three vendors with a member each."""
    api = Api(shop.api_url)
    admin = new_address("admin")
    with working_on(shop):
        make_admin.make_admin(admin, name="Admin", password=PASSWORD)
    staff = signed_in(api, admin)
    staff.post("/categories", {"id": CATEGORY, "name": {"en": "Market", "am": "ገበያ"}})
    return Market(shop, staff, tuple(_new_vendor(shop, staff, name) for name in ("Sidama", "Harar", "Limu")))


def join(shop: Shop, email: str, password: str = PASSWORD) -> None:
    """Make an account as an operator does, without waiting for a mail."""
    with working_on(shop):
        make_admin.make_user(email, name="Meron Tesfaye", password=password)


def signed_in(api: Api, email: str) -> Api:
    """Return the API as somebody with an account calls it."""
    session = api.must("POST", "/sessions", {"email": email, "password": PASSWORD})
    return api.signed_with(session["access_token"])


def _new_vendor(shop: Shop, staff: Api, name: str) -> Vendor:
    api, member = Api(shop.api_url), new_address(name.lower())
    join(shop, member)
    vendor_id = staff.must("POST", "/vendors", {"name": name, "email": member})["id"]
    staff.must("POST", f"/vendors/{vendor_id}/members", {"email": member})
    return Vendor(vendor_id, signed_in(api, member))


def _variant(sku: str, size: int, options: dict[str, str] | None = None) -> dict[str, object]:
    price = {"amount": PRICE_MINOR, "currency": "ETB"}
    options = {"size": str(size)} if options is None else _differing(options, by=size)
    return {"sku": sku, "options": options, "price": price, "weight_grams": 500}


def _differing(options: dict[str, str], *, by: int) -> dict[str, str]:
    """Return options of the same length, one of which ends with a number, so that no two variants are alike."""
    name, value = next(iter(options.items()))
    ending = str(by)
    return {**options, name: value[: -len(ending)] + ending}


@contextmanager
def working_on(shop: Shop) -> Iterator[None]:
    """Let this process work on the deployed table as an operator's command does, and read what messages say."""
    named = {name: shop.outputs[output] for name, output in _OUTPUTS.items()}
    with pytest.MonkeyPatch.context() as patch:
        for name, value in {**shop.cloud.environment(), **named}.items():
            patch.setenv(name, value)
        forget_clients()
        yield
    forget_clients()
