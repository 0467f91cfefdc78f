"""What does stock keep? Units per SKU, reservations, and a ledger row per movement."""

from chalicelib.core.storage.attributes import IntegerAttribute, UnicodeAttribute, ValueAttribute
from chalicelib.core.storage.table import Item
from chalicelib.inventory.rules import StockLine


class Stock(Item, discriminator="stock"):
    """Units of one SKU. ``available`` is what may still be sold; ``on_hand`` what lies in the shop.

    on_hand = available + held by reservations + sold but not yet booked
    """

    product_id = UnicodeAttribute()
    sku = UnicodeAttribute()
    available = IntegerAttribute(default=0)
    on_hand = IntegerAttribute(default=0)


class Movement(Item, discriminator="stock_movement"):
    """A ledger row: never changed, and written together with the units it moves."""

    movement_id = UnicodeAttribute()
    product_id = UnicodeAttribute()
    sku = UnicodeAttribute()
    reason = UnicodeAttribute()
    quantity = IntegerAttribute()
    note = UnicodeAttribute()
    moved_at = UnicodeAttribute()
    moved_by = UnicodeAttribute()


class Reservation(Item, discriminator="reservation"):
    """Units taken out of ``available`` for one checkout. A released one may never have been held."""

    status = UnicodeAttribute()
    lines = ValueAttribute[list[StockLine]](list[StockLine])
