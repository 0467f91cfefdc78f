"""How are vendors found?"""

from chalicelib.core.storage import keys
from chalicelib.core.storage.table import Slice, find, page
from chalicelib.vendors.models import Vendor


def find_vendor(vendor_id: str) -> Vendor | None:
    """Return a vendor."""
    return find(Vendor, keys.vendor(vendor_id))


def all_vendors(after: str | None, limit: int) -> Slice[Vendor]:
    """Return a page of vendors, by id."""
    return page(Vendor, keys.VENDORS, after=after, limit=limit)
