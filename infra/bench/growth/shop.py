"""How does the measured shop grow? Real products are made once; the others are copies of their rows."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from app import app
from chalicelib.catalog import service as catalog
from infra.bench.growth.cloning import Row, Template, product_id_of, template_of, word_of, write_straight
from infra.bench.shop import quiet
from tests.support.account import TABLE, Account
from tests.support.calling import Client

# A vendor has a hundred products.
PRODUCTS_PER_VENDOR = 100
_TEMPLATE_VENDOR = "ven_TEMPLATE"
# The same in a shop of any size: what a collection costs goes by its own length
_FEATURED = 100
_FIRST_WORD = 90_000_000
_WEIGHTS = (250, 500, 1_000)
_COFFEE = {
    "id": "coffee",
    "name": {"en": "Coffee", "am": "ቡና"},
    "attributes": [
        {"id": "altitude", "name": {"en": "Altitude"}, "kind": "number", "unit": "m", "is_required": True},
        {
            "id": "process",
            "name": {"en": "Process"},
            "kind": "choice",
            "choices": [{"id": "washed", "name": {"en": "Washed"}}, {"id": "natural", "name": {"en": "Natural"}}],
        },
    ],
}
_DESCRIPTION = "Washed at the station and dried for a fortnight on raised beds; bergamot and jasmine. " * 4


@dataclass
class GrowingShop:
    """A shop whose rows are written straight into its table, which has no stream."""

    account: Account
    staff: Client
    templates: list[Template]
    products: int = 0

    @classmethod
    def opened(cls, account: Account, staff_token: str) -> "GrowingShop":
        """Open a shop with one real product of each kind, from which all others are copied."""
        staff = Client(app).signed_with(staff_token)
        demand(staff.post("/vendors", {"id": _TEMPLATE_VENDOR, "name": "Gedeo Union", "email": "g@example.com"}))
        for category in ({"id": "drinks"}, {"id": "coffee", "parent_id": "drinks"}):
            demand(staff.post("/categories", {**category, "name": {"en": category["id"].title(), "am": "ቡና"}}))
        demand(staff.post("/brands", {"id": "gedeo", "name": {"en": "Gedeo"}}))
        demand(staff.post("/product-types", _COFFEE))
        shop = cls(account, staff, [])
        # Each is looked for among all rows, so no template sees the rows of another.
        shop.templates = [shop._template(number) for number in range(len(_WEIGHTS))]
        return shop

    def grow(self, products: int, *, told: Callable[[int], None]) -> int:
        """Add copies until there are so many products, with their vendors; return how many rows that were."""
        rows = self._rows(range(self.products, products))
        self.products = products
        written = write_straight(self.account.cloud.client("dynamodb"), TABLE, rows, told=told)
        with quiet():
            self._feature(range(max(0, products - _FEATURED), products))
        return written

    def _rows(self, numbers: range) -> Iterator[Row]:
        for number in numbers:
            vendor_id = vendor_id_of(number)
            if number % PRODUCTS_PER_VENDOR == 0:
                yield self._vendor_row(vendor_id)
            yield from self.templates[number % len(self.templates)].copy(number, vendor_id=vendor_id)

    def _feature(self, numbers: range) -> None:
        found = self.staff.get("/staff/collections/featured")
        as_read = {"if_match": found.headers["etag"]} if found.status == 200 else {}
        featured = {"name": {"en": "Featured"}, "product_ids": [product_id_of(number) for number in numbers]}
        demand(self.staff.call("PUT", "/collections/featured", featured, **as_read))

    def _template(self, number: int) -> Template:
        word = word_of(_FIRST_WORD + number)
        product_id = demand(self.staff.post("/products", _draft(word, _WEIGHTS[: number + 1])))["id"]
        for grams in _WEIGHTS[: number + 1]:
            moved = {"sku": f"{word}-{grams}", "kind": "receipt", "quantity": 1_000, "note": "from Gedeo"}
            demand(self.staff.post(f"/products/{product_id}/stock_movements", moved))
        catalog.refresh_cards(product_id)
        client = self.account.cloud.client("dynamodb")
        return template_of(client, TABLE, product_id=product_id, word=word, vendor_id=_TEMPLATE_VENDOR)

    def _vendor_row(self, vendor_id: str) -> Row:
        key = {"pk": {"S": "VENDORS#0"}, "sk": {"S": f"VENDOR#{_TEMPLATE_VENDOR}"}}
        row: Row = self.account.cloud.client("dynamodb").get_item(TableName=TABLE, Key=key)["Item"]
        return {**row, "sk": {"S": f"VENDOR#{vendor_id}"}, "vendor_id": {"S": vendor_id}}


def vendor_id_of(number: int) -> str:
    """Return the vendor of a copy."""
    return f"ven_{number // PRODUCTS_PER_VENDOR:08}"


def _draft(word: str, weights: tuple[int, ...]) -> dict[str, Any]:
    variants = [
        {
            "sku": f"{word}-{grams}",
            "options": {"weight": f"{grams} g"},
            "price": {"amount": 100 * grams, "currency": "ETB"},
            "sale": {"price": {"amount": 90 * grams, "currency": "ETB"}},
            "weight_grams": grams,
        }
        for grams in weights
    ]
    return {
        "vendor_id": _TEMPLATE_VENDOR,
        "title": {"en": f"Yirgacheffe coffee {word}", "am": f"የይርጋጨፌ ቡና {word}"},
        "description": {"en": _DESCRIPTION, "am": "በጣቢያው ታጥቦ የደረቀ።"},
        "category_ids": ["coffee"],
        "variants": variants,
        "tags": ["washed"],
        "brand_id": "gedeo",
        "type_id": "coffee",
        "specs": {"altitude": 1_950, "process": "washed"},
        "status": "active",
    }


def demand(answer: Any) -> dict[str, Any]:
    """Return what was answered; a refusal is an error here."""
    if answer.status >= 400:
        raise RuntimeError(f"{answer.status} {answer.text}")
    told: dict[str, Any] = answer.json
    return told
