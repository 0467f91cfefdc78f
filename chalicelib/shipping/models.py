"""How is the delivery plan stored? All of it in one item, so that a checkout reads it beside what it sells."""

from chalicelib.core.storage.attributes import UnicodeAttribute, ValueAttribute
from chalicelib.core.storage.table import VersionedItem
from chalicelib.shipping.rules import Calendar, Zone


class ShippingPlan(VersionedItem, discriminator="shipping_plan"):
    """Where the shop delivers and how, with amounts in ``currency``. Before the first save it is the built-in plan."""

    currency = UnicodeAttribute()
    zones = ValueAttribute[tuple[Zone, ...]](tuple[Zone, ...])
    calendar = ValueAttribute[Calendar](Calendar)
