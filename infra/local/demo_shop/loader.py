"""How does the demo shop come into an empty, half-filled or full shop through the HTTP API?

A run first looks at what is there: categories, then (unless there are none) products. What is missing is
posted with a key made from its content, so a repeated post has no second effect. A product that the look did
not show answers either a replayed 201 or `sku_taken`. Opening stock follows its product:

- after a 201 it is posted; should this 201 be a replay, the younger keys of its stock are remembered too
- for a product that was there before, the ledger is read, and only missing receipts are posted

Collections that are not there are put together at the end.
"""

from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass

from infra.local.demo_shop import requests_for
from infra.local.demo_shop.requests_for import Json, Request
from infra.local.demo_shop.shop import Category, Product, Shop, Variant, Vendor, read_shop
from infra.local.demo_shop.wire import Api

WORKERS = 6
PRODUCTS_PER_LINE = 10


@dataclass(frozen=True)
class Loaded:
    """What is in the shop now, and how much of it this run brought; `product_ids` go by SKU."""

    categories: int
    vendors: int
    products: int
    products_created: int
    receipts_booked: int
    product_ids: Mapping[str, str]


@dataclass(frozen=True)
class _Brought:
    product: Product
    id: str
    was_created: bool
    receipts_booked: int


def load(api_url: str, staff_token: str, progress: Callable[[str], None], *, shop: Shop | None = None) -> Loaded:
    """Bring the whole demo shop into the API; may be run again at any time, and goes on where it stopped."""
    api, shop = Api(api_url, staff_token), shop or read_shop()
    known_categories = {category["id"] for category in _listed(api, requests_for.page_of_categories)}
    known_products = _product_ids_by_sku(api) if known_categories else {}
    for category in shop.categories:
        if category.id not in known_categories:
            _create_category(api, category)
    vendor_ids = {vendor.id: _create_vendor(api, vendor) for vendor in shop.vendors}
    progress(f"{len(shop.categories)} categories and {len(shop.vendors)} vendors are there")

    def bring(product: Product) -> _Brought:
        known_id = known_products.get(product.variants[0].sku)
        if known_id is not None:
            return _complete(api, product, known_id)
        return _create_product(api, product, vendor_ids[product.vendor_id])

    loaded = _summary(shop, _bring_all(shop.products, bring, progress))
    _put_together(api, shop, loaded.product_ids)
    return loaded


def _create_category(api: Api, category: Category) -> None:
    api.send(requests_for.category(category), refusals=requests_for.CATEGORY_IS_THERE)


def _create_vendor(api: Api, vendor: Vendor) -> str:
    answer = api.send(requests_for.vendor(vendor), refusals=requests_for.VENDOR_IS_THERE)
    field = "vendor_id" if answer.status == 409 else "id"
    return requests_for.id_in(answer.body, field=field, otherwise=vendor.id)


def _create_product(api: Api, product: Product, vendor_id: str) -> _Brought:
    request = requests_for.product(product, vendor_id=vendor_id)
    answer = api.send(request, refusals=requests_for.SKU_IS_TAKEN)
    if answer.status == 409:
        return _complete(api, product, requests_for.id_in(answer.body, field="product_id"))
    product_id = requests_for.id_in(answer.body, field="id")
    return _Brought(product, product_id, True, _book_opening_stock(api, product_id, product.variants))


def _complete(api: Api, product: Product, product_id: str) -> _Brought:
    """Book what an interrupted run left out, and never book a receipt twice."""
    movements = _listed(api, lambda cursor: requests_for.page_of_stock_movements(product_id, cursor))
    booked = {movement["sku"] for movement in movements if requests_for.is_opening_stock(movement)}
    missing = tuple(variant for variant in product.variants if variant.sku not in booked)
    return _Brought(product, product_id, False, _book_opening_stock(api, product_id, missing))


def _book_opening_stock(api: Api, product_id: str, variants: tuple[Variant, ...]) -> int:
    in_stock = [variant for variant in variants if variant.stock > 0]
    for variant in in_stock:
        api.send(requests_for.opening_stock(product_id, variant))
    return len(in_stock)


def _put_together(api: Api, shop: Shop, product_ids: Mapping[str, str]) -> None:
    there = {collection["id"] for collection in _listed(api, requests_for.page_of_collections)}
    for collection in shop.collections:
        if collection.id not in there:
            api.send(requests_for.collection(collection, product_ids))


def _product_ids_by_sku(api: Api) -> dict[str, str]:
    return {
        sku: requests_for.id_in(product, field="id")
        for product in _listed(api, requests_for.page_of_products)
        for sku in requests_for.skus_in(product)
    }


def _listed(api: Api, page: Callable[[str | None], Request]) -> Iterator[Json]:
    cursor: str | None = None
    while True:
        body = api.send(page(cursor)).body
        items, next_cursor = body.get("items"), body.get("next_cursor")
        yield from items if isinstance(items, list) else []
        if not isinstance(next_cursor, str):
            return
        cursor = next_cursor


def _bring_all(
    products: tuple[Product, ...],
    bring: Callable[[Product], _Brought],
    progress: Callable[[str], None],
) -> list[_Brought]:
    pool = ThreadPoolExecutor(WORKERS, thread_name_prefix="demo-shop")
    try:
        futures = [pool.submit(bring, product) for product in products]
        brought = []
        for done, future in enumerate(as_completed(futures), start=1):
            brought.append(future.result())
            if done % PRODUCTS_PER_LINE == 0 or done == len(products):
                progress(f"{done} of {len(products)} products are there")
        return brought
    finally:
        # After a failure or Ctrl-C only the products under way are finished.
        pool.shutdown(cancel_futures=True)


def _summary(shop: Shop, brought: list[_Brought]) -> Loaded:
    return Loaded(
        categories=len(shop.categories),
        vendors=len(shop.vendors),
        products=len(brought),
        products_created=sum(each.was_created for each in brought),
        receipts_booked=sum(each.receipts_booked for each in brought),
        product_ids={variant.sku: each.id for each in brought for variant in each.product.variants},
    )
