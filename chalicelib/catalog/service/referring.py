"""Is there what a product names, and is free what it wants for itself? All of that is asked in one read."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from chalicelib.catalog import rules, store
from chalicelib.catalog.errors import BarcodeTaken, BrandUnknown, CategoryUnknown, ProductTypeUnknown, SkuTaken
from chalicelib.catalog.models import Barcode, Brand, Category, ProductType, Variant
from chalicelib.catalog.rules import ProductBrand, ProductCategory, ProductSpec, ProductVariant, SpecValue
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

    def brand(self, brand_id: str | None) -> ProductBrand | None:
        """Return a brand as it is named now. Raises ``BrandUnknown``."""
        if brand_id is None:
            return None
        for brand in self.of(Brand):
            if brand.brand_id == brand_id and not brand.is_retired:
                return ProductBrand(brand_id, brand.name)
        raise BrandUnknown(brand_id=brand_id)

    def specs(self, type_id: str | None, values: Mapping[str, SpecValue]) -> tuple[ProductSpec, ...]:
        """Return specifications in the words of a type. Raises ``ProductTypeUnknown`` and what ``rules`` refuse."""
        if type_id is None:
            return rules.specs_of((), values)
        for each in self.of(ProductType):
            if each.type_id == type_id:
                return rules.specs_of(each.attributes, values)
        raise ProductTypeUnknown(type_id=type_id)

    def demand_type(self, type_id: str | None) -> None:
        """Raise ``ProductTypeUnknown`` if a product may not come to be of that type."""
        if type_id is not None and all(each.type_id != type_id or each.is_retired for each in self.of(ProductType)):
            raise ProductTypeUnknown(type_id=type_id)

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
