"""How is the catalogue found?"""

from collections.abc import Sequence

from chalicelib.catalog.models import Variant
from chalicelib.core.storage import keys
from chalicelib.core.storage.table import find_many


def variants(skus: Sequence[str]) -> list[Variant]:
    """Return the variants of these SKUs as they are now; unknown ones are left out."""
    return [item for item in find_many(keys.variant(sku) for sku in skus) if isinstance(item, Variant)]
