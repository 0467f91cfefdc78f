"""Which reads are measured in a growing shop? Each under its name, as the shop's own functions answer it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from chalicelib.catalog.service import list_cache
from chalicelib.core.http import Api
from functions.api import carts, catalog, inventory, pictures, vendors
from infra.bench.growth.cloning import product_id_of, word_of
from infra.bench.growth.shop import demand, vendor_id_of
from infra.bench.units import Cost, cost_of
from tests.support.account import Account
from tests.support.calling import Client
from tests.support.recorded_calls import recording

# A page that is in the memory of its process costs nothing, which is not what is asked here.
NOTHING_KEPT = ("LISTS_CACHED_SECONDS", "0")


@dataclass(frozen=True)
class Reader:
    """Asks the shop, by the tokens that it has, and notes what each answer cost."""

    account: Account
    staff_token: str

    def costs(self, products: int) -> dict[str, Cost]:
        """Return what each read costs in a shop of so many products."""
        middle = products // 2
        vendor_id = vendor_id_of(middle)
        product = f"/products/{product_id_of(middle)}"
        asked: dict[str, tuple[Api, str]] = {
            "product": (catalog.app, product),
            "product as staff": (catalog.app, f"/staff{product}"),
            "page of all": (catalog.app, "/products?limit=20"),
            "page of a category": (catalog.app, "/products?category=drinks&limit=20"),
            "page of a vendor": (catalog.app, f"/products?vendor={vendor_id}&limit=20"),
            "page of a tag": (catalog.app, "/products?tag=washed&limit=20"),
            "page of a brand": (catalog.app, "/products?brand=gedeo&limit=20"),
            "page of what is on sale": (catalog.app, "/products?on_sale=true&limit=20"),
            "page of a collection": (catalog.app, "/products?collection=featured&limit=20"),
            "page of sellers": (catalog.app, "/staff/products?limit=20"),
            "page of pictures": (pictures.app, f"{product}/pictures"),
            "tree of categories": (catalog.app, "/categories"),
            "stock of a product": (inventory.app, f"{product}/stock"),
            "ledger of a product": (inventory.app, f"{product}/stock_movements"),
            "vendor": (vendors.app, f"/vendors/{vendor_id}"),
            "page of vendors": (vendors.app, "/vendors?limit=20"),
        }
        found = {name: self._cost(partial(self._got, *where)) for name, where in asked.items()}
        found |= self._of_deep_pages("page of all", "/products?limit=20")
        return found | {"line into a cart": self._of_a_line(f"{word_of(middle)}-250")}

    def _of_deep_pages(self, name: str, path: str) -> dict[str, Cost]:
        """Return what the fifth page costs: a cursor must not go through what lies before it."""
        for _ in range(4):
            cursor = self._got(catalog.app, path)["next_cursor"]
            path = f"{path.partition('&cursor=')[0]}&cursor={cursor}"
        return {f"{name}, further on": self._cost(lambda: self._got(catalog.app, path))}

    def _of_a_line(self, sku: str) -> Cost:
        opened = demand(Client(carts.app).post("/carts", {}))
        buyer = Client(carts.app).signed_with(opened["token"])
        line = {"sku": sku, "quantity": 1}
        return self._cost(lambda: demand(buyer.post(f"/carts/{opened['id']}/lines", line)))

    def _got(self, app: Api, path: str) -> Mapping[str, Any]:
        return demand(Client(app).signed_with(self.staff_token).get(path))

    def _cost(self, read: Callable[[], object]) -> Cost:
        """Do it twice, since the first time secrets and keys are read; return what the second time asked for.

        What a process keeps of lists it forgets in between.
        """
        read()
        list_cache.forget()
        with recording(self.account.dynamodb) as calls:
            read()
        return cost_of(calls.sent)


def growing(costs: Mapping[int, Mapping[str, Cost]]) -> Iterator[str]:
    """Say which reads cost more in a larger shop than in the smallest one, by calls or units."""
    smallest, *larger = sorted(costs)
    for size in larger:
        for name, cost in costs[size].items():
            before = costs[smallest][name]
            if len(cost.calls) > len(before.calls) or cost.read_units > before.read_units:
                yield (
                    f"{name}: {len(before.calls)} calls and {before.read_units:g} units with {smallest:,} products, "
                    f"{len(cost.calls)} and {cost.read_units:g} with {size:,}"
                )
