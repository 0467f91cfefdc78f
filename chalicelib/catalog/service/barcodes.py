"""How is a barcode kept to one variant, and found by? By a guard per barcode, under its longest form."""

from collections.abc import Iterable

from chalicelib.catalog import rules, store
from chalicelib.catalog.errors import BarcodeNotFound
from chalicelib.catalog.models import Barcode, Product
from chalicelib.catalog.rules import ProductStatus, ProductVariant
from chalicelib.core.storage import keys, transactions


def variant_with_barcode(barcode: str, *, limited_to: str | None = None) -> Barcode:
    """Return which variant has a barcode, in any of its forms. Raises ``BarcodeNotFound``, for another vendor's too."""
    gtin = rules.gtin_of(barcode)
    found = store.find_barcode(gtin) if gtin else None
    if found is None or limited_to not in (None, found.vendor_id):
        raise BarcodeNotFound(barcode=barcode)
    return found


def save_barcodes(product: Product, before: Iterable[ProductVariant] = ()) -> None:
    """Make the guards equal to what the variants say, in the open transaction: a put or delete for each that differs.

    A product that is deleted for good leaves its barcodes to others.
    """
    had = rules.guarded_barcodes(before)
    has = {} if product.status == ProductStatus.DELETED else rules.guarded_barcodes(product.details.variants)
    own = Barcode.product_id == product.product_id
    with transactions.write() as work:
        for gtin in sorted(had.keys() - has.keys()):
            work.delete(Barcode.at(keys.barcode(gtin)), when=own)
        for gtin, sku in has.items():
            if gtin not in had:
                work.create(_guard(product, gtin, sku))
            elif had[gtin] != sku:
                work.replace(_guard(product, gtin, sku), when=own)


def _guard(product: Product, gtin: str, sku: str) -> Barcode:
    return Barcode.at(
        keys.barcode(gtin), gtin=gtin, product_id=product.product_id, vendor_id=product.vendor_id, sku=sku
    )
