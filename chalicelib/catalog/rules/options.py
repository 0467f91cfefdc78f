"""How do the variants of a product differ? By the same options, and no two that are for sale by none."""

import unicodedata
from collections.abc import Iterable, Mapping

from chalicelib.catalog.errors import OptionsDiffer, VariantsAlike
from chalicelib.catalog.rules.products import ProductVariant


def compared(text: str) -> str:
    """Return a text as shoppers compare it: without spaces around it, composed, and without case."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", text.strip()).casefold())


def combination(options: Mapping[str, str]) -> frozenset[tuple[str, str]]:
    """Return the options of a variant so that those that shoppers cannot tell apart are equal."""
    return frozenset((compared(name), compared(value)) for name, value in options.items())


def demand_distinct(variants: Iterable[ProductVariant]) -> None:
    """Raise ``OptionsDiffer`` or ``VariantsAlike``, with both SKUs, unless one can choose among what is for sale."""
    first: tuple[str, list[str]] | None = None
    skus: dict[frozenset[tuple[str, str]], str] = {}
    for variant in variants:
        if not variant.is_active:
            continue
        names = sorted(map(compared, variant.options))
        first = first or (variant.sku, names)
        if names != first[1] or len(set(names)) < len(names):
            raise OptionsDiffer(sku=variant.sku, other_sku=first[0])
        other = skus.setdefault(combination(variant.options), variant.sku)
        if other != variant.sku:
            raise VariantsAlike(sku=variant.sku, other_sku=other)
