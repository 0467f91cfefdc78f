"""Who calls, and what is there to be asked for?"""

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from chalicelib.core import ids
from chalicelib.payments.rules import RefundProblem
from tests.permissions.page import CALLERS
from tests.permissions.table import Table
from tests.support.builders import money_owed_back
from tests.support.market import CATEGORY, PRICE_MINOR, Goods, Market
from tests.support.people import Person, Rights, a_person, again
from tests.support.shopper import Shopper

STAFF = ("customer", "staff")
ADMIN = ("customer", "admin")
VENDOR = ("customer", "vendor")
_PLENTY = 100_000
_AT_ONCE = 3


@dataclass
class Stage:
    """A shop with people in it. ``permissions`` are all that there are."""

    market: Market
    permissions: frozenset[str]
    _cast: dict[tuple[str, str], Person] = field(default_factory=dict)

    @property
    def table(self) -> Table:
        return Table(self.market.shop.cloud, self.market.shop.outputs["TableName"])

    def open(self) -> None:
        """Let everybody in who plays a caller, and put goods on sale; otherwise each comes when first asked for."""
        with ThreadPoolExecutor(_AT_ONCE) as pool:
            selling = pool.submit(lambda: self.goods)
            for playing in [pool.submit(self.person, *part) for part in _parts(self.permissions)]:
                playing.result()
            selling.result()

    def person(self, caller: str, permission: str = "") -> Person:
        """Return who plays a caller; ``permission`` is what the operation asks of staff."""
        part = part_of(caller, permission)
        if part not in self._cast:
            made = self._made(self.rights_of(*part))
            self._cast.setdefault(part, made)
        return self._cast[part]

    def rights_of(self, caller: str, permission: str = "") -> Rights | None:
        """Return what a caller may do: staff without a permission have every other one, staff with it no other."""
        match caller:
            case "anonymous":
                return None
            case "vendor" | "other vendor":
                vendor = self.market.vendors[caller == "other vendor"]
                return Rights(VENDOR, vendor_id=vendor.id)
            case "staff without":
                return Rights(STAFF, tuple(sorted(self.permissions - {permission})) if permission else ())
            case "staff with":
                return Rights(STAFF, (permission,) if permission else tuple(sorted(self.permissions)))
            case "admin":
                return Rights(ADMIN)
            case _:
                return Rights()

    def another(self, like: Person) -> Person:
        """Return a new person with the same rights, whom a request may use up."""
        return like if like.is_anonymous else a_person(self.market.api, like.rights)

    def a_newcomer(self) -> Person:
        """Return a customer whom nobody has seen before."""
        return a_person(self.market.api)

    def in_a_new_session(self, person: Person) -> Person:
        """Return the same person in a session that a request may end."""
        return person if person.is_anonymous else again(person)

    def with_a_cart(self, like: Person) -> tuple[Person, str]:
        """Return a new person with these rights, and the cart that they put goods into."""
        owner = self.another(like)
        cart_id = owner.api.must("POST", "/carts", {})["id"]
        owner.api.must("POST", f"/carts/{cart_id}/lines", {"sku": self.goods.sku, "quantity": 1})
        return owner, cart_id

    def new_product(self, **members: Any) -> Any:
        """Make a product of the vendor's, by itself, that nobody else has to do with."""
        return self.market.vendors[0].api.must("POST", "/products", self.a_product_draft() | members)

    def money_left_to_people(self) -> str:
        """Return a refund that a person must decide about."""
        return money_owed_back(RefundProblem.REFUSED).refund_id

    def a_product_draft(self) -> dict[str, Any]:
        sku = ids.new("sku").upper().replace("_", "-")
        return {
            "vendor_id": self.market.vendors[0].id,
            "title": {"en": "Harar longberry"},
            "category_ids": [CATEGORY],
            "variants": [{"sku": sku, "price": {"amount": PRICE_MINOR, "currency": "ETB"}, "weight_grams": 500}],
        }

    @cached_property
    def goods(self) -> Goods:
        """Goods of the vendor's that everybody may buy."""
        return self.market.sells(units=_PLENTY)

    @cached_property
    def purchase(self) -> Shopper:
        """A purchase that the customer has paid for."""
        customer = self.person("customer")
        cart_id = customer.api.must("POST", "/carts", {})["id"]
        shopper = Shopper(self.market, customer.api, customer.email, cart_id)
        shopper.takes(self.market.sells(units=1)).goes_to_pay().pays().gets_order()
        return shopper

    def _made(self, rights: Rights | None) -> Person:
        return Person(self.market.api) if rights is None else a_person(self.market.api, rights)


def part_of(caller: str, permission: str) -> tuple[str, str]:
    """Return what tells people apart: a permission only matters to staff."""
    return caller, permission if caller.startswith("staff") else ""


def _parts(permissions: Iterable[str]) -> list[tuple[str, str]]:
    return sorted({part_of(caller, permission) for caller in CALLERS for permission in ("", *permissions)})
