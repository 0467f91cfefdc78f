"""What is stored of notifications?"""

from chalicelib.core.storage.attributes import IntegerAttribute, UnicodeAttribute
from chalicelib.core.storage.table import Item


class Delivery(Item, discriminator="delivery"):
    """One message on its way: leased by whoever is sending it, then sent for good. It names no address."""

    lease_until = IntegerAttribute()
    sent_at = UnicodeAttribute(null=True)
    sent_as = UnicodeAttribute(null=True)
