"""What can be done with the catalogue?"""

from collections.abc import Sequence

from chalicelib.catalog import store
from chalicelib.catalog.models import Variant
from chalicelib.core.storage import keys
from chalicelib.core.storage.keys import Key
from chalicelib.core.storage.table import Item


def variant_key(sku: str) -> Key:
    """Return where a SKU's variant is, for callers who read it together with something of their own."""
    return keys.variant(sku)


def sellable(found: Item | None) -> Variant | None:
    """Return the variant that was read by its key, if it is for sale."""
    return found if isinstance(found, Variant) and found.is_for_sale else None


def offers(skus: Sequence[str]) -> dict[str, Variant]:
    """Return today's offer of each SKU that is for sale, consistently: 1 BatchGetItem for up to 100."""
    return {variant.sku: variant for variant in store.variants(skus) if variant.is_for_sale}
