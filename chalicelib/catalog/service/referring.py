"""Is there what a product names, and is free what it wants for itself? All of that is asked in one read."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from chalicelib.catalog import rules, store
from chalicelib.catalog.errors import BarcodeTaken, CategoryUnknown, SkuTaken
from chalicelib.catalog.models import Barcode, Category, Variant
from chalicelib.catalog.rules import ProductCategory, ProductVariant
from chalicelib.core.storage import keys
from chalicelib.core.storage.key import Key
from chalicelib.core.storage.table import Item

T = TypeVar("T", bound=Item)


@dataclass(frozen=True)
class References:
    """What is there already of all that was asked for."""

    items: Sequence[Item]

    def of(self, kind: type[T]) -> list[T]:
        """Return what is there of a kind."""
        return [item for item in self.items if isinstance(item, kind)]

    def categories(self, category_ids: Sequence[str]) -> list[ProductCategory]:
        """Return the categories as they are named now. Raises ``CategoryUnknown``."""
        there = {each.category_id: each for each in self.of(Category)}
        unknown = [category_id for category_id in category_ids if category_id not in there]
        if unknown:
            raise CategoryUnknown(category_ids=unknown)
        return [ProductCategory(each, there[each].name) for each in category_ids]

    def demand_free(self) -> None:
        """Raise ``SkuTaken`` or ``BarcodeTaken`` if another product has one."""
        for variant in self.of(Variant):
            raise SkuTaken(sku=variant.sku, product_id=variant.product_id)
        for barcode in self.of(Barcode):
            raise BarcodeTaken(barcode=barcode.gtin, sku=barcode.sku, product_id=barcode.product_id)


def looked_up(at: Iterable[Key]) -> References:
    """Read what is there at these keys: 1 BatchGetItem, or nothing when there is nothing to ask."""
    wanted = list(dict.fromkeys(at))
    return References(store.named_or_taken(wanted) if wanted else [])


def keys_of_new(variants: Iterable[ProductVariant], before: Iterable[ProductVariant] = ()) -> list[Key]:
    """Return where guards would lie of the SKUs and barcodes that a product did not have before."""
    now, known = list(variants), list(before)
    skus = {each.sku for each in now} - {each.sku for each in known}
    gtins = rules.guarded_barcodes(now).keys() - rules.guarded_barcodes(known).keys()
    return [*map(keys.variant, sorted(skus)), *map(keys.barcode, sorted(gtins))]
