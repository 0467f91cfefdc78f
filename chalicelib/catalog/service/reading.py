"""How is one product or one variant read?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from chalicelib.catalog import rules, store
from chalicelib.catalog.errors import ProductNotFound
from chalicelib.catalog.models import Product, Variant
from chalicelib.core.storage import keys
from chalicelib.core.storage.keys import Key
from chalicelib.core.storage.table import Item
from chalicelib.inventory import service as inventory
from chalicelib.inventory.service import Availability
from chalicelib.pictures import service as pictures
from chalicelib.pictures.rules import Picture


@dataclass(frozen=True)
class ProductOnSale:
    """A product that shoppers may see, with what they are told of each SKU's stock and the pictures that they see."""

    product: Product
    availability: Mapping[str, Availability]
    pictures: Sequence[Picture] = ()


def product_on_sale(product_id: str) -> ProductOnSale:
    """Return an active product with its stock and pictures: 1 Query. Raises ``ProductNotFound`` for any other."""
    product, parts = store.product_with_parts(product_id)
    if product is None or not rules.is_shown(product.status, product.details):
        raise ProductNotFound(product_id=product_id)
    return ProductOnSale(product, inventory.availability_in(parts), pictures.shown_in(parts))


def variant_key(sku: str) -> Key:
    """Return where a SKU's variant is, for callers who read it together with something of their own."""
    return keys.variant(sku)


def sellable(found: Item | None) -> Variant | None:
    """Return the variant that was read by its key, if it is for sale."""
    return found if isinstance(found, Variant) and found.is_for_sale else None


def offers(skus: Sequence[str]) -> dict[str, Variant]:
    """Return today's offer of each SKU that is for sale, consistently: 1 BatchGetItem for up to 100."""
    return {variant.sku: variant for variant in store.variants(skus) if variant.is_for_sale}
