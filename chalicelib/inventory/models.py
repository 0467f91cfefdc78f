"""What does stock keep? Units per SKU, reservations, a ledger row per movement, and how far each SKU has fallen."""

from chalicelib.core.storage.attributes import IntegerAttribute, UnicodeAttribute, ValueAttribute
from chalicelib.core.storage.table import Item, VersionedItem
from chalicelib.inventory.rules import StockLine


class Stock(Item, discriminator="stock"):
    """Units of one SKU. ``available`` is what may still be sold; ``on_hand`` what lies in the shop.

    on_hand = available + held by reservations + sold but not yet booked

    ``changes`` counts whatever moves units, so that who counts anew can tell that nothing has moved meanwhile.
    """

    product_id = UnicodeAttribute()
    sku = UnicodeAttribute()
    vendor_id = UnicodeAttribute(null=True)
    available = IntegerAttribute(default=0)
    on_hand = IntegerAttribute(default=0)
    changes = IntegerAttribute(default=0)


class Movement(VersionedItem, discriminator="stock_movement"):
    """A ledger row: never changed, and written together with the units it moves. Announces ``stock.moved``."""

    movement_id = UnicodeAttribute()
    product_id = UnicodeAttribute()
    sku = UnicodeAttribute()
    cause = UnicodeAttribute()
    quantity = IntegerAttribute()
    reason = UnicodeAttribute(null=True)
    order_id = UnicodeAttribute(null=True)
    note = UnicodeAttribute()
    moved_at = UnicodeAttribute()
    moved_by = UnicodeAttribute()


class StockWatch(VersionedItem, discriminator="stock_watch"):
    """How far a SKU has fallen when somebody last looked. Announces ``stock.low`` and ``stock.out``.

    Without ``low_at`` the shop's own threshold counts.
    """

    product_id = UnicodeAttribute()
    sku = UnicodeAttribute()
    vendor_id = UnicodeAttribute(null=True)
    low_at = IntegerAttribute(null=True)
    level = UnicodeAttribute()


class Reservation(Item, discriminator="reservation"):
    """Units taken out of ``available`` for one checkout. A released one may never have been held."""

    status = UnicodeAttribute()
    lines = ValueAttribute[list[StockLine]](list[StockLine])
