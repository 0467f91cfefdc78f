"""Which HTTP request creates or finds each part of the demo shop, and how is its answer read?"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from urllib.parse import quote, urlencode

from infra.local.demo_shop.shop import Account, Category, Collection, Product, Promotion, Variant, Vendor

Json = Mapping[str, object]

CURRENCY = "ETB"
OPENING_STOCK = "opening stock"
NEVER_SAVED = '"0.0"'

CATEGORY_IS_THERE = frozenset({"category_exists"})
VENDOR_IS_THERE = frozenset({"vendor_exists"})
SKU_IS_TAKEN = frozenset({"sku_taken"})
COUPON_IS_TAKEN = frozenset({"coupon_taken"})


@dataclass(frozen=True)
class Request:
    method: str
    path: str
    body: Json | None = None
    is_keyed: bool = True  # operations that hand out credentials take no Idempotency-Key
    if_match: str | None = None

    @property
    def content(self) -> bytes | None:
        """The body as the same bytes each time, so that its key is the same too."""
        if self.body is None:
            return None
        return json.dumps(self.body, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()

    @property
    def idempotency_key(self) -> str:
        said = f"{self.method} {self.path}\n".encode() + (self.content or b"")
        return f"demo-{hashlib.sha256(said).hexdigest()[:40]}"


def category(wanted: Category) -> Request:
    return Request("POST", "/categories", asdict(wanted))


def vendor(wanted: Vendor) -> Request:
    return Request("POST", "/vendors", asdict(wanted))


def session(wanted: Account) -> Request:
    return Request("POST", "/sessions", {"email": wanted.email, "password": wanted.password}, is_keyed=False)


def member(vendor_id: str, wanted: Account) -> Request:
    return Request("POST", f"/vendors/{quote(vendor_id, safe='')}/members", {"email": wanted.email})


def product(wanted: Product, *, vendor_id: str) -> Request:
    body = {
        "vendor_id": vendor_id,
        "title": asdict(wanted.title),
        "description": asdict(wanted.description),
        "category_ids": list(wanted.category_ids),
        "variants": [_variant(each) for each in wanted.variants],
        "status": "active",
        **({} if wanted.tax_class is None else {"tax_class": wanted.tax_class}),
    }
    return Request("POST", "/products", body)


def opening_stock(product_id: str, variant: Variant) -> Request:
    body = {"sku": variant.sku, "kind": "receipt", "quantity": variant.stock, "note": OPENING_STOCK}
    return Request("POST", _stock_movements(product_id), body)


def picture(product_id: str, shown: Product) -> Request:
    return Request("POST", _pictures(product_id), {"content_type": "image/jpeg", "alt": asdict(shown.title)})


def pictures_of(product_id: str) -> Request:
    return Request("GET", _pictures(product_id))


def collection(wanted: Collection, product_ids: Mapping[str, str]) -> Request:
    ids = [product_ids[sku] for sku in wanted.skus]
    return Request("PUT", f"/collections/{wanted.id}", {"name": asdict(wanted.name), "product_ids": ids})


def promotion(wanted: Promotion) -> Request:
    body = {"name": asdict(wanted.name), **wanted.terms, "is_automatic": not wanted.codes}
    return Request("POST", "/promotions", body)


def coupon(promotion_id: str, code: str) -> Request:
    return Request("POST", f"/promotions/{quote(promotion_id, safe='')}/coupons", {"code": code})


def page_of_promotions(cursor: str | None) -> Request:
    return _page("/promotions", cursor)


def shipping_plan() -> Request:
    return Request("GET", "/shipping-plan")


def put_shipping_plan(plan: Json) -> Request:
    """In the place of the plan that is built in, and of no other."""
    return Request("PUT", "/shipping-plan", plan, if_match=NEVER_SAVED)


def tax_rates() -> Request:
    return Request("GET", "/tax-rates")


def put_tax_rates(rates: Json) -> Request:
    return Request("PUT", "/tax-rates", rates, if_match=NEVER_SAVED)


def page_of_collections(cursor: str | None) -> Request:
    return _page("/collections", cursor)


def page_of_categories(cursor: str | None) -> Request:
    return _page("/categories", cursor)


def page_of_products(cursor: str | None) -> Request:
    return _page("/products", cursor)


def page_of_stock_movements(product_id: str, cursor: str | None) -> Request:
    return _page(_stock_movements(product_id), cursor)


def id_in(answer: Json, *, field: str, otherwise: str | None = None) -> str:
    """The id that an answer or a problem names; without one, the id that was asked for."""
    found = answer.get(field, otherwise)
    if not isinstance(found, str):
        raise ValueError(f"the answer has no {field}: {sorted(answer)}")
    return found


def upload_in(answer: Json) -> tuple[str, dict[str, str]]:
    """The address and the fields of the form that an answer wants a file to be sent with."""
    upload = answer.get("upload")
    if not isinstance(upload, dict):
        raise ValueError(f"the answer has no upload: {sorted(answer)}")
    return upload["url"], upload["fields"]


def skus_in(listed_product: Json) -> Iterator[str]:
    """The SKUs that a listed product shows; none when the list shows products without variants."""
    variants = listed_product.get("variants")
    for variant in variants if isinstance(variants, list) else []:
        yield variant["sku"]


def is_opening_stock(movement: Json) -> bool:
    return movement.get("kind") == "receipt" and movement.get("note") == OPENING_STOCK


def _variant(wanted: Variant) -> Json:
    sale = {} if wanted.sale_minor is None else {"sale": {"price": _birr(wanted.sale_minor)}}
    return {
        "sku": wanted.sku,
        "options": dict(wanted.options),
        "price": _birr(wanted.price_minor),
        "weight_grams": wanted.weight_grams,
        **sale,
    }


def _birr(minor: int) -> Json:
    return {"amount": minor, "currency": CURRENCY}


def _stock_movements(product_id: str) -> str:
    return f"/products/{quote(product_id, safe='')}/stock_movements"


def _pictures(product_id: str) -> str:
    return f"/products/{quote(product_id, safe='')}/pictures"


def _page(path: str, cursor: str | None) -> Request:
    return Request("GET", f"{path}?{urlencode({'cursor': cursor})}" if cursor else path)
