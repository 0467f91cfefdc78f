"""What is stored of vendors?"""

from chalicelib.core.storage.attributes import UnicodeAttribute
from chalicelib.core.storage.table import VersionedItem


class Vendor(VersionedItem, discriminator="vendor"):
    """One seller of the marketplace."""

    vendor_id = UnicodeAttribute()
    name = UnicodeAttribute()
    email = UnicodeAttribute()
    created_at = UnicodeAttribute()
