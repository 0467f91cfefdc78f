"""Which goods do the tests of the catalogue begin with?"""

import json
from typing import Any

from chalicelib.catalog import service as catalog
from chalicelib.catalog.models import Product
from chalicelib.catalog.schemas import CategoryDraft, ProductDraft
from chalicelib.core import ids
from chalicelib.vendors import service as vendors

VENDOR = "ven_GEDEO"


def birr(amount: float) -> dict[str, Any]:
    """Return a price as it looks on the wire."""
    return {"amount": round(amount * 100), "currency": "ETB"}


def a_vendor(vendor_id: str = VENDOR) -> str:
    """Register a vendor; return its id."""
    vendors.register(name="Gedeo Union", email=f"{vendor_id}@example.com", vendor_id=vendor_id)
    return vendor_id


def a_category(
    category_id: str = "coffee", *, within: str | None = None, am: str = "ቡና", name: dict[str, str] | None = None
) -> str:
    """Add a category; return its id."""
    name = name or {"en": category_id.capitalize(), "am": am}
    catalog.add_category(CategoryDraft(id=category_id, parent_id=within, name=name))
    return category_id


def a_variant(sku: str | None = None, *, price: float = 250, **members: Any) -> dict[str, Any]:
    """Return a variant as it looks on the wire."""
    sku = sku or ids.new("SKU")
    return {"sku": sku, "options": {"weight": sku}, "price": birr(price), "weight_grams": 250} | members


def a_draft(**members: Any) -> dict[str, Any]:
    """Return a product for sale as it looks on the wire."""
    return {
        "vendor_id": VENDOR,
        "title": {"en": "Yirgacheffe coffee", "am": "የይርጋጨፌ ቡና"},
        "description": {"en": "Washed, from Gedeo."},
        "category_ids": ["coffee"],
        "variants": [a_variant()],
        "status": "active",
    } | members


def a_product(**members: Any) -> Product:
    """Make a product; vendor and categories must be there."""
    return catalog.create_product(ProductDraft.model_validate_json(json.dumps(a_draft(**members))))
