"""How does a stored vendor become what its reader sees?"""

from chalicelib.core.i18n.locales import in_locale
from chalicelib.vendors.models import Vendor
from chalicelib.vendors.schemas import VendorRecord, VendorView


def vendor_view(vendor: Vendor, locale: str) -> VendorView:
    """Show a vendor to everybody."""
    return VendorView(id=vendor.vendor_id, name=in_locale(vendor.names, locale))


def vendor_record(vendor: Vendor) -> VendorRecord:
    """Show a vendor to those who manage it."""
    return VendorRecord(id=vendor.vendor_id, name=vendor.name, names=dict(vendor.names), email=vendor.email)
