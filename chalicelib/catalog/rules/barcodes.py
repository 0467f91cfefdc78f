"""Which trade item does a barcode name? GTINs of 8, 12, 13 or 14 digits (GS1 General Specifications, section 7.9)."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from chalicelib.catalog.rules.products import ProductVariant

_LENGTHS = (8, 12, 13, 14)
_LONGEST = max(_LENGTHS)


def gtin_of(barcode: str) -> str | None:
    """Return a barcode with 14 digits, in which all its forms are equal; ``None`` if its check digit is wrong."""
    if len(barcode) not in _LENGTHS or not (barcode.isascii() and barcode.isdecimal()):
        return None
    gtin = barcode.zfill(_LONGEST)
    weighted = sum(int(digit) * (3, 1)[place % 2] for place, digit in enumerate(gtin))
    return None if weighted % 10 else gtin


def guarded_barcodes(variants: Iterable[ProductVariant]) -> dict[str, str]:
    """Return which SKU has which barcode, by the barcode in its longest form."""
    return {gtin: each.sku for each in variants if each.barcode and (gtin := gtin_of(each.barcode))}


def with_barcodes_moved(variants: Sequence[ProductVariant]) -> list[ProductVariant]:
    """Return the variants, those off sale without a barcode that one for sale has: it went over to that one."""
    had = guarded_barcodes(each for each in variants if each.is_active)
    return [
        replace(each, barcode=None) if not each.is_active and gtin_of(each.barcode or "") in had else each
        for each in variants
    ]
