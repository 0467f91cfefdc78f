"""What does the demo shop sell, who sells it, and who may sign in to try it?"""

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "data"

_BIRR = re.compile(r"(\d{1,7})\.(\d{2})")

_Table = dict[str, Any]


class ShopDataError(ValueError):
    """The demo data break a rule; `subject` is the thing that breaks it."""

    def __init__(self, subject: str, rule: str) -> None:
        super().__init__(f"{subject}: {rule}")
        self.subject = subject
        self.rule = rule


class Role(StrEnum):
    ADMIN = "admin"
    CUSTOMER = "customer"
    VENDOR = "vendor"


@dataclass(frozen=True)
class Text:
    en: str
    am: str


@dataclass(frozen=True)
class Category:
    id: str
    parent_id: str | None
    name: Text


@dataclass(frozen=True)
class Vendor:
    id: str
    name: str
    email: str


@dataclass(frozen=True)
class Variant:
    sku: str
    options: Mapping[str, str]
    price_minor: int
    weight_grams: int
    stock: int
    sale_minor: int | None = None


@dataclass(frozen=True)
class Collection:
    """Goods that staff put together, by SKU, in their order."""

    id: str
    name: Text
    skus: tuple[str, ...]


@dataclass(frozen=True)
class Promotion:
    """What is cheaper: ``terms`` as the API takes them. One without codes is for everybody."""

    name: Text
    codes: tuple[str, ...]
    terms: Mapping[str, Any]


@dataclass(frozen=True)
class Product:
    vendor_id: str
    title: Text
    description: Text
    category_ids: tuple[str, ...]
    variants: tuple[Variant, ...]
    tax_class: str | None = None


@dataclass(frozen=True)
class Account:
    role: Role
    name: str
    email: str
    password: str
    vendor_id: str | None


@dataclass(frozen=True)
class Shop:
    """Categories come parents first, so that they can be created in this order."""

    categories: tuple[Category, ...]
    vendors: tuple[Vendor, ...]
    products: tuple[Product, ...]
    accounts: tuple[Account, ...]
    collections: tuple[Collection, ...]
    promotions: tuple[Promotion, ...]


def read_shop(folder: Path = DATA) -> Shop:
    """Read and check the data files; raises `ShopDataError` for the first broken rule."""
    shop = Shop(
        categories=tuple(map(_category, _tables(folder / "categories.toml", "category"))),
        vendors=tuple(map(_vendor, _tables(folder / "vendors.toml", "vendor"))),
        products=tuple(
            _product(table) for file in sorted(folder.glob("products_*.toml")) for table in _tables(file, "product")
        ),
        accounts=tuple(map(_account, _tables(folder / "accounts.toml", "account"))),
        collections=tuple(map(_collection, _tables(folder / "collections.toml", "collection"))),
        promotions=tuple(map(_promotion, _tables(folder / "promotions.toml", "promotion"))),
    )
    _check(shop)
    return shop


def santim(price_birr: str) -> int:
    """Turn a price such as "350.00" into santim; two decimals are a must."""
    match = _BIRR.fullmatch(price_birr)
    if match is None:
        raise ShopDataError(price_birr, "a price is written in birr with two decimals")
    birr, cents = match.groups()
    return int(birr) * 100 + int(cents)


def _tables(file: Path, name: str) -> list[_Table]:
    tables: list[_Table] = tomllib.loads(file.read_text(encoding="utf-8"))[name]
    return tables


def _category(table: _Table) -> Category:
    return Category(table["id"], table.get("parent"), _text(table, "name", table["id"]))


def _vendor(table: _Table) -> Vendor:
    return Vendor(table["id"], table["name"], table["email"])


def _product(table: _Table) -> Product:
    subject = table["variants"][0]["sku"]
    return Product(
        vendor_id=table["vendor"],
        title=_text(table, "title", subject),
        description=_text(table, "description", subject),
        category_ids=tuple(table["category_ids"]),
        variants=tuple(map(_variant, table["variants"])),
        tax_class=table.get("tax_class"),
    )


def _variant(table: _Table) -> Variant:
    return Variant(
        sku=table["sku"],
        options=table["options"],
        price_minor=santim(table["price_birr"]),
        weight_grams=table["weight_grams"],
        stock=table["stock"],
        sale_minor=santim(table["sale_birr"]) if "sale_birr" in table else None,
    )


def _collection(table: _Table) -> Collection:
    return Collection(table["id"], _text(table, "name", table["id"]), tuple(table["skus"]))


def _promotion(table: _Table) -> Promotion:
    name = _text(table, "name", str(table.get("codes", "a promotion")))
    return Promotion(name, tuple(table.get("codes", ())), table["terms"])


def _account(table: _Table) -> Account:
    return Account(Role(table["role"]), table["name"], table["email"], table["password"], table.get("vendor"))


def _text(table: _Table, field: str, subject: str) -> Text:
    texts = table.get(field, {})
    for locale in ("en", "am"):
        if not texts.get(locale, "").strip():
            raise ShopDataError(subject, f"{field} is missing in {locale}")
    return Text(en=texts["en"].strip(), am=texts["am"].strip())


def _check(shop: Shop) -> None:
    _check_unique("category", (category.id for category in shop.categories))
    _check_unique("vendor", (vendor.id for vendor in shop.vendors))
    _check_unique("SKU", (variant.sku for product in shop.products for variant in product.variants))
    _check_unique("account", (account.email for account in shop.accounts))
    _check_parents_come_first(shop.categories)
    categories = {category.id for category in shop.categories}
    vendors = {vendor.id for vendor in shop.vendors}
    for product in shop.products:
        _check_known(product.title.en, "category", set(product.category_ids) - categories)
        _check_known(product.title.en, "vendor", {product.vendor_id} - vendors)
    _check_unique("code", (code for promotion in shop.promotions for code in promotion.codes))
    for promotion in shop.promotions:
        _check_known(
            promotion.name.en, "category", set(promotion.terms.get("scope", {}).get("category_ids", ())) - categories
        )
    skus = {variant.sku for product in shop.products for variant in product.variants}
    for collection in shop.collections:
        _check_known(collection.id, "SKU", set(collection.skus) - skus)
    for account in shop.accounts:
        _check_known(account.email, "vendor", {account.vendor_id} - vendors - {None})


def _check_unique(kind: str, names: Iterable[str]) -> None:
    for name, times in Counter(names).items():
        if times > 1:
            raise ShopDataError(name, f"this {kind} is used {times} times")


def _check_parents_come_first(categories: Iterable[Category]) -> None:
    seen: set[str | None] = {None}
    for category in categories:
        if category.parent_id not in seen:
            raise ShopDataError(category.id, f"its parent {category.parent_id} must stand before it")
        seen.add(category.id)


def _check_known(subject: str, kind: str, unknown: set[str] | set[str | None]) -> None:
    if unknown:
        raise ShopDataError(subject, f"unknown {kind} {sorted(map(str, unknown))}")
