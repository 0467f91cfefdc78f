"""How is one product or one variant read?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from chalicelib.catalog import rules, store
from chalicelib.catalog.errors import ProductNotFound
from chalicelib.catalog.models import Product, Variant
from chalicelib.catalog.service.telling import Prices, prices_now
from chalicelib.core import clock
from chalicelib.core.money import Money
from chalicelib.core.settings import settings
from chalicelib.core.storage import keys
from chalicelib.core.storage.key import Key
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
    prices: Prices
    pictures: Sequence[Picture] = ()

    @property
    def changes_at(self) -> str | None:
        """Return when a sale of it begins or ends next."""
        return rules.next_change(self.product.details.active_variants, self.prices.now)


def product_on_sale(product_id: str, currency: str | None = None) -> ProductOnSale:
    """Return an active product with stock, pictures and prices in a currency: 1 Query. Raises ``ProductNotFound``."""
    product, parts = store.product_with_parts(product_id)
    if product is None or not rules.is_shown(product.status, product.details):
        raise ProductNotFound(product_id=product_id)
    return ProductOnSale(product, inventory.availability_in(parts), prices_now(currency), pictures.shown_in(parts))


def product_for_staff(product_id: str) -> Product:
    """Return a product, shown or not, as it is now. Raises ``ProductNotFound``."""
    product = store.find_product(product_id)
    if product is None:
        raise ProductNotFound(product_id=product_id)
    return product


def variant_key(sku: str) -> Key:
    """Return where a SKU's variant is, for callers who read it together with something of their own."""
    return keys.variant(sku)


def sellable(found: Item | None) -> Variant | None:
    """Return the variant that was read by its key, if it is for sale."""
    return found if isinstance(found, Variant) and found.is_for_sale else None


def charged(variant: Variant, now: datetime | None = None) -> Money | None:
    """Return what a variant costs at this moment where the shop sells, if it is listed in that currency."""
    found = rules.price_of(variant, settings.shop_currency, now=now or clock.now())
    return found.price if found else None
