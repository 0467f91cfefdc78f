"""How is the catalogue stored?"""

from collections.abc import Mapping

from pynamodb.attributes import BooleanAttribute, UnicodeAttribute

from chalicelib.core.money import Money
from chalicelib.core.storage.attributes import IntegerAttribute, ValueAttribute
from chalicelib.core.storage.table import Item


class Variant(Item, discriminator="variant"):
    """Guard of a unique SKU, and all that is needed to sell it without reading its product."""

    sku = UnicodeAttribute()
    product_id = UnicodeAttribute()
    vendor_id = UnicodeAttribute()
    title = ValueAttribute[Mapping[str, str]](Mapping[str, str])
    options = ValueAttribute[Mapping[str, str]](Mapping[str, str])
    price = ValueAttribute[Money](Money)
    weight_grams = IntegerAttribute()
    is_for_sale = BooleanAttribute()
